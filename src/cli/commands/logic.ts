/**
 * `deepdistill logic`: a network or a column of a table in, if/else rules out, as a module whose fidelity
 * has been measured.
 */
import type { Command } from '../command.js';
import { PROBING } from '../math-options.js';
import { MODEL_OPTIONS } from '../model-options.js';

export const logicCommand: Command = {
  name: 'logic',
  positionals: '[model..]',
  count: [0, Infinity],
  summary:
    'The Logic student: finds if/else rules for the decision of a model, for one of its numbers, or\n' +
    'for a column of a table, and writes them as a module whose fidelity has been measured.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the module; - is stdout (default: NAME.ts)' }, // prettier-ignore
    report: { kind: 'text', value: 'FILE', repeatable: true, description: 'a report, .json or .md; may be repeated' }, // prettier-ignore
    tree: { kind: 'text', value: 'FILE.svg', description: 'the tree as a picture' },
    target: { kind: 'text', value: 'NAME', description: 'of a model one number in place of the decision: an output, a cell output[1], a neuron layer[12]; of a table the column' }, // prettier-ignore
    data: { kind: 'text', value: 'FILE.csv', description: 'without a model the table; with one, inputs at which it is asked, one per row' }, // prettier-ignore
    features: { kind: 'text', value: 'A,B', description: 'the features that rules may read (default: all)' }, // prettier-ignore
    'label-column': { kind: 'text', value: 'NAME', description: 'the column of --data with the right decisions, for accuracy and calibration' }, // prettier-ignore
    classes: { kind: 'flag', description: 'the column holds classes, even if they are numbers' },
    numbers: {
      kind: 'flag',
      description: 'the column holds numbers, even if they are few whole ones',
    },
    'hold-out': { kind: 'text', value: '0.25', description: 'share of the rows of a table that are not learned from' }, // prettier-ignore
    probes: { kind: 'text', value: '40000', description: 'questions asked to a model before a tree grows' }, // prettier-ignore
    probing: { kind: 'text', value: 'uniform', choices: PROBING, description: 'where a model is asked' }, // prettier-ignore
    range: { kind: 'text', value: '-5..5', description: 'where inputs without a domain are asked' },
    fidelity: { kind: 'text', value: '0.99', description: 'take the smallest tree that reaches it' }, // prettier-ignore
    leaves: { kind: 'text', value: '32', description: 'most leaves of a tree; of those, the best is taken' }, // prettier-ignore
    depth: { kind: 'text', value: '8', description: 'most conditions on the way to an answer' },
    conditions: { kind: 'text', value: '2', description: 'in place of a tree, rules in an order, of at most so many conditions each' }, // prettier-ignore
    'min-support': {
      kind: 'text',
      value: '1',
      description: 'rows that end in a leaf at least (default of a table: 5)',
    },
    'node-probes': { kind: 'text', value: '1000', description: 'rows that a node has before it is split; the model is asked for more' }, // prettier-ignore
    'linear-leaves': { kind: 'flag', description: 'of numbers: answers may be sums of features, not constants alone' }, // prettier-ignore
    splits: { kind: 'text', value: 'axis', choices: ['axis', 'oblique', 'm-of-n'], description: 'what a condition may be: a threshold, also a sum of features, or at least m of n' }, // prettier-ignore
    exact: { kind: 'flag', description: 'rules for the whole domain, of any length: of few values, or of a small ReLU network' }, // prettier-ignore
    timeout: { kind: 'text', value: '100', description: 'seconds after which the model is asked no more' }, // prettier-ignore
    monotone: { kind: 'text', value: 'income,-debt', description: 'features that answers may only rise, or with - fall, with' }, // prettier-ignore
    support: {
      kind: 'flag',
      description: 'say at every answer how many rows end there, and agree',
    },
    explain: { kind: 'text', value: '5,2,0', description: 'an input: the way it takes, and what would flip the decision' }, // prettier-ignore
    seed: { kind: 'text', value: '0', description: 'seed of the probes' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'logic examples/loan/network.json -o loan.ts --report loan.md',
    'logic examples/loan/network.json --fidelity 0.98 --support -o -',
    'logic examples/loan/network.json -o loan.ts --explain 7,4,2,5,3',
    'logic --data examples/species/moths.csv --target species -o moths.ts --report moths.md',
  ],
  run: async (parsed, io) => (await import('../run-logic.js')).runLogic(parsed, io),
};
