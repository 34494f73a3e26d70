/**
 * A function of unknown numbers, run once for every way in which its comparisons can come out. Along
 * each path the answers form a partial order of the numbers; a comparison that the order implies does
 * not fork. A loop that looks for the largest of n takes 2^(n − 1) paths, not n! orders.
 */
import type { Context } from './context.js';
import type { Form } from './forms.js';
import { PartialOrder } from './partial-order.js';
import { Undecided } from './undecided.js';

/**
 * Calls `run` for every path, with the comparisons of the first `unknowns` atoms of the context among
 * each other and with constants answered by the path's order. Hands back the first doubt that `run`
 * has; undefined when it has none on any path.
 *
 * @throws Undecided for other comparisons, and for more than `limit` paths; `who` compares.
 */
export function followPaths(
  context: Context,
  unknowns: number,
  limit: number,
  who: string,
  run: (order: PartialOrder) => string | undefined,
): string | undefined {
  let path: boolean[] = [];
  try {
    for (let count = 0; count < limit; count++) {
      const order = new PartialOrder(unknowns);
      const taken: boolean[] = [];
      const decide = () => {
        const answer = taken.length < path.length ? path[taken.length] : true;
        taken.push(answer);
        return answer;
      };
      context.oracle = {
        exceeds: (form, band, strict, doubt) => {
          if (doubt !== 0) throw new Undecided(`${who} compares rounded numbers`);
          return answer(context, order, form, band, strict, decide, who);
        },
        firstLargest: (count, difference) => chooseFirst(context, order, count, difference, decide),
      };
      const doubt = run(order);
      if (doubt !== undefined) return doubt;
      const last = taken.lastIndexOf(true);
      if (last < 0) return undefined;
      path = [...taken.slice(0, last), false];
    }
  } finally {
    context.oracle = undefined;
  }
  throw new Undecided(`${who} compares in too many ways`);
}

/** Answers [a − b > 0] or [a > constant] from the order so far, else from the path. */
function answer(
  context: Context,
  order: PartialOrder,
  form: Form,
  band: number,
  strict: boolean,
  decide: () => boolean,
  who: string,
): boolean {
  const { atoms, constant } = form;
  if (atoms.length === 0) return strict ? constant > band : constant >= band;
  const sides = sidesOf(context, order, form, band);
  if (sides === undefined) throw new Undecided(`${who} compares more than two numbers at a time`);
  return order.ask(sides.high, sides.low, strict, decide);
}

/**
 * The first largest of some unknowns, one path for each that the order does not rule out: n paths where
 * comparing them one by one takes 2^(n − 1). Every input belongs to exactly one.
 */
function chooseFirst(
  context: Context,
  order: PartialOrder,
  count: number,
  difference: (a: number, b: number) => Form,
  decide: () => boolean,
): number | undefined {
  const sides = Array.from({ length: count }, (_, own) =>
    Array.from({ length: count }, (__, other) =>
      own === other ? undefined : sidesOf(context, order, difference(own, other), 0),
    ),
  );
  const isPlain = sides.every((row, own) =>
    row.every((side, k) => k === own || side !== undefined),
  );
  if (!isPlain || count < 2) return undefined;
  // Earlier ones must be smaller, later ones may be equal.
  const possible = sides.flatMap((row, own) => {
    const beaten = row.some((side, k) => side !== undefined && order.implies(side.low, side.high, k > own)); // prettier-ignore
    return beaten ? [] : [own];
  });
  const last = possible.at(-1);
  const chosen = possible.find((own) => own === last || decide());
  if (chosen === undefined) return undefined;
  sides[chosen].forEach((side, k) => {
    if (side !== undefined) order.note(side.high, side.low, k < chosen);
  });
  return chosen;
}

/** The nodes a and b with [form > band] = [a > b]; undefined for any other comparison. */
export function sidesOf(
  context: Context,
  order: PartialOrder,
  { atoms, coefficients, constant }: Form,
  band: number,
): { readonly high: number; readonly low: number } | undefined {
  for (const atom of atoms) if (context.atoms[atom].kind !== 'cell') return undefined;
  const [first, second] = atoms;
  const [factor] = coefficients;
  if (atoms.length === 2) {
    if (constant !== band || factor !== -coefficients[1]) return undefined;
    return factor > 0 ? { high: first, low: second } : { high: second, low: first };
  }
  if (atoms.length !== 1) return undefined;
  // Only what rounds nothing: ±a against a number, or any multiple of a against 0.
  if (constant !== band && (Math.abs(factor) !== 1 || (band !== 0 && constant !== 0))) return undefined; // prettier-ignore
  const level = order.constant((band - constant) / factor);
  return factor > 0 ? { high: first, low: level } : { high: level, low: first };
}
