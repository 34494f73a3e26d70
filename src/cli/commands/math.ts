/**
 * `deepdistill math`: a network or a table in, a formula out, as a module whose fidelity has been measured.
 * The front is kept on disk at every improvement; Ctrl-C and the time limit end the search, not the work.
 */
import type { Command } from '../command.js';
import { KNOWLEDGE_OPTIONS } from '../knowledge/options.js';
import { LOCAL_OPTIONS } from '../local-options.js';
import { PROBING, SEARCH_OPTIONS } from '../math-options.js';
import { MODEL_OPTIONS } from '../model-options.js';

export const mathCommand: Command = {
  name: 'math',
  positionals: '[model..]',
  count: [0, Infinity],
  summary:
    'The Math student: finds a formula for the outputs of a model, for a neuron of it, or for a\n' +
    'column of a table, and writes it as a module whose fidelity has been measured.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the module; - is stdout (default: NAME.ts)' }, // prettier-ignore
    report: { kind: 'text', value: 'FILE', repeatable: true, description: 'a report, .json or .md; may be repeated' }, // prettier-ignore
    front: { kind: 'text', value: 'FILE', repeatable: true, description: 'the front, .csv, .json or .svg, at every improvement' }, // prettier-ignore
    residuals: {
      kind: 'text',
      value: 'FILE.svg',
      description: 'a picture of the formula’s residuals',
    },
    target: { kind: 'text', value: 'NAME', description: 'an output, a label, a cell output[1], a neuron layer[12]; of a table the column' }, // prettier-ignore
    data: { kind: 'text', value: 'FILE.csv', description: 'a table with a header line; with a model the inputs it is asked at' }, // prettier-ignore
    features: { kind: 'text', value: 'A,B', description: 'the features that formulas may read (default: all)' }, // prettier-ignore
    weights: { kind: 'text', value: 'NAME', description: 'the column of the rows’ weights' },
    probes: { kind: 'text', value: '1000', description: 'questions asked to a model' },
    probing: { kind: 'text', value: 'mixed', choices: PROBING, description: 'where a model is asked' }, // prettier-ignore
    range: { kind: 'text', value: '-5..5', description: 'where inputs without a domain are asked' },
    select: { kind: 'text', value: 'best', description: 'best, accuracy, simplest, or a complexity' }, // prettier-ignore
    digits: { kind: 'text', value: 'N', description: 'significant digits of constants' },
    mode: { kind: 'text', value: 'both', choices: ['both', 'scouts', 'evolution'], description: 'which halves of the search run' }, // prettier-ignore
    timeout: { kind: 'text', value: '112', description: 'seconds after which the best so far is taken' }, // prettier-ignore
    'max-evaluations': { kind: 'text', value: 'N', description: 'formulas evaluated over the data; scouts under way are not cut short' }, // prettier-ignore
    workers: { kind: 'text', value: 'N', description: 'threads; they do not change the result' },
    state: { kind: 'text', value: 'FILE', description: 'where the search is stored at every barrier' }, // prettier-ignore
    resume: { kind: 'flag', description: 'go on from the stored search' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...LOCAL_OPTIONS,
    ...SEARCH_OPTIONS,
    ...KNOWLEDGE_OPTIONS,
    ...MODEL_OPTIONS,
  },
  examples: [
    'math examples/kinetic-energy/network.json --mode scouts --probes 200 -o kinetic-energy.ts --report report.md',
    'math examples/kinetic-energy/network.json --at v=2 --samples 100 --report near.md',
    'math --data examples/kinetic-energy/table.csv --target energy --features mass,speed -o - --front front.csv',
    'math --data examples/kinetic-energy/table.csv --target energy --units mass=kg,speed=m/s,energy=J --mode scouts -o -',
  ],
  run: async (parsed, io) => (await import('../run-math.js')).runMath(parsed, io),
};
