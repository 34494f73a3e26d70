/**
 * Probes at the borders of a target: where its answer changes, where it jumps, where it has a kink. Lines
 * between random points of the box are halved until the border lies between two near points; lines on
 * which there is none give nothing. All lines are asked at once.
 *
 *   from ──────────┬───▷◁──┬──────────── to       both points next to ▷◁ are probes
 */
import type { Random } from '../../numeric/random.js';
import type { Ask } from '../ask.js';
import { drawUniform, joinPoints } from './box.js';
import type { BoundedDomain } from './box.js';

/** Halvings of a line; the two points that are left are 2^−20 of it apart. */
const HALVINGS = 20;

/** Halvings towards a kink: more, and only rounding is left of the differences that tell it. */
const KINK_HALVINGS = 12;

/** From this one on they are judged: before, a smooth function may still wind. */
const FIRST_JUDGED = 5;

/**
 * Halving a line makes the second difference of a smooth function 4 times smaller, over a kink 2 times, over
 * a jump not at all. This mean factor tells them apart.
 */
const SMOOTH_FACTOR = 0.35;

/** Second differences below this share of the answers may be rounding: no kink that matters is so small. */
const ROUNDING = 2 ** -40;

/** Up to so many different answers a target is a step function, and borders are where they change. */
const MOST_STEPS = 16;

/** Lines are drawn this many times as often as probes are wanted, since some lead nowhere. */
const LINES_PER_PROBE = 2;

/** What changes at a border: the answers as classes, or a number with kinks and jumps. */
export type BorderKind = 'steps' | 'kinks';

/** Which kind of borders a target can have, from answers all over the box. */
export function borderKindOf(answers: Float64Array): BorderKind {
  return new Set(answers).size <= MOST_STEPS ? 'steps' : 'kinks';
}

/**
 * At most `count` probes in pairs on both sides of borders; none where the target is smooth.
 *
 * @param ask what changes at borders: the target, or the decision that is drawn from it.
 */
export function drawBoundary(
  cells: readonly BoundedDomain[],
  ask: Ask,
  kind: BorderKind,
  count: number,
  random: Random,
): readonly Float64Array[] {
  const lines = drawLines(cells, kind, count * LINES_PER_PROBE, random);
  const ends = kind === 'steps' ? halveToSteps(lines, ask) : halveToKinks(lines, ask);
  const found = ends.flatMap((end, line) => (end === undefined ? [] : [{ line, ...end }]));
  const pairs = found.slice(0, Math.floor(count / 2));
  const order = pairs.map(({ line }) => line);
  const low = pointsOn(
    lines,
    order,
    Float64Array.from(pairs, ({ low: place }) => place),
  );
  const high = pointsOn(
    lines,
    order,
    Float64Array.from(pairs, ({ high: place }) => place),
  );
  return joinPoints([low, high]);
}

/** Ways through the box: finite cells change over once, at a place of their own, which no kink is. */
interface Lines {
  readonly cells: readonly BoundedDomain[];
  readonly from: readonly Float64Array[];
  readonly to: readonly Float64Array[];
  readonly turns: readonly Float64Array[];
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

function drawLines(
  cells: readonly BoundedDomain[],
  kind: BorderKind,
  count: number,
  random: Random,
): Lines {
  const from = drawUniform(cells, count, random);
  const to = drawUniform(cells, count, random);
  const turns = cells.map(() =>
    Float64Array.from({ length: count }, () => (kind === 'steps' ? random.unit() : Infinity)),
  );
  return { cells, from, to, turns };
}

/** The points of some lines at a place in [0, 1] of each, as columns. */
function pointsOn(
  { cells, from, to, turns }: Lines,
  order: readonly number[],
  places: Float64Array,
): readonly Float64Array[] {
  return cells.map((cell, k) =>
    places.map((place, index) => {
      const line = order[index];
      const [start, end] = [from[k][line], to[k][line]];
      if (cell.kind === 'values') return place < turns[k][line] ? start : end;
      return start + (end - start) * place;
    }),
  );
}

/** For each line whose ends have different answers, two near places with different answers. */
function halveToSteps(lines: Lines, ask: Ask): readonly (Ends | undefined)[] {
  const size = lines.from[0].length;
  const all = Array.from({ length: size }, (_, line) => line);
  const askAt = (places: Float64Array): Float64Array => ask(pointsOn(lines, all, places));
  const low = new Float64Array(size);
  const high = new Float64Array(size).fill(1);
  const first = askAt(low);
  const last = askAt(high);
  const isBorder = all.map((line) => first[line] !== last[line]);
  for (let step = 0; step < HALVINGS && isBorder.includes(true); step++) {
    const middle = low.map((place, line) => (place + high[line]) / 2);
    askAt(middle).forEach((answer, line) => {
      if (answer === first[line]) low[line] = middle[line];
      else high[line] = middle[line];
    });
  }
  return all.map((line) => (isBorder[line] ? { low: low[line], high: high[line] } : undefined));
}

/** For each line with a kink or a jump on the way to its most bent part, two near places around it. */
function halveToKinks(lines: Lines, ask: Ask): readonly (Ends | undefined)[] {
  const size = lines.from[0].length;
  const all = Array.from({ length: size }, (_, line) => line);
  const low = new Float64Array(size);
  const high = new Float64Array(size).fill(1);
  const start = new Float64Array(size);
  const end = new Float64Array(size);
  const scale = new Float64Array(size);
  for (let step = 0; step < KINK_HALVINGS; step++) {
    const answers = [0, 0.25, 0.5, 0.75, 1].map((part) =>
      ask(
        pointsOn(
          lines,
          all,
          low.map((place, line) => place + part * (high[line] - place)),
        ),
      ),
    );
    for (const line of all) {
      const [a, b, c, d, e] = answers.map((values) => values[line]);
      const whole = Math.abs(a - 2 * c + e);
      if (step === FIRST_JUDGED) start[line] = whole;
      end[line] = whole;
      scale[line] = Math.max(scale[line], Math.abs(a), Math.abs(c), Math.abs(e));
      const middle = (low[line] + high[line]) / 2;
      const bends = [a - 2 * b + c, b - 2 * c + d, c - 2 * d + e].map(Math.abs);
      // The middle half, where neither outer one is bent more: a border near the middle stays inside.
      const quarter = (high[line] - low[line]) / 4;
      if (bends[1] > Math.max(bends[0], bends[2])) {
        [low[line], high[line]] = [middle - quarter, middle + quarter];
      } else if (bends[0] >= bends[2]) high[line] = middle;
      else low[line] = middle;
    }
  }
  return all.map((line) => {
    const factor = (end[line] / start[line]) ** (1 / (KINK_HALVINGS - 1 - FIRST_JUDGED));
    const isKink = factor > SMOOTH_FACTOR && end[line] > ROUNDING * scale[line];
    return isKink ? { low: low[line], high: high[line] } : undefined;
  });
}
