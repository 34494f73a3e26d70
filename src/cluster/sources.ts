/**
 * What the rows of a layer read, as tensors with axes: inputs with their declared shape, hidden
 * neurons by the recovered axes of their clusters. Cells without a tensor are dead.
 */
import type { Cluster, Source } from '../ir/cluster.js';
import { axisNamesOf, sizeOf } from '../ir/model-interface.js';
import type { Network } from '../ir/network.js';
import type { CellSpace } from './cells.js';

/** A cell number that no tensor holds: a hole of an index set. */
export const NO_CELL = 0xffffffff;

export interface SourceTensor {
  readonly source: Source;
  readonly shape: readonly number[];
  /** Row-major strides of `shape`. */
  readonly strides: readonly number[];
  readonly size: number;
  /** Domain word of each axis, where known. */
  readonly names: readonly (string | undefined)[];
  /** Cell (see CellSpace) at each row-major position. */
  readonly cells: Uint32Array;
  /** Whether the index set lacks some points: their cells are NO_CELL. */
  readonly hasHoles: boolean;
  /** False for rows of a table: they stand in some order, which says nothing about them. */
  readonly isOrdered: boolean;
}

/** All tensors known so far, and where each cell lies in them. Grows as layers are clustered. */
export interface SourceMap {
  readonly tensors: SourceTensor[];
  /** Position in `tensors` of the tensor that holds the cell; −1 where none does. */
  readonly tensorOf: Int32Array;
  /** Row-major position of the cell in its tensor. */
  readonly positionOf: Int32Array;
}

/** The source map of a network whose layers are not clustered yet: its inputs. */
export function inputSources(network: Network, space: CellSpace): SourceMap {
  const map: SourceMap = {
    tensors: [],
    tensorOf: new Int32Array(space.total).fill(-1),
    positionOf: new Int32Array(space.total),
  };
  network.inputs.forEach((input, index) => {
    const size = sizeOf(input.shape);
    const cells = Uint32Array.from({ length: size }, (_, cell) => space.inputBase[index] + cell);
    const names = axisNamesOf(input);
    addTensor(map, { kind: 'input', index }, input.shape, names, cells);
  });
  return map;
}

/** Makes a finished cluster readable by later layers. */
export function addCluster(map: SourceMap, space: CellSpace, cluster: Cluster): void {
  const base = space.layerBase[cluster.layer];
  const cells = Uint32Array.from(cluster.members, (neuron) =>
    neuron < 0 ? NO_CELL : base + neuron,
  );
  addTensor(
    map,
    { kind: 'cluster', id: cluster.id },
    cluster.axes.map((axis) => axis.extent),
    cluster.axes.map((axis) => axis.name),
    cells,
    !cluster.unexplained,
  );
}

function addTensor(
  map: SourceMap,
  source: Source,
  shape: readonly number[],
  names: readonly (string | undefined)[],
  cells: Uint32Array,
  isOrdered = true,
): void {
  cells.forEach((cell, position) => {
    if (cell === NO_CELL) return;
    map.tensorOf[cell] = map.tensors.length;
    map.positionOf[cell] = position;
  });
  const strides = stridesOf(shape);
  const hasHoles = cells.includes(NO_CELL);
  map.tensors.push({
    source,
    shape,
    strides,
    size: cells.length,
    names,
    cells,
    hasHoles,
    isOrdered,
  });
}

/** Row-major strides of a shape. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}
