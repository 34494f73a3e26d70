/**
 * Minimum covers: the cheapest columns of which every row has one. Exact branch and bound (Coudert 1994):
 * what rows and columns say about each other is reduced until nothing changes, an independent set of rows
 * bounds the rest from below, and the row with fewest columns is decided next.
 */

export interface CoverProblem {
  /** For each column the rows that it covers, ascending. Every row has a column. */
  readonly columns: readonly ArrayLike<number>[];
  readonly rows: number;
  /** Positive, one for each column. */
  readonly costs: ArrayLike<number>;
}

export interface Cover {
  /** Ascending. */
  readonly chosen: readonly number[];
  /** Whether no cover is cheaper. */
  readonly isMinimal: boolean;
}

interface State {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly chosen: readonly number[];
  readonly cost: number;
}

/** @param maxSteps words of bit sets compared, about; when they are spent the best cover so far is it. */
export function minimumCover(problem: CoverProblem, maxSteps: number): Cover {
  return new CoverSearch(problem, maxSteps).solve();
}

class CoverSearch {
  readonly #problem: CoverProblem;
  readonly #maxSteps: number;
  /** Bit sets: the rows of each column, the columns of each row. */
  readonly #rowsOf: readonly Uint32Array[];
  readonly #columnsOf: readonly Uint32Array[];
  #best: readonly number[];
  #bestCost: number;
  #steps = 0;

