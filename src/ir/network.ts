/**
 * The Network level: tensors, layers of neurons whose weights stay in typed arrays, stages, which
 * compute what is no weighted sum (products of tensors, windows of a maximum, comparisons), and scans,
 * which run a network of their own step by step.
 *
 * A layer reads the concatenation of its sources, each flattened row-major; neuron n computes
 *   z = Σ weights[n][c] · x[c] + bias[n]   and   y = activation(z)
 * in real arithmetic on the stored weights, under the tie rule of `ties.ts` (`max` and `min` take the
 * largest and smallest part instead of the sum). Layers stand in topological order. There is never one object per weight or per neuron.
 */
import type { ModelInterface } from './model-interface.js';
import type { Expression, ProgramSymbol, Table } from './program.js';

/** Where values come from: an input of the model or the result of an earlier layer. */
export type TensorRef =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'layer'; readonly index: number };

export type Activation =
  /** −1, 0 or 1. */
  | { readonly kind: 'sign' }
  /** 1 where z > 0, else 0. */
  | { readonly kind: 'step' }
  | { readonly kind: 'identity' }
  | { readonly kind: 'relu' }
  | { readonly kind: 'leaky-relu'; readonly slope: number }
  | { readonly kind: 'abs' }
  /** min(max(z, low), high); low < high. */
  | { readonly kind: 'clamp'; readonly low: number; readonly high: number }
  /**
   * No sum: the largest (smallest) of the weighted reads weights[n][c] · x[c] and the bias; a bias of
   * −∞ (∞) takes no part. Such a layer reads no sign and no step.
   */
  | { readonly kind: 'max' }
  | { readonly kind: 'min' }
  | { readonly kind: 'tanh' }
  | { readonly kind: 'sigmoid' }
  /** Over all neurons of the layer. */
  | { readonly kind: 'softmax' };

/**
 * Weight rows in compressed sparse form: the weights of neuron n are
 * `values[rowStart[n] .. rowStart[n+1])`, at the columns of the same positions, ascending.
 * Stored zeros are left out.
 */
export interface SparseRows {
  readonly rowStart: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

export interface Layer {
  /** Told from a stage by having no kind. */
  readonly kind?: undefined;
  /** What diagnostics call the layer: the weights file's or the ONNX node's name. */
  readonly name: string;
  /** What the model's author called it, for the module's own names; absent where no name says anything. */
  readonly word?: string;
  readonly sources: readonly TensorRef[];
  /** Number of neurons. */
  readonly size: number;
  /** Shape of the result; its size is `size`. */
  readonly shape: readonly number[];
  readonly weights: SparseRows;
  /** One for each neuron. */
  readonly bias: Float64Array;
  readonly activation: Activation;
  /** Relative tie tolerance of the contract's tie rule; only `sign` and `step` use it. */
  readonly tieTolerance: number;
  /**
   * Of a layer that was not stored but made from stored ones: for each neuron how far its z may be
   * from what it stands for, over the domain. Absent: 0.
   */
  readonly moved?: Float64Array;
}

/**
 * A tensor computed cell by cell: at every point of the iterators, the value of `body`, an expression in
 * real arithmetic. It never reads outside a tensor, and is a number for every input of the domain.
 */
export interface Stage {
  readonly kind: 'stage';
  /** What diagnostics call the stage: the ONNX node's name. */
  readonly name: string;
  readonly sources: readonly TensorRef[];
  /** The arrays that the body reads the sources through, with the extents of each source. */
  readonly parameters: readonly ProgramSymbol[];
  /** Constants that the body reads. */
  readonly tables: readonly Table[];
  /** Number of cells. */
  readonly size: number;
  readonly shape: readonly number[];
  /** One for each axis of `shape`: 0 .. extent − 1. */
  readonly iterators: readonly ProgramSymbol[];
  /** Reads the parameters, tables and iterators; may hold reductions. */
  readonly body: Expression;
}

/** Where an input of a scan's body comes from. */
export type Feed =
  /** The row of this step: the source holds `steps` of them, one behind the other. */
  | { readonly kind: 'row'; readonly source: number }
  /** The same in every step. */
  | { readonly kind: 'whole'; readonly source: number }
  /** What the body gave in the step before: its result at `next`. At first the source, or these numbers. */
  | { readonly kind: 'state'; readonly first: number | Float64Array; readonly next: number };

/** What a scan gives: what a state (a position in `feeds`) is after every step, or after the last one. */
export interface ScanOutput {
  readonly state: number;
  readonly every: boolean;
}

/**
 * A network that is run once for every step, and that remembers: what it computes in one step are inputs
 * of its in the next one.
 */
export interface Scan {
  readonly kind: 'scan';
  /** What diagnostics call the scan: the ONNX node's name. */
  readonly name: string;
  /** Tells it from a scan that does the same beside it, such as `forward`; else empty. */
  readonly word: string;
  readonly sources: readonly TensorRef[];
  readonly steps: number;
  /** Whether the rows are taken from the last to the first; what is kept stands at its row all the same. */
  readonly reversed: boolean;
  /** One for each input of the body. */
  readonly feeds: readonly Feed[];
  /** What happens in one step. */
  readonly body: StagedNetwork;
  /** The first is the tensor of the scan itself; taps give the others. */
  readonly outputs: readonly ScanOutput[];
  /** Number of cells of the first output. */
  readonly size: number;
  /** The state's shape; in front the steps, where every one is kept. */
  readonly shape: readonly number[];
}

/** A further output of a scan. */
export interface Tap {
  readonly kind: 'tap';
  readonly name: string;
  /** The scan. */
  readonly sources: readonly [TensorRef];
  /** Position in the scan's `outputs`. */
  readonly output: number;
  readonly size: number;
  readonly shape: readonly number[];
}

/** What computes a tensor of a network. */
export type Node = Layer | Stage | Scan | Tap;

/** What every model is parsed to: layers, stages and scans in topological order. */
export interface StagedNetwork extends ModelInterface {
  readonly layers: readonly Node[];
  /** For each output of the interface, the tensor that holds it. */
  readonly results: readonly TensorRef[];
  /** Number of weights and biases of the model as stored, zeros included. */
  readonly parameters: number;
  /** Notes of the parser for the user, such as a newer opset than known; may be empty. */
  readonly warnings: readonly string[];
}

/** A network of layers alone: all that clustering and inference ever see. */
export interface Network extends StagedNetwork {
  readonly layers: readonly Layer[];
}

/** The extents of an output of a scan. */
export function scanShape(
  { steps, body }: Pick<Scan, 'steps' | 'body'>,
  { state, every }: ScanOutput,
): readonly number[] {
  const { shape } = body.inputs[state];
  return every ? [steps, ...shape] : shape;
}

/** Whether nothing but layers is in the network. */
export function isPlainNetwork(network: StagedNetwork): network is Network {
  return network.layers.every(({ kind }) => kind === undefined);
}

/** The network as one of layers alone. @throws TypeError when it has stages. */
export function plainNetwork(network: StagedNetwork): Network {
  if (isPlainNetwork(network)) return network;
  throw new TypeError('the network has stages');
}

/** One neuron, by position: `layer` indexes `Network.layers`. */
export interface Neuron {
  readonly layer: number;
  readonly index: number;
}

/** The part of a ModelInterface that a richer level carries, without that level's own fields. */
export function interfaceOf(model: ModelInterface): ModelInterface {
  const { name, source, inputs, outputs, decision } = model;
  return { name, source, inputs, outputs, decision };
}
