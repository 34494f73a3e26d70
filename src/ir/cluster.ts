/**
 * The ClusterGraph level: neurons with the same connectivity pattern, told as one cluster.
 *
 * A cluster iterates over its axes; the member at an index point reads, from each source, a sum of
 * coefficient × region, the region an access relation of the iterators:
 *
 *   D[i, j] = sign( +1 · image[:, i]  −1 · image[j, :] )        axes i, j; two region terms
 *
 * Iterators count ranks: 0 .. extent − 1. A cluster read as a source has its own axes as its
 * dimensions, so `all` over a cluster's axis means all members along it.
 */
import type { ModelInterface } from './model-interface.js';
import type { Activation, Neuron } from './network.js';

/** A number that depends on the iterators of the cluster it stands in. */
export type IndexExpression =
  /**
   * constant + Σ coefficients[axis] · iterator[axis], then taken modulo `modulus` (result in
   * 0 .. modulus − 1) when there is one.
   */
  | {
      readonly kind: 'affine';
      readonly constant: number;
      /** One for each axis of the cluster. */
      readonly coefficients: readonly number[];
      readonly modulus?: number;
    }
  /** values[iterator[axis]]: positions that follow no formula. */
  | { readonly kind: 'lookup'; readonly axis: number; readonly values: readonly number[] };

/**
 * A position that depends on the position along an earlier axis of the same source: slope · that
 * position is added. Diagonals (`at`) and triangles (`range`) are told so.
 */
export interface Follow {
  /** Source axis that stands before the follower's own. */
  readonly axis: number;
  readonly slope: 1 | -1;
}

/** What a region takes along one axis of its source. */
export type AxisAccess =
  | { readonly kind: 'all' }
  /** One position; outside the source it takes nothing (zero border). */
  | { readonly kind: 'at'; readonly index: IndexExpression; readonly follow?: Follow }
  /**
   * from, from + step, .., below `to`. Cut to the source's extent (zero border), or with a modulus
   * taken modulo it (wrap-around); then `to − from` is at most the modulus.
   */
  | {
      readonly kind: 'range';
      readonly from: IndexExpression;
      readonly to: IndexExpression;
      readonly step: number;
      readonly modulus?: number;
      readonly follow?: Follow;
    }
  | { readonly kind: 'list'; readonly indices: readonly number[] };

/**
 * A set of cells of one source: the product of its accesses, one for each source axis, where a
 * follower moves with the position on the axis that it follows.
 */
export type Region = { readonly kind: 'box'; readonly accesses: readonly AxisAccess[] };

/** Weights that follow a formula along a source axis, p being the position on it. */
export type Factor =
  /** base ^ (slope · p + offset); the exponent is a non-negative integer at every position read. */
  | {
      readonly kind: 'power';
      readonly axis: number;
      readonly base: number;
      readonly slope: 1 | -1;
      readonly offset: number;
    }
  /** slope · p + offset. */
  | {
      readonly kind: 'linear';
      readonly axis: number;
      readonly slope: number;
      readonly offset: number;
    };

/** Where a term reads: an input tensor of the model, or another cluster. */
export type Source =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'cluster'; readonly id: number };

/** coefficient × Σ of the region's cells, each times its factors. */
export interface RegionTerm {
  readonly kind: 'region';
  readonly source: Source;
  readonly coefficient: number;
  /** Largest |normalised member weight − coefficient| that was snapped away; 0 when exact. */
  readonly spread: number;
  readonly region: Region;
  /** At most one for each source axis; absent: every cell counts once. */
  readonly factors?: readonly Factor[];
}

/**
 * Weights that no pattern explains: member m (row-major over the cluster's axes) reads cell c of the
 * source with weight `weights[m · size(source) + c]`.
 */
export interface TableTerm {
  readonly kind: 'table';
  readonly source: Source;
  readonly weights: Float64Array;
}

export type Term = RegionTerm | TableTerm;

/** The bias of the members: one value, or one for each member (row-major). */
export type Bias =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'index'; readonly value: IndexExpression }
  /** constant + scale · base ^ (slope · iterator[axis] + offset). */
  | {
      readonly kind: 'power';
      readonly axis: number;
      readonly constant: number;
      readonly scale: number;
      readonly base: number;
      readonly slope: 1 | -1;
      readonly offset: number;
    }
  | { readonly kind: 'table'; readonly values: Float64Array };

