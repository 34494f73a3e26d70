/**
 * Formulas that cannot be told from the selected one at this network's accuracy: another function, but decisions
 * as close to the network's. Where two of them part is for the reader to look at: only more data there, or
 * knowledge of the matter, can say which one is meant.
 */
import type { Parting, Rival } from '../../ir/boundary.js';
import { evaluateFormula } from '../../students/math/engine/evaluate-formula.js';
import type { Formula } from '../../students/math/formula.js';
import type { Cut } from './threshold.js';

/** A formula with its threshold. */
export interface Decider {
  readonly formula: Formula;
  readonly cut: Cut;
  readonly loss: number;
}

/** Fresh inputs as columns of the features, and the network's side of the border at each. */
export interface Judged {
  readonly columns: readonly Float64Array[];
  readonly isAbove: Uint8Array;
}

export interface RivalWords {
  readonly names: readonly string[];
  readonly tellCondition: (decider: Decider) => string;
  readonly sides: readonly [below: string, above: string];
}

/** Inputs that are shown for each rival. */
const MOST_EXAMPLES = 2;
/** Rivals that are shown. */
const MOST_RIVALS = 8;
/** Standard errors by which a rival may agree less with the network. */
const ERRORS = 2;

/**
 * @param others deciders on the front, the shortest descriptions first.
 * @param networkError share of inputs on which the network itself is off, as far as is known; else 0.
 * @param outside inputs around the domain; absent where there are none.
 */
export function rivalsOf(
  selected: Decider,
  others: readonly Decider[],
  networkError: number,
  inside: Judged,
  outside: Judged | undefined,
  words: RivalWords,
): readonly Rival[] {
  const rows = inside.isAbove.length;
  const wrong = 1 - selected.cut.agreement;
  const error = Math.sqrt(Math.max(wrong, 1 / rows) / rows);
  const mostWrong = Math.max(wrong + ERRORS * error, networkError);
  return others
    .filter(({ cut }) => 1 - cut.agreement <= mostWrong)
    .map((rival) => {
      const within = partings(selected, rival, inside, true, words);
      const around = outside === undefined ? undefined : partings(selected, rival, outside, false, words); // prettier-ignore
      return {
        condition: words.tellCondition(rival),
        loss: rival.loss,
        agreement: rival.cut.agreement,
        parted: within.share,
        partedOutside: around?.share ?? 0,
        examples: [...within.examples, ...(around?.examples ?? [])].slice(0, MOST_EXAMPLES),
      };
    })
    .filter(({ parted, partedOutside }) => parted > 0 || partedOutside > 0)
    .slice(0, MOST_RIVALS);
}

/** Whether a formula's value is on the side that stands for the network's above. */
export function sideOf({ formula, cut }: Decider, point: readonly number[]): 0 | 1 {
  const value = evaluateFormula(formula, point);
  return value > cut.threshold === cut.isAbove ? 1 : 0;
}

/** The share of rows on which two deciders part, and the clearest of them. */
function partings(
  selected: Decider,
  rival: Decider,
  { columns, isAbove }: Judged,
  isInDomain: boolean,
  { names, sides }: RivalWords,
): { readonly share: number; readonly examples: readonly Parting[] } {
  const rows = isAbove.length;
  const distances = [selected, rival].map((decider) => distancesOf(decider, columns, rows));
  const parted = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => distances[0].above[row] !== distances[1].above[row],
  );
  // The clearest first: both are sure.
  const sureness = (row: number): number =>
    Math.min(distances[0].size[row], distances[1].size[row]);
  const examples = parted
    .toSorted((a, b) => sureness(b) - sureness(a))
    .slice(0, MOST_EXAMPLES)
    .map((row): Parting => ({
      input: Object.fromEntries(names.map((name, k) => [name, columns[k][row]])),
      isInDomain,
      selected: sides[distances[0].above[row]],
      rival: sides[distances[1].above[row]],
      ofNetwork: sides[isAbove[row]],
    }));
  return { share: parted.length / rows, examples };
}

function distancesOf(
  decider: Decider,
  columns: readonly Float64Array[],
  rows: number,
): { readonly above: Uint8Array; readonly size: Float64Array } {
  const above = new Uint8Array(rows);
  const size = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const point = columns.map((column) => column[row]);
    const value = evaluateFormula(decider.formula, point);
    above[row] = value > decider.cut.threshold === decider.cut.isAbove ? 1 : 0;
    const distance = Math.abs(value - decider.cut.threshold);
    size[row] = Number.isFinite(distance) ? distance : 0;
  }
  const typical = size.toSorted()[rows >> 1] || 1;
  return { above, size: size.map((distance) => distance / typical) };
}
