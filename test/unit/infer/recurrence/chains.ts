/** Networks that hide a loop with a state: adders in several constructions, prefixes, ripples. */
import type { LayerSpec, ActivationKind } from '../../../helpers/networks.js';
import { chainNetwork } from '../../../helpers/networks.js';
import type { Network } from '../../../../src/ir/network.js';

type Weights = readonly (readonly [index: number, weight: number])[];

interface Unit {
  readonly weights: Weights;
  readonly bias: number;
}

function layer(activation: ActivationKind, width: number, units: readonly Unit[]): LayerSpec {
  return {
    rows: units.map(({ weights }) => {
      const row = new Float64Array(width);
      for (const [index, weight] of weights) row[index] += weight;
      return row;
    }),
    bias: units.map(({ bias }) => bias),
    activation,
  };
}

function over(name: string, shape: readonly number[], layers: readonly LayerSpec[]): Network {
  const axes = shape.length === 2 ? ['number', 'bit'] : ['bit'];
  return chainNetwork({
    name,
    input: { name: 'bits', shape, axes },
    layers,
    decision: { kind: 'none' },
  });
}

const steps = (n: number): readonly number[] => Array.from({ length: n }, (_, step) => step);

/** The cell of a bit of one of two numbers, the lowest bit first or last. */
function bitCell(n: number, highFirst: boolean): (number: number, bit: number) => number {
  return (number, bit) => number * n + (highFirst ? n - 1 - bit : bit);
}

/**
 * Adder of two layers: unit (i, m) asks whether the low i + 1 bits of both numbers sum up to at least
 * m · 2^i; sum bit i is the alternating sum over m, the last carry the unit (n − 1, 2).
 */
export function thresholdAdder(n: number, highFirst = false): Network {
  const cell = bitCell(n, highFirst);
  const prefix = (bit: number): Weights =>
    steps(bit + 1).flatMap((k) => [[cell(0, k), 2 ** k] as const, [cell(1, k), 2 ** k] as const]);
  const units = [1, 2, 3].flatMap((m) =>
    steps(n).map((bit) => ({ weights: prefix(bit), bias: 0.5 - m * 2 ** bit })),
  );
  const sums = steps(n).map((bit) => ({
    weights: [[bit, 1], [n + bit, -1], [2 * n + bit, 1]] as const,
    bias: 0,
  })); // prettier-ignore
  const last = { weights: [[2 * n - 1, 1]] as const, bias: 0 };
  return over('adder', [2, n], [
    layer('step', 2 * n, units),
    layer('identity', 3 * n, highFirst ? [last, ...[...sums].reverse()] : [...sums, last]),
  ]); // prettier-ignore
}

/** Adder whose carries ripple through n layers; bits and finished carries are passed on by copies. */
export function rippleAdder(n: number, overflowOnly = false): Network {
  let known = [...steps(n).map((bit) => `a${bit}`), ...steps(n).map((bit) => `b${bit}`)];
  const layers: LayerSpec[] = [];
  for (const bit of steps(n)) {
    const at = (name: string): number => known.indexOf(name);
    const copies = known.map((_, index) => ({ weights: [[index, 1]] as const, bias: -0.5 }));
    const inputs = [at(`a${bit}`), at(`b${bit}`), ...(bit > 0 ? [at(`c${bit - 1}`)] : [])];
    const carry = { weights: inputs.map((index) => [index, 1] as const), bias: -1.5 };
    layers.push(layer('step', known.length, [...copies, carry]));
    known = [...known, `c${bit}`];
  }
  const at = (name: string): number => known.indexOf(name);
  const sums = steps(n).map((bit) => ({
    weights: [
      [at(`a${bit}`), 1] as const,
      [at(`b${bit}`), 1] as const,
      [at(`c${bit}`), -2] as const,
      ...(bit > 0 ? [[at(`c${bit - 1}`), 1] as const] : []),
    ],
    bias: 0,
  }));
  const overflow = { weights: [[at(`c${n - 1}`), 1]] as const, bias: 0 };
  layers.push(layer('identity', known.length, overflowOnly ? [overflow] : [...sums, overflow]));
  return over('ripple', [2, n], layers);
}

/** For each prefix whether at least k of its cells are on. */
export function runningAtLeast(n: number, k: number): Network {
  const units = steps(n).map((end) => ({
    weights: steps(end + 1).map((cell) => [cell, 1] as const),
    bias: 0.5 - k,
  }));
  return over('running', [n], [layer('step', n, units)]);
}

/** For each suffix whether something in it is on, as ±1. */
export function laterAny(n: number): Network {
  const units = steps(n).map((start) => ({
    weights: steps(n - start).map((cell) => [start + cell, 2] as const),
    bias: -1,
  }));
  return over('later', [n], [layer('sign', n, units)]);
}

/** For each prefix its parity, by one threshold for each count. */
export function prefixParity(n: number): Network {
  const counts = steps(n).flatMap((end) => steps(end + 1).map((count) => ({ end, count })));
  const units = counts.map(({ end, count }) => ({
    weights: steps(end + 1).map((cell) => [cell, 1] as const),
    bias: -0.5 - count,
  }));
  const parities = steps(n).map((end) => ({
    weights: counts.flatMap((own, unit) =>
      own.end === end ? [[unit, own.count % 2 === 0 ? 1 : -1] as const] : [],
    ),
    bias: 0,
  }));
  return over('parity', [n], [
    layer('step', n, units),
    layer('identity', units.length, parities),
  ]); // prettier-ignore
}

/** For each number of leading bits, which of two numbers is larger so far: −1, 0 or 1. */
export function runningComparison(n: number): Network {
  const units = steps(n).map((end) => ({
    weights: steps(end + 1).flatMap((bit) => [
      [bit, 2 ** (end - bit)] as const,
      [n + bit, -(2 ** (end - bit))] as const,
    ]),
    bias: 0,
  }));
  return over('comparison', [2, n], [layer('sign', 2 * n, units)]);
}
