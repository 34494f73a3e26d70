/**
 * The network behind a problem as a function of columns: how threads that were sent a network's data
 * rebuild what cannot be sent, `Problem.ask`.
 */
import type { StagedNetwork } from '../ir/network.js';
import { networkOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { sizeOf } from '../ir/model-interface.js';
import type { Problem } from '../students/math/problem.js';
import { createTeacher } from '../verify/teacher.js';

/** A network and what of it is explained; plain data. */
export interface AskedNetwork {
  readonly network: StagedNetwork;
  readonly target: Target;
}

/** One column for each cell of the inputs, in their order, row-major; the target's value at every row. */
export function createAsk({ network, target }: AskedNetwork): NonNullable<Problem['ask']> {
  const teacher = createTeacher(networkOfTarget(network, target));
  const inputs = network.inputs.map(({ shape }) => new Float64Array(sizeOf(shape)));
  return (columns) => {
    const rows = columns[0].length;
    const answers = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let column = 0;
      for (const input of inputs) {
        for (let cell = 0; cell < input.length; cell++) input[cell] = columns[column++][row];
      }
      answers[row] = teacher.forward(inputs)[0][0];
    }
    return answers;
  };
}
