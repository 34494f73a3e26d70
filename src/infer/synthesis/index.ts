/** The synthesiser's public face within `infer`; everything else in this folder is its inside. */
export { dropIrrelevant } from './relevance.js';
export { synthesise } from './synthesise.js';
export {
  DEFAULT_EFFORT,
  MAX_STATES,
  NUMERIC_EQUALITY,
  type Feature,
  type Synthesis,
  type SynthesisProblem,
} from './problem.js';
