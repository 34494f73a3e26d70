/**
 * What every builder gives: a network, and beside it the program that it was built from, in plain
 * TypeScript over coordinates, so that each can judge the other.
 */
import type { Activation, Network } from '../../../src/ir/network.js';
import type { LayerSpec } from '../networks.js';

/** One flat row-major array for each input. */
export type Flat = ArrayLike<number>;

export interface Specimen {
  readonly name: string;
  readonly network: Network;
  /** The network's scores (flat, row-major) for one flat array per input; never by its weights. */
  readonly reference: (...inputs: readonly Flat[]) => readonly number[];
}

/** The activations of neurons that tell a truth: 1 or 0 by `step`, 1 or −1 by `sign`. */
export type Gate = Extract<Activation['kind'], 'sign' | 'step'>;

/** The last layer's activation: truths as 0/1 (`step`), as ±1 (`sign`), or sums of truths as they are. */
export type Reader = Gate | 'identity';

/** A formula over truths t of hidden neurons: Σ coefficients · t + constant. */
export interface TruthSum {
  readonly coefficients: readonly number[];
  readonly constant: number;
}

/**
 * A layer that reads the truths of hidden gates. Where `hidden` is `sign` (h = 2t − 1) the sum is
 * doubled, Σ c·h + (Σ c + 2·constant), so that integers stay integers; an `identity` reader halves it.
 */
export function readTruths(sums: readonly TruthSum[], hidden: Gate, reader: Reader): LayerSpec {
  const scale = hidden === 'sign' && reader === 'identity' ? 0.5 : 1;
  const bias = ({ coefficients, constant }: TruthSum): number =>
    hidden === 'step'
      ? constant
      : scale * (2 * constant + coefficients.reduce((sum, value) => sum + value, 0));
  return {
    rows: sums.map(({ coefficients }) => coefficients.map((value) => scale * value)),
    bias: sums.map(bias),
    activation: reader,
  };
}

/** 1 or 0, or 1 or −1, as the reader tells truths. */
export function truthValue(truth: boolean, reader: Reader): number {
  if (truth) return 1;
  return reader === 'sign' ? -1 : 0;
}

/** The remainder that is never negative. */
export function modulo(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}
