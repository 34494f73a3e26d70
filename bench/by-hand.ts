/**
 * The algorithms of the two large examples as a person writes them, what their modules are compared with.
 * They owe their caller what the modules do: a wrong shape is refused.
 */

type Grid = ArrayLike<ArrayLike<number>>;

function refuseOthers(grid: Grid, rows: number, columns: number): void {
  let right = grid.length === rows;
  for (let row = 0; row < grid.length; row++) right &&= grid[row].length === columns;
  if (!right) throw new RangeError(`expected ${rows} × ${columns}`);
}

/** Scores of the orientation network: columns compared with rows, then with each other. */
export function orientationByHand(image: Grid): [number, number] {
  const n = 28;
  refuseOthers(image, n, n);
  const columnSums = new Array<number>(n).fill(0);
  const rowSums = new Array<number>(n).fill(0);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      columnSums[column] += image[row][column];
      rowSums[row] += image[row][column];
    }
  }
  let total = 0;
  const columnBalances = new Array<number>(n).fill(0);
  const rowBalances = new Array<number>(n).fill(0);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const comparison = Math.sign(columnSums[column] - rowSums[row]);
      total += comparison;
      columnBalances[column] += comparison;
      rowBalances[row] += comparison;
    }
  }
  let vertical = 0;
  for (let k = 0; k < n; k++) {
    vertical += Math.sign(n * columnBalances[k] - (n - 1) * total - n * (n - 1));
    vertical -= Math.sign((n - 1) * total - n * rowBalances[k] - n * (n - 1));
  }
  const score = 0.20558795 * vertical;
  return [score, -score];
}

/** Scores of the MAXSAT network: clauses that hold the first literal, or its negation, and no other. */
export function maxsatByHand(formula: Grid): [number, number] {
  refuseOthers(formula, 10, 50);
  const [first, negated] = [formula[0], formula[1]];
  let score = 0;
  for (let clause = 0; clause < first.length; clause++) {
    const vote = first[clause] - negated[clause];
    let others = 0;
    for (let literal = 2; literal < formula.length; literal++) others += formula[literal][clause];
    score += vote * (others === 0 ? 10.0150593 : 2.4159811);
  }
  const odds = Math.exp(-2 * Math.abs(score));
  const [likely, unlikely] = [1 / (1 + odds), odds / (1 + odds)];
  return score > 0 ? [likely, unlikely] : [unlikely, likely];
}
