/**
 * `deepdistill hybrid`: a network in, a module out in which some blocks are equations and the rest is exact.
 * Ctrl-C and the time limit end the searches, not the work.
 */
import type { Command } from '../command.js';
import { MODEL_OPTIONS } from '../model-options.js';

/** How many cells are kept from stage to stage. */
export const SCHEDULES = ['exponential', 'linear', 'cosine'] as const;

export const hybridCommand: Command = {
  name: 'hybrid',
  positionals: '<model..>',
  count: [1, Infinity],
  summary:
    'Tells blocks of a network by equations and the rest exactly, in one module, and measures what\n' +
    'each block costs the whole.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the module; - is stdout (default: NAME.ts)' }, // prettier-ignore
    report: { kind: 'text', value: 'FILE', repeatable: true, description: 'a report, .json or .md; may be repeated' }, // prettier-ignore
    blocks: { kind: 'text', value: 'A,B+C', description: 'blocks to be told by equations, each a layer or layers joined by + (default: those that are worth it)' }, // prettier-ignore
    exact: { kind: 'text', value: 'A,B', description: 'layers that stay exact' },
    fidelity: { kind: 'text', value: '0.99', description: 'share of the answers that the whole has to keep' }, // prettier-ignore
    complexity: { kind: 'text', value: 'A=7', repeatable: true, description: 'tells a block at this complexity of its fronts' }, // prettier-ignore
    select: { kind: 'text', value: 'best', description: 'of every front: best, accuracy or simplest (default: the simplest with which the whole is faithful enough)' }, // prettier-ignore
    prune: { kind: 'text', value: 'linear', choices: SCHEDULES, description: 'hold cells that hardly matter at their means, in stages' }, // prettier-ignore
    'keep-cells': { kind: 'text', value: '1', description: 'with --prune: cells of a block that are kept at least' }, // prettier-ignore
    seed: { kind: 'text', value: '0', description: 'seed of the rows and of the searches' },
    timeout: { kind: 'text', value: '112', description: 'seconds after which the best so far is taken' }, // prettier-ignore
    'max-evaluations': { kind: 'text', value: '30000', description: 'formulas evaluated in each search' }, // prettier-ignore
    workers: { kind: 'text', value: 'N', description: 'threads; they do not change the result' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'hybrid examples/hybrid/network.json --blocks hidden+distance -o braking.ts --report braking.md',
  ],
  run: async (parsed, io) => (await import('../run-hybrid.js')).runHybrid(parsed, io),
};
