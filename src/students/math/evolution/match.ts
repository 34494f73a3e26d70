/** Finds what comes closest to a wish: t, a + t, b·t or a + b·t for an entry t of the library. */
import type { Random } from '../../../numeric/random.js';
import type { Entry, Library } from './library.js';

/** What a node should be at each row, and how much each row counts; weight 0 where nothing is wished. */
export interface Wish {
  readonly desired: Float64Array;
  readonly weights: Float64Array;
}

export interface Match {
  readonly entry: Entry;
  readonly offset: number;
  readonly factor: number;
}

/** Which forms the settings have operators for. */
interface Forms {
  readonly scales: boolean;
  readonly shifts: boolean;
}

/** Entries that are looked at: a part only, so that not all wishes have the same answer. */
const WINDOW = 256;
/** How much closer a match must come for each node, and for each constant with its operator. */
const NODE_PRICE = 1.1;
const FORM_PRICE = 1.4;
/** Share of the wish's own size below which differences are rounding. */
const ROUNDING = 1e-13;
/** Constants this near to an integer are meant to be it. */
const NEAR_INTEGER = 1e-9;

/** The best match in a window of the library, longer ones at a price; `undefined` for a wish without size. */
export function closest(
  wish: Wish,
  { entries }: Library,
  forms: Forms,
  random: Random,
): Match | undefined {
  const moments = momentsOf(wish);
  if (!(moments.total > 0) || !Number.isFinite(moments.square)) return undefined;
  const start = random.below(entries.length);
  const fit: Fit = { score: Infinity, entry: entries[0], offset: 0, factor: 1 };
  for (let k = Math.min(WINDOW, entries.length) - 1; k >= 0; k--) {
    fitEntry(entries[(start + k) % entries.length], wish, moments, forms, fit);
  }
  const { entry, offset, factor } = fit;
  return { entry, offset: rounded(offset), factor: rounded(factor) };
}

interface Moments {
  readonly total: number;
  readonly sum: number;
  readonly square: number;
}

/** The best so far, overwritten in place: this runs for every entry of every window. */
interface Fit {
  score: number;
  entry: Entry;
  offset: number;
  factor: number;
}

function momentsOf({ desired, weights }: Wish): Moments {
  let [total, sum, square] = [0, 0, 0];
  for (let i = 0; i < desired.length; i++) {
    total += weights[i];
    sum += weights[i] * desired[i];
    square += weights[i] * desired[i] * desired[i];
  }
  return { total, sum, square };
}

function fitEntry(
  entry: Entry,
  { desired, weights }: Wish,
  { total, sum, square }: Moments,
  { scales, shifts }: Forms,
  fit: Fit,
): void {
  const { values } = entry;
  let own = 0;
  let ownSquare = 0;
  let cross = 0;
  for (let i = 0; i < desired.length; i++) {
    const weighted = weights[i] * values[i];
    own += weighted;
    ownSquare += weighted * values[i];
    cross += weighted * desired[i];
  }
  const price = NODE_PRICE ** entry.genome.length;
  const floor = ROUNDING * square;
  // The rest of each form, from Σw(d − a − bt)² written out.
  const plain = square + ownSquare - 2 * cross;
  keep(fit, entry, (Math.max(plain, 0) + floor) * price, 0, 1);
  if (shifts) {
    const offset = (sum - own) / total;
    keep(
      fit,
      entry,
      (Math.max(plain - offset * offset * total, 0) + floor) * price * FORM_PRICE,
      offset,
      1,
    );
  }
  if (!scales) return;
  const factor = cross / ownSquare;
  const scaled = square - factor * cross;
  keep(fit, entry, (Math.max(scaled, 0) + floor) * price * FORM_PRICE, 0, factor);
  if (!shifts) return;
  const mixed = cross - (own * sum) / total;
  const slope = mixed / (ownSquare - (own * own) / total);
  const rest = square - (sum * sum) / total - slope * mixed;
  const offset = (sum - slope * own) / total;
  keep(fit, entry, (Math.max(rest, 0) + floor) * price * FORM_PRICE * FORM_PRICE, offset, slope);
}

function keep(fit: Fit, entry: Entry, score: number, offset: number, factor: number): void {
  if (!(score < fit.score)) return;
  fit.score = score;
  fit.entry = entry;
  fit.offset = offset;
  fit.factor = factor;
}

function rounded(value: number): number {
  const near = Math.round(value);
  return Math.abs(value - near) <= NEAR_INTEGER * Math.max(1, Math.abs(near)) ? near : value;
}
