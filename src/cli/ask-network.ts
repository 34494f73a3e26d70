/**
 * The glue between students, who ask, and the reference forward pass, which answers: phases do not know
 * each other.
 */
import { sizeOf } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import { networkOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { Ask } from '../students/ask.js';
import { createTeacher } from '../verify/teacher.js';

/** Asks for a target, over all flattened input cells of the network. @throws RangeError, see `networkOfTarget`. */
export function askTarget(network: StagedNetwork, target: Target): Ask {
  const teacher = createTeacher(networkOfTarget(network, target));
  return askEach(network, (inputs) => teacher.forward(inputs)[0][0]);
}

/** Asks for the decision; `undefined` where the network draws none. */
export function askDecision(network: StagedNetwork): Ask | undefined {
  if (network.decision.kind === 'none') return undefined;
  const teacher = createTeacher(network);
  return askEach(network, (inputs) => teacher.decide(teacher.forward(inputs)));
}

function askEach(
  { inputs }: StagedNetwork,
  answer: (inputs: readonly Float64Array[]) => number,
): Ask {
  const flat = new Float64Array(inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  let start = 0;
  const views = inputs.map(({ shape }) => flat.subarray(start, (start += sizeOf(shape))));
  return (columns) =>
    columns[0].map((_, row) => {
      columns.forEach((column, cell) => (flat[cell] = column[row]));
      return answer(views);
    });
}
