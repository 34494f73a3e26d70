/**
 * Solves for the axes of a group: a bijection between members and an index set under which every
 * parameter column is constant or affine in the iterators, perhaps modulo the extent of its source
 * axis. Iterators are columns of the group itself, so coordinates never depend on the order of neurons.
 */
import { positiveModulo } from '../ir/region-cells.js';
import { solveModular } from './modular.js';

/** A column as a function of the iterators' values (not ranks). */
export interface Formula {
  readonly constant: number;
  readonly coefficients: readonly number[];
  /** The result is taken modulo this. */
  readonly modulus?: number;
}

/** How a column may go round its source axis. */
export interface Circle {
  readonly extent: number;
  /**
   * `index`: a position of the source, which a formula may take modulo the extent; `turns`: a
   * position that may lie any number of turns away; `end`: it lies as many turns away as the column
   * before it.
   */
  readonly kind: 'index' | 'turns' | 'end';
}

export interface AxisModel {
  /** The column that each iterator reads its value from. */
  readonly iterators: readonly number[];
  /** One for each column. */
  readonly formulas: readonly Formula[];
}

const MAX_AXES = 4;
/** At most this many different columns are tried as iterators. */
const MAX_REPRESENTATIVES = 8;

/**
 * All models whose iterators identify every member, fewest iterators first. `parameters[m]` holds
 * the columns of member m; members are distinct. `circles`: for each column, `undefined` where it
 * cannot go round.
 */
export function axisModels(
  parameters: readonly (readonly number[])[],
  circles: readonly (Circle | undefined)[],
): AxisModel[] {
  const width = parameters[0].length;
  const columns = Array.from({ length: width }, (_, column) =>
    parameters.map((member) => member[column]),
  );
  const varying = columns
    .map((_, column) => column)
    .filter((column) => columns[column].some((value) => value !== columns[column][0]));
  const all = pickRepresentatives(columns, varying, circles);
  const representatives = all.slice(0, MAX_REPRESENTATIVES);
  const models: AxisModel[] = [];
  for (let size = 0; size <= Math.min(MAX_AXES, representatives.length); size++) {
    for (const iterators of subsets(representatives, size)) {
      if (!identifies(columns, iterators, parameters.length)) continue;
      const formulas = solveColumns(columns, iterators, circles);
      if (formulas !== undefined) models.push({ iterators, formulas });
    }
    if (models.length > 0) return models;
  }
  return models;
}

/** One column of each class of columns that are shifted or mirrored copies of each other. */
function pickRepresentatives(
  columns: readonly (readonly number[])[],
  varying: readonly number[],
  circles: readonly (Circle | undefined)[],
): number[] {
  const shift = (a: number, b: number): Shift | undefined =>
    shiftOf(columns[a], columns[b]) ?? turnOf(columns[a], columns[b], circles[a], circles[b]);
  const classes: number[][] = [];
  for (const column of varying) {
    const own = classes.find(([first]) => shift(first, column) !== undefined);
    if (own === undefined) classes.push([column]);
    else own.push(column);
  }
  return classes.map((members) => {
    // The middle of the unmirrored copies: the centre of a stencil, the `at` between two bounds.
    const shifts = members
      .map((column) => ({ column, own: shift(members[0], column) }))
      .filter(({ own }) => own?.slope === 1)
      .sort((a, b) => (a.own?.offset ?? 0) - (b.own?.offset ?? 0) || a.column - b.column);
    return shifts[(shifts.length - 1) >> 1].column;
  });
}

interface Shift {
  readonly slope: number;
  readonly offset: number;
}

/** b = a + offset modulo the extent that both have. */
function turnOf(
  a: readonly number[],
  b: readonly number[],
  circleA: Circle | undefined,
  circleB: Circle | undefined,
): Shift | undefined {
  if (circleA === undefined || circleA.extent !== circleB?.extent) return undefined;
  const { extent } = circleA;
  const turn = positiveModulo(b[0] - a[0], extent);
  if (!b.every((value, k) => positiveModulo(value - a[k], extent) === turn)) return undefined;
  return { slope: 1, offset: 2 * turn > extent ? turn - extent : turn };
}

