/**
 * What the whole network answers when some of its blocks are told by formulas and all else stays: run on the
 * recorded rows from the first such block on, without any module. How blocks, complexities and prunings are
 * compared; what leaves is measured again from its text.
 */
import { fidelityOf } from '../../ir/fidelity.js';
import type { Answered } from '../../ir/fidelity.js';
import type { InputTensor } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import { evaluateFormula } from '../../students/math/engine/evaluate-formula.js';
import type { Formula } from '../../students/math/formula.js';
import { createTeacher } from '../../verify/teacher.js';
import { partOf } from './block.js';
import type { Block } from './block.js';
import { answeredOf, rowOf, valuesAt } from './record.js';
import type { Recorded } from './record.js';

/** A block with a formula for each cell that it gives, over the cells that it reads. */
export interface Told {
  readonly block: Block;
  readonly formulas: readonly Formula[];
}

/** What the layers behind a cut read, as an input of a network of their own. */
export type InputAt = (kept: number) => InputTensor;

/**
 * The fidelity of the network with these blocks told by formulas, see `fidelityOf`.
 *
 * @param told at least one block; they have no layer in common and stand from the front.
 * @param rows how many of the recorded rows are looked at; absent: all.
 */
export function fidelityOfWhole(
  network: StagedNetwork,
  inputAt: InputAt,
  told: readonly Told[],
  recorded: Recorded,
  rows = recorded.count,
): number {
  const actual = answersOfWhole(network, inputAt, told, recorded, rows);
  return fidelityOf(recorded.answers.slice(0, rows), actual);
}

function answersOfWhole(
  network: StagedNetwork,
  inputAt: InputAt,
  told: readonly Told[],
  recorded: Recorded,
  rows: number,
): readonly Answered[] {
  const count = network.layers.length;
  const steps = told.map(({ block, formulas }, k) => {
    const until = k + 1 < told.length ? told[k + 1].block.first : count;
    return { formulas, behind: runLayers(network, block.end, until, inputAt) };
  });
  const columns = valuesAt(recorded, told[0].block.first);
  return Array.from({ length: rows }, (_, row) => {
    let values: ArrayLike<number> = rowOf(columns, row);
    for (const { formulas, behind } of steps) {
      const point = values;
      values = behind(formulas.map((formula) => evaluateFormula(formula, point)));
    }
    return answeredOf(network.decision, Array.from(values));
  });
}

/** All outputs of layers `first` … `end` − 1, joined. */
export function runLayers(
  network: StagedNetwork,
  first: number,
  end: number,
  inputAt: InputAt,
): (values: ArrayLike<number>) => ArrayLike<number> {
  if (first === end) return (values) => values;
  const teacher = createTeacher(partOf(network, first, end, inputAt(first)));
  return (values) => teacher.forward([values]).flatMap((output) => [...output]);
}