  constructor(problem: CoverProblem, maxSteps: number) {
    this.#problem = problem;
    this.#maxSteps = maxSteps;
    const { columns, rows } = problem;
    this.#rowsOf = columns.map(() => new Uint32Array(Math.ceil(rows / 32)));
    this.#columnsOf = Array.from(
      { length: rows },
      () => new Uint32Array(Math.ceil(columns.length / 32)),
    );
    columns.forEach((covered, column) => {
      for (let k = 0; k < covered.length; k++) {
        add(this.#rowsOf[column], covered[k]);
        add(this.#columnsOf[covered[k]], column);
      }
    });
    this.#best = this.#greedy();
    this.#bestCost = this.#costOf(this.#best);
  }

  solve(): Cover {
    const { rows, columns } = this.#problem;
    this.#branch({ rows: range(rows), columns: range(columns.length), chosen: [], cost: 0 });
    const chosen = [...this.#best].sort((a, b) => a - b);
    return { chosen, isMinimal: this.#steps <= this.#maxSteps };
  }

  #branch(before: State): void {
    if (this.#steps > this.#maxSteps) return;
    const state = this.#reduce(before);
    if (state === undefined || state.cost >= this.#bestCost) return;
    if (state.rows.length === 0) {
      this.#best = state.chosen;
      this.#bestCost = state.cost;
      return;
    }
    const active = setOf(state.columns, this.#problem.columns.length);
    const ordered = this.#byFewestColumns(state.rows, active);
    if (state.cost + this.#independentCost(ordered, active) >= this.#bestCost) return;
    const options = membersOf(this.#columnsOf[ordered[0]], active);
    const uncovered = setOf(state.rows, this.#problem.rows);
    const gain = new Map(options.map((column) => [column, countCommon(this.#rowsOf[column], uncovered)])); // prettier-ignore
    options.sort((a, b) => (gain.get(b) ?? 0) - (gain.get(a) ?? 0) || a - b);
    let { columns } = state;
    for (const column of options) {
      this.#branch(this.#choose({ ...state, columns }, column));
      // From here on covers without it.
      columns = columns.filter((other) => other !== column);
    }
  }

  #choose({ rows, columns, chosen, cost }: State, column: number): State {
    return {
      rows: rows.filter((row) => !has(this.#rowsOf[column], row)),
      columns: columns.filter((other) => other !== column),
      chosen: [...chosen, column],
      cost: cost + this.#problem.costs[column],
    };
  }

  /** Essential columns are taken, dominated rows and columns left out. Undefined where a row has none left. */
  #reduce(before: State): State | undefined {
    let state = before;
    for (;;) {
      if (state.cost >= this.#bestCost || this.#steps > this.#maxSteps) return undefined;
      const active = setOf(state.columns, this.#problem.columns.length);
      let essential = -1;
      for (const row of state.rows) {
        const count = countCommon(this.#columnsOf[row], active);
        if (count === 0) return undefined;
        if (count === 1) {
          [essential] = membersOf(this.#columnsOf[row], active);
          break;
        }
      }
      if (essential >= 0) {
        state = this.#choose(state, essential);
        continue;
      }
      const columns = this.#withoutDominatedColumns(state);
      const rows = this.#withoutDominatedRows({ ...state, columns });
      if (columns.length === state.columns.length && rows.length === state.rows.length)
        return state;
      state = { ...state, rows, columns };
    }
  }

  /** A column is left out where another one covers the same rows and more, and costs no more. */
  #withoutDominatedColumns({ rows, columns }: State): readonly number[] {
    const { costs } = this.#problem;
    const active = setOf(rows, this.#problem.rows);
    this.#steps += columns.length * columns.length;
    return withoutDominated(
      columns,
      (column) => -countCommon(this.#rowsOf[column], active),
      (column, other) =>
        costs[other] <= costs[column] &&
        isWithin(this.#rowsOf[column], this.#rowsOf[other], active),
      (column) => costs[column],
    ).filter((column) => countCommon(this.#rowsOf[column], active) > 0);
  }

  /** A row is left out where whatever covers another one covers it as well. */
  #withoutDominatedRows({ rows, columns }: State): readonly number[] {
    const active = setOf(columns, this.#problem.columns.length);
    this.#steps += rows.length * rows.length;
    return withoutDominated(
      rows,
      (row) => countCommon(this.#columnsOf[row], active),
      (row, other) => isWithin(this.#columnsOf[other], this.#columnsOf[row], active),
      () => 0,
    );
  }

  #byFewestColumns(rows: readonly number[], active: Uint32Array): readonly number[] {
    const counts = new Map(rows.map((row) => [row, countCommon(this.#columnsOf[row], active)]));
    return [...rows].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || a - b);
  }

  /** What rows cost of which no two have a column in common. */
  #independentCost(ordered: readonly number[], active: Uint32Array): number {
    const used = new Uint32Array(active.length);
    let cost = 0;
    this.#steps += ordered.length * active.length;
    for (const row of ordered) {
      const own = this.#columnsOf[row];
      if (countCommon(own, used) > 0) continue;
      let least = Infinity;
      for (const column of membersOf(own, active)) {
        add(used, column);
        least = Math.min(least, this.#problem.costs[column]);
      }
      cost += least;
    }
    return cost;
  }

  /** The column that covers most new rows for its cost, again and again; then what is not needed goes. */
  #greedy(): readonly number[] {
    const { columns, rows, costs } = this.#problem;
    const left = setOf(range(rows), rows);
    const chosen: number[] = [];
    for (let rest = rows; rest > 0;) {
      let [best, bestGain] = [-1, 0];
      for (let column = 0; column < columns.length; column++) {
        const gain = countCommon(this.#rowsOf[column], left) / costs[column];
        if (gain > bestGain) [best, bestGain] = [column, gain];
      }
      if (best < 0) throw new RangeError('a row has no column');
      rest -= countCommon(this.#rowsOf[best], left);
      this.#rowsOf[best].forEach((word, k) => (left[k] &= ~word));
      chosen.push(best);
    }
    return dropUnneeded(chosen, columns, rows);
  }

  #costOf(chosen: readonly number[]): number {
    return chosen.reduce((sum, column) => sum + this.#problem.costs[column], 0);
  }
}

/** Those of some chosen columns, the last ones first, that cover nothing alone are left out. */
function dropUnneeded(
  chosen: readonly number[],
  columns: CoverProblem['columns'],
  rows: number,
): readonly number[] {
  const counts = new Uint32Array(rows);
  const visit = (column: number, step: number): void => {
    for (let k = 0; k < columns[column].length; k++) counts[columns[column][k]] += step;
  };
  chosen.forEach((column) => visit(column, 1));
  return chosen
    .toReversed()
    .filter((column) => {
      const isNeeded = Array.from(columns[column]).some((row) => counts[row] === 1);
      if (!isNeeded) visit(column, -1);
      return isNeeded;
    })
    .reverse();
}

/** Items in order of a key; each is left out where one kept before dominates it. */
function withoutDominated(
  items: readonly number[],
  keyOf: (item: number) => number,
  isDominated: (item: number, other: number) => boolean,
  costOf: (item: number) => number,
): readonly number[] {
  const keys = new Map(items.map((item) => [item, keyOf(item)]));
  const ordered = [...items].sort(
    (a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || costOf(a) - costOf(b) || a - b,
  );
  const kept: number[] = [];
  for (const item of ordered) {
    if (!kept.some((other) => isDominated(item, other))) kept.push(item);
  }
  return kept.sort((a, b) => a - b);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => k);
}

function setOf(members: readonly number[], size: number): Uint32Array {
  const set = new Uint32Array(Math.ceil(size / 32));
  for (const member of members) add(set, member);
  return set;
}

function add(set: Uint32Array, member: number): void {
  set[member >>> 5] |= 1 << (member & 31);
}

function has(set: Uint32Array, member: number): boolean {
  return ((set[member >>> 5] >>> (member & 31)) & 1) === 1;
}

/** Whether what `left` has of `active` is in `right` too. */
function isWithin(left: Uint32Array, right: Uint32Array, active: Uint32Array): boolean {
  for (let k = 0; k < left.length; k++) {
    if ((left[k] & active[k] & ~right[k]) !== 0) return false;
  }
  return true;
}

function countCommon(left: Uint32Array, right: Uint32Array): number {
  let count = 0;
  for (let k = 0; k < left.length; k++) {
    for (let word = left[k] & right[k]; word !== 0; word &= word - 1) count++;
  }
  return count;
}

function membersOf(set: Uint32Array, active: Uint32Array): number[] {
  const members: number[] = [];
  for (let k = 0; k < set.length; k++) {
    for (let word = set[k] & active[k]; word !== 0; word &= word - 1) {
      members.push(32 * k + 31 - Math.clz32(word & -word));
    }
  }
  return members;
}
