/**
 * LSTM: a cell that is partly forgotten and partly written to in every step, and a state that is seen of it.
 *
 *   c' = f(forget) · c + f(input) · g(candidate),   h' = f(output) · h(c')
 *
 * With `input_forget` exactly as much is forgotten as is written. `clip` is for what gates sum up: runtimes
 * leave the cell alone.
 */
import { add, multiply, num, subtract } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { computeEach } from '../compute.js';
import { recurrentImporter } from '../recurrent/read.js';
import type { Value } from '../values.js';

/** Positions of the gates among the blocks of weights. */
const GATE = { input: 0, output: 1, forget: 2, candidate: 3 };
/** Positions of the peepholes among theirs. */
const PEEPHOLE = { input: 0, output: 1, forget: 2 };

export const LSTM = recurrentImporter(
  'LSTM',
  ['input_forget'],
  {
    gates: ['input gate', 'output gate', 'forget gate', 'candidate'],
    states: ['hidden', 'cell'],
    activations: ['Sigmoid', 'Tanh', 'Tanh'],
    peepholes: 3,
  },
  (
    context,
    { functions: [ofGate, ofCandidate, ofCell], states: [hidden, cell], part, gate, peephole },
  ) => {
    const isCoupled = context.integer('input_forget', 0) !== 0;
    const input = gate(GATE.input, hidden);
    const forget = isCoupled ? input : gate(GATE.forget, hidden);
    const candidate = gate(GATE.candidate, hidden);
    const output = gate(GATE.output, hidden);
    const inputSight = peephole(PEEPHOLE.input, 'input peephole');
    const forgetSight = isCoupled ? undefined : peephole(PEEPHOLE.forget, 'forget peephole');
    const outputSight = peephole(PEEPHOLE.output, 'output peephole');
    const nextCell = computeEach(
      part('next cell'),
      [cell, input, forget, candidate, ...given(inputSight), ...given(forgetSight)],
      (own, inputSum, forgetSum, candidateSum, inputWeight, forgetWeight) => {
        const written = ofGate.ofCell(seen(inputSum, inputWeight, own));
        const left = isCoupled
          ? subtract(num(1), written)
          : ofGate.ofCell(seen(forgetSum, forgetWeight, own));
        return add(multiply(left, own), multiply(written, ofCandidate.ofCell(candidateSum)));
      },
    );
    const nextHidden = computeEach(
      part('next hidden'),
      [output, nextCell, ...given(outputSight)],
      (sum, own, weight) => multiply(ofGate.ofCell(seen(sum, weight, own)), ofCell.unclipped(own)),
    );
    return [nextHidden, nextCell];
  },
);

function given(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

/** What a gate sums up, with what it sees of the cell where it has a peephole. */
function seen(sum: Expression, weight: Expression | undefined, cell: Expression): Expression {
  return weight === undefined ? sum : add(sum, multiply(weight, cell));
}