export interface ClusterAxis {
  readonly extent: number;
  /** Domain word taken from the source axis that the iterator walks; `undefined` when unknown. */
  readonly name?: string;
}

export interface Cluster {
  /** Position in `ClusterGraph.clusters`. */
  readonly id: number;
  /** Layer of the network that the members stand in. */
  readonly layer: number;
  /** Iteration axes; none for a lone neuron. */
  readonly axes: readonly ClusterAxis[];
  /**
   * The network's neuron (index within the layer) at each index point, row-major over the axes;
   * −1 where the index set has no member (a triangle, a gap). A hole counts as 0: a region that covers
   * it takes nothing there. Hidden sign and step members may be told as their opposites (−h, 1 − h);
   * their readers' weights are turned with them.
   */
  readonly members: Int32Array;
  /** Sum of these plus the bias is the normalised pre-activation. */
  readonly terms: readonly Term[];
  readonly bias: Bias;
  readonly activation: Activation;
  /** True when no pattern explains the members: all terms are tables. */
  readonly unexplained: boolean;
  /**
   * For sign and step members whose weights could not be made integers: one for each member, |z| at
   * or below it is 0 (the tie rule in the scale of the terms). Absent: exact, only z = 0 is 0.
   */
  readonly tieBounds?: Float64Array;
  /**
   * For members that are neither sign nor step: how far snapping can move a pre-activation, the largest
   * over the members of Σ |stored − told weight| · max|x| + |stored − told bias|. Absent: 0.
   */
  readonly snapError?: number;
}

/** Layers, neurons and weights that are not 0. */
export interface NetworkFigures {
  readonly layers: number;
  readonly neurons: number;
  readonly weights: number;
}

/** One thing that simplification or normalisation changed, for the report. */
export type Change =
  /** Rectified units that are 0 (or, leaky, linear) for every input of the domain. */
  | { readonly kind: 'always-off'; readonly neurons: readonly Neuron[] }
  /** Rectified units that are sums for every input of the domain, and were taken into their readers. */
  | { readonly kind: 'always-on'; readonly neurons: readonly Neuron[] }
  /** Neurons told by fewer; clusters, and what else is said of neurons, count in the result. */
  | {
      readonly kind: 'simplified';
      readonly before: NetworkFigures;
      readonly after: NetworkFigures;
      /** Rectified units told by others of the same sum: r(−z) by r(z), 2 · r(z) by r(z). */
      readonly mergedUnits: number;
      /** Linear hidden layers that were taken into their readers. */
      readonly linearLayers: number;
      /** Neurons of these kinds that were found in sums of rectified units. */
      readonly shapes: readonly {
        readonly shape: 'abs' | 'clamp' | 'max' | 'min';
        readonly count: number;
      }[];
      /** Bound on the error of the outputs; null where rounding over unbounded inputs has none. */
      readonly maxError: number;
    }
  | { readonly kind: 'dead'; readonly neurons: readonly Neuron[] }
  | { readonly kind: 'constant'; readonly neurons: readonly Neuron[] }
  /** Neurons that always equal (or always negate) a kept one. */
  | { readonly kind: 'duplicate'; readonly neurons: readonly Neuron[] }
  /** Positive rescaling to small integers: number of neurons, extreme factors. */
  | {
      readonly kind: 'rescaled';
      readonly layer: number;
      readonly count: number;
      readonly minFactor: number;
      readonly maxFactor: number;
    }
  /** Near-equal weights made one: number of weights, largest relative change. */
  | {
      readonly kind: 'snapped';
      readonly layer: number;
      readonly count: number;
      readonly maxRelativeChange: number;
    }
  /** Residue of cancelled noise dropped: number of weights, largest size relative to the row. */
  | {
      readonly kind: 'residue';
      readonly layer: number;
      readonly count: number;
      readonly maxRelativeSize: number;
    };

export interface ClusterGraph {
  readonly interface: ModelInterface;
  /** Sources stand before their readers. */
  readonly clusters: readonly Cluster[];
  /**
   * For each output of the interface, for each of its values (row-major): the cluster and the rank
   * (row-major index point) that computes it.
   */
  readonly outputs: readonly (readonly { readonly cluster: number; readonly rank: number }[])[];
  readonly changes: readonly Change[];
  /** For each layer of the network, what its author called it; absent where none has a name. */
  readonly layerWords?: readonly (string | undefined)[];
}
