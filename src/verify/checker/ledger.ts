/**
 * What the checker's own evaluation of a network comes across, for a certificate: which weights it took for
 * integers and how far they are off, how near to a threshold a state can lie, and which neurons have ties.
 * Nothing here decides anything; the proof does not read it.
 */
import type { Range } from './forms.js';
import type { Snapped } from './snap.js';

/** One neuron: the position of its layer in the network, and its own in the layer. */
export interface NeuronPlace {
  readonly layer: number;
  /** Of a neuron within a scan, which stands at `layer`: the position of its layer in the scan's body. */
  readonly inner?: number;
  readonly neuron: number;
}

/** How near to 0 the pre-activation of a sign or step neuron comes without being a tie. */
export interface Margin extends NeuronPlace {
  /** In units of the pre-activation: no reachable value lies nearer to the threshold. */
  readonly size: number;
  /** As a share of Σ|w|·max|x| + |b|, which the tie tolerance is measured by, too. */
  readonly share: number;
}

/** Reachable values of a sum S of integers, of which those from `low` up to `high` − 1 are ties. */
export interface IntegerSum {
  readonly low: number;
  readonly high: number;
  readonly range: Pick<Range, 'lo' | 'hi'>;
}

export class Ledger {
  /** The smallest, as a share; undefined where no threshold was told by integers. */
  margin: Margin | undefined = undefined;
  /** Neurons of sign or step whose sums are no integers, so that values may lie at any distance from 0. */
  readonly unseparated: NeuronPlace[] = [];
  /** Neurons with a state that only the tie rule decides, as far as intervals can tell. */
  readonly tied: NeuronPlace[] = [];
  private rows = 0;
  private weights = 0;
  private largestMove = 0;

  /** Rows and weights that are integers only up to noise, and the largest noise as a share of the row's largest weight. */
  get snapped(): { readonly rows: number; readonly weights: number; readonly largest: number } {
    return { rows: this.rows, weights: this.weights, largest: this.largestMove };
  }

  /** A row whose weights were taken for integers, with proof. */
  tookForIntegers({ moved, largestMove }: Snapped): void {
    if (moved === 0) return;
    this.rows++;
    this.weights += moved;
    this.largestMove = Math.max(this.largestMove, largestMove);
  }

  /** A threshold told by an integer sum; `size` is Σ|w|·max|x| + |b|. */
  separated(
    place: NeuronPlace,
    sum: IntegerSum,
    snapped: Snapped,
    bias: number,
    size: number,
  ): void {
    const { low, high, range } = sum;
    const { scale, center, deviation } = snapped;
    const valueAt = (integer: number): number => (integer + center) / scale + bias;
    const candidates: number[] = [];
    if (high <= range.hi) candidates.push(valueAt(Math.max(high, Math.ceil(range.lo))));
    if (low - 1 >= range.lo) candidates.push(-valueAt(Math.min(low - 1, Math.floor(range.hi))));
    if (candidates.length === 0) return;
    const distance = Math.min(...candidates) - deviation / scale;
    const share = size === 0 ? 1 : distance / size;
    if (this.margin === undefined || share < this.margin.share) {
      this.margin = { ...place, size: distance, share };
    }
  }
}
