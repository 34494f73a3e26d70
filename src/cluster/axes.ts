/**
 * Solves for the axes of a group: a bijection between members and an index set under which every
 * parameter column is constant or affine in the iterators. Iterators are columns of the group itself,
 * so coordinates never depend on the order of neurons.
 */

/** A column as a function of the iterators' values (not ranks). */
export interface Formula {
  readonly constant: number;
  readonly coefficients: readonly number[];
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
 * the columns of member m; members are distinct.
 */
export function axisModels(parameters: readonly (readonly number[])[]): AxisModel[] {
  const width = parameters[0].length;
  const columns = Array.from({ length: width }, (_, column) =>
    parameters.map((member) => member[column]),
  );
  const varying = columns
    .map((_, column) => column)
    .filter((column) => columns[column].some((value) => value !== columns[column][0]));
  const representatives = pickRepresentatives(columns, varying).slice(0, MAX_REPRESENTATIVES);
  const models: AxisModel[] = [];
  for (let size = 0; size <= Math.min(MAX_AXES, representatives.length); size++) {
    for (const iterators of subsets(representatives, size)) {
      if (!identifies(columns, iterators, parameters.length)) continue;
      const formulas = solveColumns(columns, iterators);
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
): number[] {
  const classes: number[][] = [];
  for (const column of varying) {
    const own = classes.find(([first]) => shiftOf(columns[first], columns[column]) !== undefined);
    if (own === undefined) classes.push([column]);
    else own.push(column);
  }
  return classes.map((members) => {
    // The middle of the unmirrored copies: the centre of a stencil, the `at` between two bounds.
    const shifts = members
      .map((column) => ({ column, shift: shiftOf(columns[members[0]], columns[column]) }))
      .filter(({ shift }) => shift?.slope === 1)
      .sort((a, b) => (a.shift?.offset ?? 0) - (b.shift?.offset ?? 0) || a.column - b.column);
    return shifts[(shifts.length - 1) >> 1].column;
  });
}

/** b = slope · a + offset with slope ±1. */
function shiftOf(
  a: readonly number[],
  b: readonly number[],
): { readonly slope: number; readonly offset: number } | undefined {
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
): Formula[] | undefined {
  const formulas: Formula[] = [];
  for (const [column, values] of columns.entries()) {
    const own = iterators.indexOf(column);
    const formula =
      own >= 0
        ? { constant: 0, coefficients: iterators.map((_, axis) => (axis === own ? 1 : 0)) }
        : solveAffine(
            iterators.map((iterator) => columns[iterator]),
            values,
          );
    if (formula === undefined) return undefined;
    formulas.push(formula);
  }
  return formulas;
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
  return model.formulas.map(({ constant, coefficients }) =>
    coefficients.reduce((sum, factor, axis) => sum + factor * point[axis], constant),
  );
}
