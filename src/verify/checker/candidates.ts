/**
 * Inputs worth trying when a proof does not go through: those at which a table found the difference
 * largest, and for every threshold that only one side has, inputs that just meet and just miss it.
 * This is how a neuron that fires on a single input out of 2^784 is found.
 */
import type { StagedNetwork } from '../../ir/network.js';
import type { CellDomain } from '../../ir/model-interface.js';
import { cellDomain, domainHull, sizeOf } from '../../ir/model-interface.js';
import type { Probe } from '../probes.js';
import { backgroundOf, isWithin } from '../probes.js';
import type { Witness } from './components.js';
import type { Context } from './context.js';
import type { ScoresProof } from './prove-scores.js';

/** Thresholds that are probed, the widest first. */
const MAX_THRESHOLDS = 300;
/** Witnesses that are tried. */
const MAX_WITNESSES = 64;

/** Most inputs that are put into orders. */
const MAX_RANKED = 32;
/** Short numbers are multiples of 2^-16, and at most 2^16. */
const SHORT_STEPS = 2 ** 16;

/** How far a probe goes: to the edge of the threshold, or as far as it can. */
type Depth = 'edge' | 'extreme';

/** The inputs, most promising first. */
export function* candidateProbes(network: StagedNetwork, proof: ScoresProof): Generator<Probe> {
  for (const witness of proof.witnesses.slice(0, MAX_WITNESSES)) {
    for (const background of ['near', 'low', 'high'] as const) {
      yield probeOf(network, proof, witness, background);
    }
  }
  yield* rankings(network);
  const thresholds = oneSided(proof.context, proof.boundary);
  for (const atom of thresholds) {
    const witness = meeting(proof.context, atom);
    if (witness !== undefined) yield probeOf(network, proof, witness, 'near');
  }
  for (const wanted of [true, false]) {
    for (const depth of ['edge', 'extreme'] as const) {
      for (const atom of thresholds) {
        const witness = new Map<number, number>();
        satisfy(proof.context, atom, wanted, depth, witness);
        for (const background of ['near', 'high'] as const) {
          yield probeOf(network, proof, witness, background);
        }
      }
    }
  }
}

/** Inputs without a finite domain in several orders: rising, falling, one ahead or behind, two level. */
function* rankings(network: StagedNetwork): Generator<Probe> {
  const size = network.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const bounded = network.inputs.every(({ domain }) => domain.kind === 'values');
  if (bounded || size > MAX_RANKED) return;
  const probe = (rank: (cell: number) => number): Probe => {
    let cell = 0;
    return network.inputs.map(({ shape, domain }) =>
      Float64Array.from({ length: sizeOf(shape) }, (_, k) => {
        const wanted = rank(cell++);
        return nearest(cellDomain(domain, k), wanted);
      }),
    );
  };
  yield probe((cell) => cell / size);
  yield probe((cell) => -cell / size);
  for (let one = 0; one < size; one++) {
    for (const value of [1, -1]) yield probe((cell) => (cell === one ? value : 0));
  }
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < one; other++) {
      yield probe((cell) => (cell === one || cell === other ? 1 : 0));
      yield probe((cell) => (cell === one ? 1 : cell === other ? 0.5 : 0));
    }
  }
}

/** A value of a domain that is near to what is wanted. */
function nearest(domain: CellDomain, wanted: number): number {
  switch (domain.kind) {
    case 'real':
      return wanted;
    case 'interval':
      return Math.min(domain.max, Math.max(domain.min, wanted));
    case 'values':
      return domain.values.find((value) => value >= wanted) ?? domain.values[0];
  }
}

/** Thresholds and conjunctions of the network that the text has not, then those of the text. */
function oneSided(context: Context, boundary: number): number[] {
  const sized: { atom: number; size: number }[] = [];
  context.atoms.forEach((atom, number) => {
    if (atom.kind !== 'ge' && atom.kind !== 'and' && atom.kind !== 'real') return;
    const width = atom.kind === 'and' ? atom.literals.length : atom.linear.atoms.length;
    const own = number >= boundary ? 1e6 : 0;
    sized.push({ atom: number, size: own + width });
  });
  sized.sort((a, b) => b.size - a.size || a.atom - b.atom);
  return sized.slice(0, MAX_THRESHOLDS).map(({ atom }) => atom);
}

