/**
 * Points in a band around the border of a decision, with the direction in which the network's number grows
 * fastest there. Lines between uniform points of both sides are halved until they meet a level of the band,
 * drawn uniformly: so the band is as wide as was asked for and evenly filled, however steep the network is.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Random } from '../../numeric/random.js';
import { drawUniform } from '../../students/probes/box.js';
import type { BoundedDomain } from '../../students/probes/box.js';
import type { Slopes } from '../../verify/slopes.js';

/** Rows of a band. */
export interface Band {
  readonly columns: readonly Float64Array[];
  /** What the network's number is. */
  readonly values: Float64Array;
  /** Unit vectors, one column for each feature. */
  readonly directions: readonly Float64Array[];
  /** Half its width, in units of the number. */
  readonly reach: number;
}

export type AskSlopes = (columns: readonly Float64Array[]) => Slopes;

export interface BandOptions {
  /** Rows that are wanted. */
  readonly rows: number;
  /** Half its width as a share: of probabilities δ and 1 − δ, of other numbers see `reachOf`. */
  readonly band: number;
  readonly isLogOdds: boolean;
  /** Told in errors. */
  readonly name: string;
}

const HALVINGS = 40;
/** Lines are drawn in batches until there are rows enough, or so many were drawn for each. */
const LINES_PER_ROW = 40;

/**
 * @param cells the box. @param border the number at which the decision changes over.
 * @throws Diagnostic BOUNDARY_NOT_MET where next to no line meets the border.
 */
export function drawBand(
  cells: readonly BoundedDomain[],
  ask: AskSlopes,
  border: number,
  options: BandOptions,
  random: Random,
): Band {
  const { rows, name } = options;
  const hulls = cells.map(hullOfCell);
  const reach = reachOf(ask(drawUniform(hulls, rows, random)).values, border, options);
  const found = hulls.map((): number[] => []);
  for (let drawn = 0; drawn < LINES_PER_ROW * rows && found[0].length < rows; drawn += rows) {
    const met = pointsOnLines(hulls, ask, border, reach, rows, random);
    met.forEach((column, k) => found[k].push(...column));
  }
  if (found[0].length < FEWEST_ROWS) {
    throw diagnose('BOUNDARY_NOT_MET', {}, { name, rows: found[0].length });
  }
  const columns = found.map((column) => Float64Array.from(column.slice(0, rows)));
  return { ...directionsAt(columns, ask), reach };
}

const FEWEST_ROWS = 20;

/** Uniform points all over the box, for a number that decides nothing; without those where it does not move. */
export function drawEverywhere(
  cells: readonly BoundedDomain[],
  ask: AskSlopes,
  rows: number,
  random: Random,
): Band {
  return { ...directionsAt(drawUniform(cells.map(hullOfCell), rows, random), ask), reach: Infinity }; // prettier-ignore
}

/** Between its values a feature can be asked as well. */
function hullOfCell(cell: BoundedDomain): BoundedDomain {
  if (cell.kind === 'interval') return cell;
  return { kind: 'interval', min: cell.values[0], max: cell.values[cell.values.length - 1] };
}

/** Of log odds δ means probabilities from δ to 1 − δ; of other numbers a share of how far they usually are. */
function reachOf(values: Float64Array, border: number, { band, isLogOdds }: BandOptions): number {
  if (isLogOdds) return Math.log((1 - band) / band);
  const distances = values.map((value) => Math.abs(value - border)).sort();
  return band * distances[distances.length >> 1];
}

function pointsOnLines(
  cells: readonly BoundedDomain[],
  ask: AskSlopes,
  border: number,
  reach: number,
  count: number,
  random: Random,
): readonly (readonly number[])[] {
  const from = drawUniform(cells, count, random);
  const to = drawUniform(cells, count, random);
  const [first, last] = [ask(from).values, ask(to).values];
  const level = first.map(() => border + reach * (2 * random.unit() - 1));
  const lines = Array.from(level.keys()).filter(
    (line) =>
      first[line] > border !== last[line] > border &&
      first[line] > level[line] !== last[line] > level[line],
  );
  const low = lines.map(() => 0);
  const high = lines.map(() => 1);
  const pointsAt = (places: readonly number[]): Float64Array[] =>
    from.map((column, k) =>
      Float64Array.from(
        lines,
        (line, at) => column[line] + places[at] * (to[k][line] - column[line]),
      ),
    );
  if (lines.length === 0) return pointsAt([]).map((column) => Array.from(column));
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = low.map((place, at) => (place + high[at]) / 2);
    const { values } = ask(pointsAt(middle));
    lines.forEach((line, at) => {
      const isFirst = values[at] > level[line] === first[line] > level[line];
      if (isFirst) low[at] = middle[at];
      else high[at] = middle[at];
    });
  }
  return pointsAt(low).map((column) => Array.from(column));
}

/** Rows where the number moves, with unit vectors. */
export function directionsAt(
  columns: readonly Float64Array[],
  ask: AskSlopes,
): Pick<Band, 'columns' | 'values' | 'directions'> {
  const { values, byInput } = ask(columns);
  const lengths = values.map((_, row) => Math.hypot(...byInput.map((column) => column[row])));
  const isKept = (_: number, row: number): boolean => lengths[row] > 0 && Number.isFinite(lengths[row]); // prettier-ignore
  return {
    columns: columns.map((column) => column.filter(isKept)),
    values: values.filter(isKept),
    directions: byInput.map((column) =>
      column.map((value, row) => value / lengths[row]).filter(isKept),
    ),
  };
}

/** Weighted alike, the mean of 1 − cos² between the directions of a band and those of another network there. */
export function disagreementOf(band: Band, ask: AskSlopes): number {
  const { byInput } = ask(band.columns);
  let sum = 0;
  for (let row = 0; row < band.values.length; row++) {
    let [along, square] = [0, 0];
    byInput.forEach((column, k) => {
      along += column[row] * band.directions[k][row];
      square += column[row] * column[row];
    });
    sum += square > 0 ? Math.max(0, 1 - (along * along) / square) : 1;
  }
  return sum / band.values.length;
}