/** b = slope · a + offset with slope ±1. */
function shiftOf(a: readonly number[], b: readonly number[]): Shift | undefined {
  for (const slope of [1, -1]) {
    const offset = b[0] - slope * a[0];
    if (b.every((value, k) => value === slope * a[k] + offset)) return { slope, offset };
  }
  return undefined;
}

function subsets(items: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, k) =>
    subsets(items.slice(k + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

function identifies(
  columns: readonly (readonly number[])[],
  iterators: readonly number[],
  members: number,
): boolean {
  const seen = new Set<string>();
  for (let member = 0; member < members; member++) {
    seen.add(iterators.map((column) => columns[column][member]).join());
  }
  return seen.size === members;
}

/** Every column as an affine function of the iterators; `undefined` where one is not. */
function solveColumns(
  columns: readonly (readonly number[])[],
  iterators: readonly number[],
  circles: readonly (Circle | undefined)[],
): Formula[] | undefined {
  const basis = iterators.map((iterator) => columns[iterator]);
  const formulas: Formula[] = [];
  for (const [column, values] of columns.entries()) {
    const own = iterators.indexOf(column);
    const formula =
      own >= 0
        ? { constant: 0, coefficients: iterators.map((_, axis) => (axis === own ? 1 : 0)) }
        : (solveAffine(basis, values) ??
          (circles[column]?.kind === 'end'
            ? endOf(formulas[column - 1], columns[column - 1], values)
            : solveCircle(basis, values, circles[column])));
    if (formula === undefined) return undefined;
    formulas.push(formula);
  }
  return formulas;
}

/** The formula of a column that stands at a constant distance behind another. */
function endOf(
  start: Formula,
  starts: readonly number[],
  ends: readonly number[],
): Formula | undefined {
  const length = ends[0] - starts[0];
  if (!ends.every((end, k) => end - starts[k] === length)) return undefined;
  return { ...start, constant: start.constant + length };
}

function solveCircle(
  basis: readonly (readonly number[])[],
  values: readonly number[],
  circle: Circle | undefined,
): Formula | undefined {
  if (circle === undefined) return undefined;
  const formula = solveModular(basis, values, circle.extent);
  if (formula === undefined || circle.kind === 'turns') return formula;
  return { ...formula, modulus: circle.extent };
}

/** Integer coefficients by elimination on differences to the first member, checked on every member. */
function solveAffine(
  basis: readonly (readonly number[])[],
  values: readonly number[],
): Formula | undefined {
  const size = basis.length;
  const rows: number[][] = [];
  for (let member = 1; member < values.length && rows.length < size; member++) {
    const row = [...basis.map((column) => column[member] - column[0]), values[member] - values[0]];
    for (const pivotRow of rows) {
      const pivot = pivotRow.findIndex((entry) => entry !== 0);
      const factor = row[pivot] / pivotRow[pivot];
      for (let k = 0; k <= size; k++) row[k] -= factor * pivotRow[k];
    }
    if (row.slice(0, size).some((entry) => Math.abs(entry) > 1e-9)) {
      rows.push(row.map((entry) => (Math.abs(entry) <= 1e-9 ? 0 : entry)));
    }
  }
  if (rows.length < size) return undefined;
  const coefficients = new Array<number>(size).fill(0);
  for (const row of [...rows].reverse()) {
    const pivot = row.findIndex((entry) => entry !== 0);
    if (pivot >= size) return undefined;
    let rest = row[size];
    for (let k = 0; k < size; k++) if (k !== pivot) rest -= row[k] * coefficients[k];
    coefficients[pivot] = Math.round(rest / row[pivot]);
  }
  const constant =
    values[0] - coefficients.reduce((sum, factor, axis) => sum + factor * basis[axis][0], 0);
  const fits = values.every(
    (value, member) =>
      value ===
      coefficients.reduce((sum, factor, axis) => sum + factor * basis[axis][member], constant),
  );
  return fits ? { constant, coefficients } : undefined;
}

/** The parameters that a model gives to the member at these iterator values. */
export function parametersAt(model: AxisModel, point: readonly number[]): number[] {
  return model.formulas.map(({ constant, coefficients, modulus }) => {
    const value = coefficients.reduce((sum, factor, axis) => sum + factor * point[axis], constant);
    return modulus === undefined ? value : positiveModulo(value, modulus);
  });
}
