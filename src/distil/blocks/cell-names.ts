/** What the cells of a tensor inside a network are called, in formulas and in the module. */
import { sizeOf } from '../../ir/model-interface.js';
import type { ModelInterface } from '../../ir/model-interface.js';
import type { Node, SparseRows, TensorRef } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { toldName } from '../../ir/told.js';
import { singular } from '../../infer/index.js';
import { layerWord } from './block.js';

/** The tensor that a layer gives. */
interface GivenTensor {
  readonly name: string;
  readonly word?: string;
  readonly shape: readonly number[];
  readonly kind?: Node['kind'];
  readonly sources?: readonly TensorRef[];
  readonly weights?: SparseRows;
}

/**
 * One name for each cell: as the compiler names it, else by the layer and, where it gives several, its position;
 * where every cell reads another input of the model, by that: `mean speed`, `mean grip`.
 *
 * @param program of the layers up to here, whose result the tensor is; absent where there is none.
 * @param model the inputs that the layer reads, where it reads nothing else.
 */
export function cellNamesOf(
  tensor: GivenTensor,
  program?: Program,
  model?: ModelInterface,
): readonly string[] {
  const last = program?.body.at(-1);
  const cells = last?.kind === 'return' && last.value.kind === 'array' ? last.value.elements : [];
  const word = singular(toldName(tensor.word ?? layerWord(tensor)));
  const count = sizeOf(tensor.shape);
  const inputs = model && inputsRead(tensor, model);
  const names = Array.from({ length: count }, (_, cell) => {
    const value = cells.at(cell);
    if (value?.kind === 'symbol') return value.symbol.hint;
    const input = inputs?.[cell];
    if (input !== undefined) return `${word} ${singular(toldName(input))}`;
    return count === 1 ? word : `${word} ${cell}`;
  });
  return names.map((own, cell) =>
    names.filter((other) => other === own).length === 1 ? own : `${own} ${cell}`,
  );
}

/** For each neuron the name of the one input that it reads; `undefined` unless each reads another one. */
function inputsRead(
  { kind, sources = [], weights }: GivenTensor,
  { inputs }: ModelInterface,
): readonly string[] | undefined {
  if (kind !== undefined || weights === undefined || inputs.length < 2) return undefined;
  if (sources.some((source) => source.kind !== 'input')) return undefined;
  const read = sources.map(({ index }) => inputs[index]);
  const ofColumn = read.flatMap(({ name, shape }) => Array<string>(sizeOf(shape)).fill(name));
  const { rowStart, columns } = weights;
  const names = Array.from({ length: rowStart.length - 1 }, (_, neuron) => {
    const own = columns.subarray(rowStart[neuron], rowStart[neuron + 1]);
    return [...new Set(Array.from(own, (column) => ofColumn[column]))];
  });
  const isOneEach = names.every((own) => own.length === 1);
  const all = names.flat();
  return isOneEach && new Set(all).size === all.length ? all : undefined;
}
