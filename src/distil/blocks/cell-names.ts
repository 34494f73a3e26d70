/** What the cells of a tensor inside a network are called, in formulas and in the module. */
import type { Program } from '../../ir/program.js';
import { sizeOf } from '../../ir/model-interface.js';
import { toldName } from '../../ir/told.js';
import { singular } from '../../infer/index.js';
import { layerWord } from './block.js';

/** The tensor that a layer gives. */
interface GivenTensor {
  readonly name: string;
  readonly word?: string;
  readonly shape: readonly number[];
}

/**
 * One name for each cell: as the compiler names it, else by the layer and, where it gives several, its position.
 *
 * @param program of the layers up to here, whose result the tensor is; absent where there is none.
 */
export function cellNamesOf(tensor: GivenTensor, program?: Program): readonly string[] {
  const last = program?.body.at(-1);
  const cells = last?.kind === 'return' && last.value.kind === 'array' ? last.value.elements : [];
  const word = singular(toldName(tensor.word ?? layerWord(tensor)));
  const count = sizeOf(tensor.shape);
  const names = Array.from({ length: count }, (_, cell) => {
    const value = cells.at(cell);
    if (value?.kind === 'symbol') return value.symbol.hint;
    return count === 1 ? word : `${word} ${cell}`;
  });
  return names.map((own, cell) =>
    names.filter((other) => other === own).length === 1 ? own : `${own} ${cell}`,
  );
}
