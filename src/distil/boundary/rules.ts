/**
 * From one formula for each class, or for each pair of classes, to a list of rules: the class that is asked for
 * first, and which one is left for the end, are chosen so that decisions are the network's most often.
 */

/** Whether a number says above, at each row: of a class against the rest, or of a pair. */
export type Sides = readonly Uint8Array[];

export interface ClassContrast {
  readonly above: number;
  /** Absent: all others. */
  readonly below?: number;
}

export interface RuleOrder {
  /** Positions of the classes, in order; the last one answers for the rest. */
  readonly order: readonly number[];
  readonly agreement: number;
}

/** Up to so many classes all orders are tried; of more, only which one is left for the end. */
const MOST_PERMUTED = 5;

/**
 * @param contrasts what each of the numbers tells apart. @param decided the network's class at each row.
 */
export function orderClasses(
  count: number,
  contrasts: readonly ClassContrast[],
  sides: Sides,
  decided: ArrayLike<number>,
): RuleOrder {
  const holds = (own: number, later: readonly number[], row: number): boolean =>
    comparisonsOf(own, later, contrasts).every(({ index, isAbove }) => (sides[index][row] === 1) === isAbove); // prettier-ignore
  const measure = (order: readonly number[]): RuleOrder => {
    let equal = 0;
    for (let row = 0; row < decided.length; row++) {
      const at = order.findIndex((own, k) => k === count - 1 || holds(own, order.slice(k + 1), row)); // prettier-ignore
      if (order[at] === decided[row]) equal++;
    }
    return { order, agreement: equal / decided.length };
  };
  const classes = Array.from({ length: count }, (_, k) => k);
  const orders = count <= MOST_PERMUTED ? permutations(classes) : rotations(classes);
  return orders.map(measure).reduce((best, one) => (one.agreement > best.agreement ? one : best));
}

/** A comparison by the position of its number. */
interface Told {
  readonly index: number;
  readonly isAbove: boolean;
}

/** The comparisons that have to hold for a class to be given, when others come later. */
export function comparisonsOf(
  own: number,
  later: readonly number[],
  contrasts: readonly ClassContrast[],
): readonly Told[] {
  return contrasts.flatMap(({ above, below }, index): readonly Told[] => {
    if (below === undefined) return above === own ? [{ index, isAbove: true }] : [];
    if (above === own && later.includes(below)) return [{ index, isAbove: true }];
    return below === own && later.includes(above) ? [{ index, isAbove: false }] : [];
  });
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

/** Each class once as the one that is left for the end. */
function rotations(items: readonly number[]): readonly (readonly number[])[] {
  return items.map((last) => [...items.filter((item) => item !== last), last]);
}
