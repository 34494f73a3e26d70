/**
 * `deepdistill boundary`: a classifier in, a formula with a threshold out, found from the network's gradients
 * at its decision boundary, as a module that decides and whose fidelity has been measured.
 */
import type { Command } from '../command.js';
import { SEARCH_OPTIONS } from '../math-options.js';
import { MODEL_OPTIONS } from '../model-options.js';

/** Gradients have a loss of their own. */
function withoutLoss({ loss: _, ...options }: typeof SEARCH_OPTIONS) {
  return options;
}

export const boundaryCommand: Command = {
  name: 'boundary',
  positionals: '<model..>',
  count: [1, Infinity],
  summary:
    'The Math student for decisions: finds a formula and a threshold that decide as the model does, from\n' +
    'the gradients at its decision boundary, and says which other formulas cannot be told from it.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the module; - is stdout (default: NAME.ts)' }, // prettier-ignore
    report: { kind: 'text', value: 'FILE', repeatable: true, description: 'a report, .json or .md; may be repeated' }, // prettier-ignore
    front: { kind: 'text', value: 'FILE', repeatable: true, description: 'the front, .csv, .json or .svg, at every improvement' }, // prettier-ignore
    target: { kind: 'text', value: 'NAME', description: 'a hidden neuron layer[12] or an output in place of the decision' }, // prettier-ignore
    second: { kind: 'text', value: 'MODEL', description: 'another model of the same task: how far the two part is how far either may be off' }, // prettier-ignore
    contrast: { kind: 'text', value: 'rest', choices: ['rest', 'pairs'], description: 'of three classes and more: each against the rest, or in pairs' }, // prettier-ignore
    band: { kind: 'text', value: '0.1', description: 'where gradients are taken: at probabilities from this to 1 minus this' }, // prettier-ignore
    rows: { kind: 'text', value: '250', description: 'points at which gradients are taken' },
    features: { kind: 'text', value: 'A,B', description: 'the features that formulas may read (default: all)' }, // prettier-ignore
    range: { kind: 'text', value: '-5..5', description: 'where inputs without a domain are asked' },
    select: { kind: 'text', value: 'best', description: 'best, accuracy, simplest, or a complexity' }, // prettier-ignore
    mode: { kind: 'text', value: 'both', choices: ['both', 'scouts', 'evolution'], description: 'which halves of the search run' }, // prettier-ignore
    timeout: { kind: 'text', value: '112', description: 'seconds after which the best so far is taken' }, // prettier-ignore
    'max-evaluations': { kind: 'text', value: '20000', description: 'formulas evaluated over the rows; scouts under way are not cut short' }, // prettier-ignore
    workers: { kind: 'text', value: 'N', description: 'threads; they do not change the result' },
    state: { kind: 'text', value: 'FILE', description: 'where the search is stored at every barrier' }, // prettier-ignore
    resume: { kind: 'flag', description: 'go on from the stored search' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...withoutLoss(SEARCH_OPTIONS),
    ...MODEL_OPTIONS,
  },
  examples: [
    'boundary examples/wetzel/ellipse.json --second examples/wetzel/ellipse.second.json -o ellipse.ts --report ellipse.md',
  ],
  run: async (parsed, io) => (await import('../run-boundary.js')).runBoundary(parsed, io),
};