/** Chooses cells so that a 0/1 atom is what is wanted; a heuristic, later choices win. */
function satisfy(
  context: Context,
  number: number,
  wanted: boolean,
  depth: Depth,
  witness: Map<number, number>,
  seen = new Set<number>(),
): void {
  // Without this, a chain of carries would be walked once for every way down.
  const goal = 2 * number + (wanted ? 1 : 0);
  if (seen.has(goal)) return;
  seen.add(goal);
  const atom = context.atoms[number];
  switch (atom.kind) {
    case 'cell':
      witness.set(number, wanted ? atom.hi : atom.lo);
      return;
    case 'and': {
      const literals = wanted ? atom.literals : atom.literals.slice(-1);
      for (const literal of literals) {
        const positive = (literal & 1) === 0;
        satisfy(context, literal >> 1, positive === wanted, depth, witness, seen);
      }
      if (!wanted) {
        for (const literal of atom.literals.slice(0, -1)) {
          satisfy(context, literal >> 1, (literal & 1) === 0, depth, witness, seen);
        }
      }
      return;
    }
    case 'ge':
    case 'real':
      reach(context, atom.linear, atom.threshold, wanted, depth, witness, seen);
      return;
    case 'operation':
      return;
  }
}

/** Moves the terms of a sum to their better ends, and back while the threshold allows. */
function reach(
  context: Context,
  linear: { readonly atoms: Int32Array; readonly coefficients: Float64Array },
  threshold: number,
  wanted: boolean,
  depth: Depth,
  witness: Map<number, number>,
  seen: Set<number>,
): void {
  const { atoms, coefficients } = linear;
  let sum = 0;
  const spans: number[] = [];
  for (let k = 0; k < atoms.length; k++) {
    const { lo, hi } = context.atoms[atoms[k]];
    if (!Number.isFinite(lo) || !Number.isFinite(hi)) return;
    const good = coefficients[k] > 0 === wanted;
    sum += coefficients[k] * (good ? hi : lo);
    spans.push(Math.abs(coefficients[k]) * (hi - lo));
  }
  for (let k = 0; k < atoms.length; k++) {
    const good = coefficients[k] > 0 === wanted;
    let high = good;
    if (depth === 'edge') {
      const moved = wanted ? sum - spans[k] : sum + spans[k];
      if (wanted ? moved >= threshold : moved < threshold) {
        sum = moved;
        high = !good;
      }
    }
    satisfy(context, atoms[k], high, depth, witness, seen);
  }
}

/**
 * The first cell without a finite domain, so that a threshold's sum is exactly the threshold with all
 * other cells at rest; undefined where there is no such cell, or its domain does not reach so far. Only
 * where floats compute the sum without rounding: elsewhere the two sides may part by rounding alone.
 */
function meeting(context: Context, number: number): Witness | undefined {
  const threshold = context.atoms[number];
  if (threshold.kind !== 'ge' && threshold.kind !== 'real') return undefined;
  const { atoms, coefficients } = threshold.linear;
  let rest = threshold.threshold;
  let free: { cell: number; factor: number; domain: CellDomain } | undefined;
  for (let k = 0; k < atoms.length; k++) {
    const atom = context.atoms[atoms[k]];
    if (atom.kind !== 'cell') return undefined;
    if (free === undefined && atom.domain.kind !== 'values') {
      free = { cell: atoms[k], factor: coefficients[k], domain: atom.domain };
    } else rest -= coefficients[k] * backgroundOf(atom.domain);
  }
  const value = free === undefined ? NaN : rest / free.factor;
  if (free === undefined || !isWithin(free.domain, value)) return undefined;
  const numbers = [...coefficients, threshold.threshold, value];
  if (!numbers.every(isShort) || value * free.factor !== rest) return undefined;
  return new Map([[free.cell, value]]);
}

/** Numbers whose sums and products of a few floats hold without rounding. */
function isShort(value: number): boolean {
  return Number.isInteger(value * SHORT_STEPS) && Math.abs(value) <= SHORT_STEPS;
}

function probeOf(
  network: StagedNetwork,
  proof: ScoresProof,
  witness: Witness,
  background: 'near' | 'low' | 'high',
): Probe {
  return network.inputs.map(({ shape, domain }, index) =>
    Float64Array.from({ length: sizeOf(shape) }, (_, cell) => {
      const own = cellDomain(domain, cell);
      const chosen = witness.get(proof.cells[index][cell]);
      if (chosen !== undefined && Number.isFinite(chosen)) return chosen;
      const [low, high] = domainHull(own);
      if (background === 'low' && Number.isFinite(low)) return low;
      if (background === 'high' && Number.isFinite(high)) return high;
      return backgroundOf(own);
    }),
  );
}
