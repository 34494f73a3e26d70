/**
 * Probes: inputs from named distributions, all within the declared domains, the same for the same
 * seed. Some look like data (densities, bars, boxes), some like nothing a network was trained on
 * (stripes, corners, huge magnitudes).
 */
import { cellDomain, domainHull, sizeOf } from '../ir/model-interface.js';
import type { CellDomain, InputTensor, ModelInterface } from '../ir/model-interface.js';
import { createRandom } from '../numeric/random.js';
import type { Random } from '../numeric/random.js';
import { MASKS } from './probe-masks.js';

/** One flat row-major array for each input of the model. */
export type Probe = readonly Float64Array[];

/** A named distribution of probes for one model. */
export interface ProbeFamily {
  readonly name: string;
  readonly draw: (random: Random) => Probe;
}

type DrawInput = (input: InputTensor, random: Random) => Float64Array;

/** How near `walkToBoundary` comes in a continuous cell, relative to the way: well above rounding. */
const BOUNDARY_WIDTH = 2 ** -40;

/** Decades that unbounded inputs span in `magnitudes`, each way from 1. */
const DECADES = 3;

/** The distributions that suit a model's domains, in a fixed order. */
export function probeFamilies(model: ModelInterface): readonly ProbeFamily[] {
  const kinds = new Set(model.inputs.flatMap(domainKinds));
  const tables: [name: string, draw: DrawInput][] = [
    ['constant', drawConstant],
    ['uniform', (input, random) => fill(input, (domain) => drawValue(domain, random))],
    ...MASKS.map(({ name, draw }): [string, DrawInput] => [
      name,
      (input, random) =>
        paint(
          input,
          input.shape.length === 0 ? drawBit(random) : draw(input.shape, random),
          random,
        ),
    ]),
  ];
  if (kinds.has('interval') || kinds.has('real')) {
    tables.push(['corners', (input, random) => fill(input, (d) => extreme(d, random))]);
    tables.push(['boundary', drawBoundary]);
  }
  if (kinds.has('real')) {
    tables.push(['magnitudes', (input, random) => fill(input, (d) => anyMagnitude(d, random))]);
  }
  const families = tables.map(([name, draw]) => ({
    name,
    draw: (random: Random): Probe => model.inputs.map((input) => draw(input, random)),
  }));
  if (model.inputs.length === 1) return families;
  const mixed = (random: Random): Probe =>
    model.inputs.map((input) => tables[random.below(tables.length)][1](input, random));
  return [...families, { name: 'mixed', draw: mixed }];
}

/** `count` probes of one family; equal seeds give equal probes. */
export function generateProbes(family: ProbeFamily, count: number, seed: number): Probe[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => family.draw(random));
}

/**
 * Two probes on either side of the border between the answers of `from` and `to`: neighbours in one
 * cell, and as close there as the cell's domain allows. `undefined` when both ends have one answer.
 * The walk changes cell after cell, so every step lies within the domain.
 */
export function walkToBoundary(
  model: ModelInterface,
  from: Probe,
  to: Probe,
  answer: (probe: Probe) => number,
): readonly [Probe, Probe] | undefined {
  const start = answer(from);
  if (answer(to) === start) return undefined;
  const path = from.flatMap((cells, input) =>
    Array.from(cells.keys(), (cell) => ({ input, cell })).filter(
      ({ cell }) => cells[cell] !== to[input][cell],
    ),
  );
  const after = (steps: number): Probe => {
    const probe = from.map((cells) => cells.slice());
    for (const { input, cell } of path.slice(0, steps)) probe[input][cell] = to[input][cell];
    return probe;
  };
  const [same] = bisect(0, path.length, 1, (middle) => answer(after(Math.floor(middle))) === start);
  const { input, cell } = path[same];
  const withValue = (value: number): Probe => {
    const probe = after(same);
    probe[input][cell] = value;
    return probe;
  };
  const ends = [from[input][cell], to[input][cell]] as const;
  if (cellDomain(model.inputs[input].domain, cell).kind === 'values') {
    return [withValue(ends[0]), withValue(ends[1])];
  }
  const width = Math.abs(ends[1] - ends[0]) * BOUNDARY_WIDTH;
  const [near, far] = bisect(...ends, width, (value) => answer(withValue(value)) === start);
  return [withValue(near), withValue(far)];
}

