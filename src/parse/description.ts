/**
 * What a manifest, or the options that stand in for one, say about a model: everything but weights.
 * Values are checked in themselves (types, ranges) before they get here; whether they fit the model
 * (counts, sizes) is checked against the weights by `assemble.ts`.
 */
import type { Place } from '../diagnostics/diagnostic.js';
import type { Decision, Domain } from '../ir/model-interface.js';
import type { Activation } from '../ir/network.js';

/** A value and where the user wrote it. */
export interface Placed<Value> {
  readonly value: Value;
  readonly place: Place;
}

export interface InputDescription {
  readonly place: Place;
  readonly name?: string;
  readonly shape?: Placed<readonly number[]>;
  readonly axes?: Placed<readonly string[]>;
  readonly features?: Placed<readonly string[]>;
  readonly domain?: Placed<Domain>;
  /** Texts of units: one, or one for each cell. */
  readonly units?: Placed<readonly string[]>;
}

export interface LayerDescription {
  /** Key of the weights file among the files; with a state dict, the prefix of the layer's tensors. */
  readonly weights: Placed<string>;
  readonly activation: Activation;
}

export interface ModelDescription {
  readonly place: Place;
  readonly name?: string;
  /** Empty when nothing is said about inputs. */
  readonly inputs: readonly InputDescription[];
  /** Key of the state dict among the files; absent when each layer names a file of its own. */
  readonly stateDict?: Placed<string>;
  /** Absent when the weights stand in an ONNX file. */
  readonly layers?: readonly LayerDescription[];
  readonly outputName?: string;
  readonly labels?: Placed<readonly string[]>;
  /** Texts of units of the output: one, or one for each cell. */
  readonly outputUnits?: Placed<readonly string[]>;
  readonly decision?: Placed<Decision>;
  readonly tieTolerance?: number;
}
