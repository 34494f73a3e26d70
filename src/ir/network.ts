/**
 * The Network level: tensors, and layers of neurons whose weights stay in typed arrays.
 *
 * A layer reads the concatenation of its sources, each flattened row-major; neuron n computes
 *   z = Σ weights[n][c] · x[c] + bias[n]   and   y = activation(z)
 * in real arithmetic on the stored weights, under the tie rule of `ties.ts`. Layers stand in
 * topological order. There is never one object per weight or per neuron.
 */
import type { ModelInterface } from './model-interface.js';

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
  /** What diagnostics call the layer: the weights file's or the ONNX node's name. */
  readonly name: string;
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

export interface Network extends ModelInterface {
  readonly layers: readonly Layer[];
  /** For each output of the interface, the tensor that holds it. */
  readonly results: readonly TensorRef[];
  /** Number of weights and biases of the model as stored, zeros included. */
  readonly parameters: number;
  /** Notes of the parser for the user, such as a newer opset than known; may be empty. */
  readonly warnings: readonly string[];
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
