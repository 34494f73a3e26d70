/** The synthesiser's public face within `infer`; everything else in this folder is its inside. */
export { fitAffine } from './affine.js';
export { dropIrrelevant } from './relevance.js';
export { synthesise } from './synthesise.js';
export { MAX_STATES, type Feature, type Synthesis, type SynthesisProblem } from './problem.js';
