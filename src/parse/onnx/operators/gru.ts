/**
 * GRU: a state of which every unit is kept or replaced, as far as its update gate says.
 *
 *   h' = update · h + (1 − update) · g(candidate)
 *
 * The candidate sees the state times the reset gate; with `linear_before_reset` the reset gate is applied
 * to what the candidate sums up of the state.
 */
import { add, multiply, num, subtract } from '../../../ir/program-builders.js';
import { computeEach } from '../compute.js';
import { recurrentImporter } from '../recurrent/read.js';
import type { Step } from '../recurrent/read.js';
import type { Value } from '../values.js';

const GATE = { update: 0, reset: 1, candidate: 2 };

export const GRU = recurrentImporter(
  'GRU',
  ['linear_before_reset'],
  {
    gates: ['update gate', 'reset gate', 'candidate'],
    states: ['hidden'],
    activations: ['Sigmoid', 'Tanh'],
    peepholes: 0,
  },
  (context, step) => {
    const { functions, states, part, gate } = step;
    const [ofGate, ofCandidate] = functions;
    const [hidden] = states;
    const updateSum = gate(GATE.update, hidden);
    const reset = gate(GATE.reset, hidden);
    const isLate = context.integer('linear_before_reset', 0) !== 0;
    const candidate = isLate ? lateReset(step, reset) : earlyReset(step, reset);
    const update = computeEach(part('update'), [updateSum], ofGate.ofCell);
    return [
      computeEach(part('next hidden'), [update, hidden, candidate], (share, own, other) =>
        add(multiply(share, own), multiply(subtract(num(1), share), ofCandidate.ofCell(other))),
      ),
    ];
  },
);

/** The candidate's sum over the state as far as the reset gate lets it through. */
function earlyReset(
  { functions: [ofGate], states: [hidden], part, gate }: Step,
  reset: Value,
): Value {
  const seen = computeEach(part('remembered'), [reset, hidden], (sum, own) =>
    multiply(ofGate.ofCell(sum), own),
  );
  return gate(GATE.candidate, seen);
}

/** The candidate's sum, its share of the state as far as the reset gate lets it through. */
function lateReset(
  { functions: [ofGate], states: [hidden], part, apart }: Step,
  reset: Value,
): Value {
  const [fromRow, fromState] = apart(GATE.candidate, hidden);
  return computeEach(part('candidate'), [fromRow, reset, fromState], (own, sum, other) =>
    add(own, multiply(ofGate.ofCell(sum), other)),
  );
}
