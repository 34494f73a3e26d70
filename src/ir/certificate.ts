/**
 * A certificate: what was shown of a module, and of which model, in figures that anybody can have worked out
 * again from the two texts alone. It is plain JSON; figures that are not known are null.
 */
import type { InputTensor, OutputTensor, Decision } from './model-interface.js';
import type { VerdictStatus } from './verdict.js';

export interface Certificate {
  readonly schema: 1;
  /** Who worked it out: name and version of the program. */
  readonly checker: string;
  readonly module: ModuleHashes;
  /** One for each model that the module was held against: several sizes of a generic module, else one. */
  readonly claims: readonly Claim[];
}

export interface ModuleHashes {
  /** `sha256:` of the text in UTF-8. */
  readonly text: string;
  /** Of the sibling with the weights; absent where there is none. */
  readonly weights?: string;
}

/** What holds of the module and one model. */
export interface Claim {
  readonly model: {
    readonly name: string;
    /** `sha256:` of the stored weights, as `network.source` of a module has it. */
    readonly source: string;
    /** `sha256:` of all that the model computes: weights, activations, domains, ties, labels, decision. */
    readonly meaning: string;
  };
  /** The inputs, with the domain on which it holds. */
  readonly inputs: readonly InputTensor[];
  readonly outputs: readonly OutputTensor[];
  readonly decision: Decision;
  /** Largest |module − network| that was allowed on an output. */
  readonly tolerance: number;
  readonly status: VerdictStatus;
  readonly method: string;
  /** States enumerated, of a proof; else inputs run. */
  readonly checked: number;
  readonly maxError: number | null;
  /** Each number of the output by itself. */
  readonly perOutput: readonly OutputClaim[];
  /** Whether `predict` follows from the scores; absent where the model names no decision. */
  readonly predict?: { readonly status: VerdictStatus; readonly apart: number | null };
  /** Absent where no proof was tried. */
  readonly evidence?: Evidence;
}

export interface OutputClaim {
  readonly output: string;
  readonly status: VerdictStatus;
  readonly method: string;
  readonly states: number;
  readonly maxError: number | null;
  /** The part of `maxError` that the module's float64 arithmetic may add. */
  readonly rounding: number | null;
}

/** What the checker came across when it evaluated the stored network for unknown inputs. */
export interface Evidence {
  /** How near to 0 the pre-activation of a sign or step neuron comes without being a tie; null without any. */
  readonly margin: (PlacedNeuron & { readonly size: number; readonly share: number }) | null;
  /** Sign and step neurons whose sums are of no integers, so that no margin can be told. */
  readonly withoutMargin: number;
  readonly ties: Ties;
  /** Weights that are integers up to noise and were taken for these, with a proof that no decision changes. */
  readonly snapped: {
    readonly rows: number;
    readonly weights: number;
    /** The largest change, as a share of the largest weight of its row. */
    readonly largestChange: number;
  };
}

/** A neuron by its position: layers count from 0, and so do the neurons of a layer. */
export interface PlacedNeuron {
  readonly layer: number;
  /** Of a neuron within a scan: its layer in the scan's body. */
  readonly inner?: number;
  readonly neuron: number;
}

/** States that only the tie rule decides. */
export interface Ties {
  readonly states: number;
  /** Neurons that may have one, as far as intervals can tell. */
  readonly neurons: number;
  /** Inputs, each with neurons of which it is a tie: together those of which an input was found. */
  readonly examples: readonly TieExample[];
  /** Neurons of which none was found; perhaps the state cannot be reached. */
  readonly withoutExample: readonly TiedNeurons[];
}

export interface TieExample {
  /** One flat array (row-major) for each input of the model. */
  readonly inputs: readonly (readonly number[])[];
  readonly ties: readonly TiedNeurons[];
}

/** Neurons of one layer: positions and ranges with both ends, as in `0..27, 30`. */
export interface TiedNeurons {
  readonly layer: number;
  readonly inner?: number;
  readonly neurons: string;
}
