/**
 * The Network level: tensors, layers of neurons whose weights stay in typed arrays, and stages, which
 * compute what is no weighted sum (products of tensors, windows of a maximum, comparisons).
 *
 * A layer reads the concatenation of its sources, each flattened row-major; neuron n computes
 *   z = Σ weights[n][c] · x[c] + bias[n]   and   y = activation(z)
 * in real arithmetic on the stored weights, under the tie rule of `ties.ts`. Layers stand in
 * topological order. There is never one object per weight or per neuron.
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

/** What every model is parsed to: layers and stages in topological order. */
export interface StagedNetwork extends ModelInterface {
  readonly layers: readonly (Layer | Stage)[];
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
