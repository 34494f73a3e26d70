/**
 * What every level of representation says about a model as seen from outside: its name, its inputs
 * with their domains, its outputs and its decision. Network, ClusterGraph and Program all carry
 * one `ModelInterface`, unchanged from the parser to the emitter.
 */

/**
 * The values that one input cell can take.
 * - `values`: a finite set, ascending and without repeats;
 * - `interval`: every real number from `min` to `max`, both included;
 * - `real`: any finite number.
 */
export type CellDomain =
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'interval'; readonly min: number; readonly max: number }
  | { readonly kind: 'real' };

/** The domain of a whole tensor: one for all cells, or one for each cell (row-major). */
export type Domain =
  CellDomain | { readonly kind: 'per-cell'; readonly cells: readonly CellDomain[] };

export interface InputTensor {
  /** Domain word for the tensor, such as `image`; becomes the parameter's name. */
  readonly name: string;
  /** Extents, all positive; `[]` is a scalar. */
  readonly shape: readonly number[];
  /** One name for each axis (`row`, `column`); `undefined` when the model names none. */
  readonly axes?: readonly string[];
  /** One name for each cell, row-major; `undefined` when the model names none. */
  readonly features?: readonly string[];
  readonly domain: Domain;
  /** Text of the unit of each cell, row-major, as the user gave it; `undefined` when not given. */
  readonly units?: readonly string[];
}

export interface OutputTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** One class name for each value of the (one-dimensional) output; `undefined` when not given. */
  readonly labels?: readonly string[];
  /** As of an input. */
  readonly units?: readonly string[];
}

/** How `predict` turns scores into an answer. Ties go to the lowest index. */
export type Decision =
  | { readonly kind: 'argmax' }
  | { readonly kind: 'argmin' }
  | { readonly kind: 'sign' }
  /** Class 1 where the score is greater than `threshold`, else class 0. */
  | { readonly kind: 'threshold'; readonly threshold: number }
  | { readonly kind: 'none' };

export interface ModelInterface {
  readonly name: string;
  /** `sha256:` and the hex digest of the weights' bytes in layer order (or of the ONNX file). */
  readonly source: string;
  readonly inputs: readonly InputTensor[];
  readonly outputs: readonly OutputTensor[];
  readonly decision: Decision;
}

/** What the axes of an unnamed table are called. */
const TABLE_AXES: readonly string[] = ['row', 'column'];

/** The names of an input's axes: its own, `row` and `column` for a table without, else `undefined`. */
export function axisNamesOf({ shape, axes }: InputTensor): readonly (string | undefined)[] {
  return axes ?? (shape.length === 2 ? TABLE_AXES : shape.map(() => undefined));
}

/** The number of cells of a shape; 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** The domain of one cell (row-major index) of an input. */
export function cellDomain(domain: Domain, cell: number): CellDomain {
  return domain.kind === 'per-cell' ? domain.cells[cell] : domain;
}

/** The interval hull [min, max] of a cell's domain; infinite for `real`. */
export function domainHull(domain: CellDomain): readonly [min: number, max: number] {
  switch (domain.kind) {
    case 'values':
      return [Math.min(...domain.values), Math.max(...domain.values)];
    case 'interval':
      return [domain.min, domain.max];
    case 'real':
      return [-Infinity, Infinity];
  }
}