/** Halves the way from `inside` to `outside` until they are `width` apart; integers stay integers. */
function bisect(
  inside: number,
  outside: number,
  width: number,
  holds: (value: number) => boolean,
): [inside: number, outside: number] {
  while (Math.abs(outside - inside) > width) {
    const half = (inside + outside) / 2;
    const middle = width === 1 ? Math.floor(half) : half;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return [inside, outside];
}

/** The value that a cell has where nothing stands out: the one nearest to 0. */
export function backgroundOf(domain: CellDomain): number {
  switch (domain.kind) {
    case 'values':
      return domain.values.reduce((best, v) => (Math.abs(v) < Math.abs(best) ? v : best));
    case 'interval':
      return Math.min(Math.max(0, domain.min), domain.max);
    case 'real':
      return 0;
  }
}

/** Whether a cell may take a value. */
export function isWithin(domain: CellDomain, value: number): boolean {
  switch (domain.kind) {
    case 'values':
      return domain.values.includes(value);
    case 'interval':
      return value >= domain.min && value <= domain.max;
    case 'real':
      return Number.isFinite(value);
  }
}

function domainKinds({ domain }: InputTensor): CellDomain['kind'][] {
  return domain.kind === 'per-cell' ? domain.cells.map(({ kind }) => kind) : [domain.kind];
}

function fill(input: InputTensor, draw: (domain: CellDomain) => number): Float64Array {
  return Float64Array.from({ length: sizeOf(input.shape) }, (_, cell) =>
    draw(cellDomain(input.domain, cell)),
  );
}

/** Background with the masked cells standing out, all in one value or each in its own. */
function paint(input: InputTensor, mask: Uint8Array, random: Random): Float64Array {
  const shared = random.unit() < 0.5 ? drawForeground(cellDomain(input.domain, 0), random) : NaN;
  return Float64Array.from(mask, (marked, cell) => {
    const domain = cellDomain(input.domain, cell);
    if (marked === 0) return backgroundOf(domain);
    return isWithin(domain, shared) ? shared : drawForeground(domain, random);
  });
}

function drawBit(random: Random): Uint8Array {
  return Uint8Array.of(random.below(2));
}

/** A value other than the background, where there is one. */
function drawForeground(domain: CellDomain, random: Random): number {
  if (domain.kind !== 'values') return drawValue(domain, random);
  const background = backgroundOf(domain);
  const others = domain.values.filter((value) => value !== background);
  return others.length === 0 ? background : others[random.below(others.length)];
}

/** Uniform over a finite set or an interval; standard normal where any number will do. */
function drawValue(domain: CellDomain, random: Random): number {
  switch (domain.kind) {
    case 'values':
      return domain.values[random.below(domain.values.length)];
    case 'interval':
      return domain.min + (domain.max - domain.min) * random.unit();
    case 'real':
      return random.normal();
  }
}

/** The least or the greatest value; ±1 where there is none. */
function extreme(domain: CellDomain, random: Random): number {
  const high = random.unit() < 0.5;
  const [min, max] = domain.kind === 'real' ? [-1, 1] : domainHull(domain);
  return high ? max : min;
}

function anyMagnitude(domain: CellDomain, random: Random): number {
  const value = drawValue(domain, random);
  if (domain.kind !== 'real') return value;
  return value * 10 ** (DECADES * (2 * random.unit() - 1));
}

/** Some cells at their extremes, or at their background, the others anywhere. */
function drawBoundary(input: InputTensor, random: Random): Float64Array {
  const share = random.unit();
  return fill(input, (domain) => {
    if (random.unit() >= share) return drawValue(domain, random);
    return random.unit() < 0.5 ? extreme(domain, random) : backgroundOf(domain);
  });
}

/** Every cell the same, or the same rank in its own domain. */
function drawConstant(input: InputTensor, random: Random): Float64Array {
  const rank = random.unit();
  return fill(input, (domain) => {
    switch (domain.kind) {
      case 'values':
        return domain.values[Math.floor(rank * domain.values.length)];
      case 'interval':
        return domain.min + (domain.max - domain.min) * rank;
      case 'real':
        return 2 * rank - 1;
    }
  });
}
