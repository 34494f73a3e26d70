/**
 * The network behind a problem as a function of columns: how threads that were sent a network's data
 * rebuild what cannot be sent, `Problem.ask`.
 */
import type { StagedNetwork } from '../ir/network.js';
import { networkOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { sizeOf } from '../ir/model-interface.js';
import { askOver } from '../students/ask.js';
import type { Ask } from '../students/ask.js';
import { createTeacher } from '../verify/teacher.js';

/** A network and what of it is explained; plain data. */
export interface AskedNetwork {
  readonly network: StagedNetwork;
  readonly target: Target;
  /** Present where the columns are some of the input cells only: which, and what the others are meanwhile. */
  readonly varying?: { readonly features: readonly number[]; readonly rest: Float64Array };
}

/**
 * One column for each cell of the inputs, in their order, row-major, or for each that varies; the target's
 * value at every row.
 */
export function createAsk({ network, target, varying }: AskedNetwork): Ask {
  const teacher = createTeacher(networkOfTarget(network, target));
  const ask = askEachRow(network, (inputs) => teacher.forward(inputs)[0][0]);
  return varying === undefined ? ask : askOver(ask, varying.features, varying.rest);
}

/** The decision that the network draws at every row, as a number; `undefined` where it draws none. */
export function createDecisionAsk(network: StagedNetwork): Ask | undefined {
  if (network.decision.kind === 'none') return undefined;
  const teacher = createTeacher(network);
  return askEachRow(network, (inputs) => teacher.decide(teacher.forward(inputs)));
}

function askEachRow(
  network: StagedNetwork,
  answer: (inputs: readonly Float64Array[]) => number,
): Ask {
  const inputs = network.inputs.map(({ shape }) => new Float64Array(sizeOf(shape)));
  return (columns) =>
    Float64Array.from({ length: columns[0].length }, (_, row) => {
      let column = 0;
      for (const input of inputs) {
        for (let cell = 0; cell < input.length; cell++) input[cell] = columns[column++][row];
      }
      return answer(inputs);
    });
}
