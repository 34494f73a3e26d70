/**
 * What a student says of a network around one point: a formula, and how far from the point it stays within
 * a bound. Plain data; distances are shares of the features' ranges.
 */
import type { CellRange } from './fidelity.js';

/** A formula on the front of a local search. */
export interface LocalMember {
  readonly complexity: number;
  /** Weighted mean loss over the rows around the point. */
  readonly loss: number;
  /** How far it was seen to keep the bound, on a ladder of radii; 0 where it does so at none. */
  readonly reach: number;
  readonly expression: string;
  /** Who found it: `polynomial`, `evolution`, … */
  readonly origin: string;
}

/** What was run in the box of validity, on inputs that nothing was chosen by. */
export interface LocalCheck {
  /** Inputs drawn uniformly in the box; the error of none of them is above the bound. */
  readonly inputs: number;
  /** With this confidence less than this share of the box is above the bound. */
  readonly confidence: number;
  readonly mostBeyond: number;
  /** Over these inputs, those on faces and at corners, and where the error was climbed. */
  readonly largestError: number;
  /** Root mean square of the error over the uniform inputs. */
  readonly rms: number;
}

export interface LocalExplanation {
  /** What is explained: an output, a neuron. */
  readonly target: string;
  /** By the names of the features. */
  readonly point: Readonly<Record<string, number>>;
  /** At the point, of the network and of the formula. */
  readonly ofNetwork: number;
  readonly ofFormula: number;
  readonly expression: string;
  readonly latex: string;
  readonly complexity: number;
  /** Half the width of the box that rows were drawn from, as a share of each feature's range. */
  readonly width: number;
  /** Rows learned from: of the data, and drawn. */
  readonly rows: { readonly neighbours: number; readonly samples: number };
  /** What the error has to stay within, and its share of the network's local range where one was asked for. */
  readonly bound: number;
  readonly boundShare?: number;
  /** Largest |x − point| / range over the features, up to which the bound holds; 0 where it does nowhere. */
  readonly radius: number;
  /** The box of that radius, cut to the domain, by the names of the features. */
  readonly box: Readonly<Record<string, CellRange>>;
  /** Whether that box is the whole domain. */
  readonly isWhole: boolean;
  /** Absent where the radius is 0. */
  readonly check?: LocalCheck;
  /** By ascending complexity. */
  readonly front: readonly LocalMember[];
  /** Position on the front, and how it was chosen. */
  readonly selected: number;
  readonly selection: string;
  readonly evaluations: number;
  /** Why the search ended before it was done; absent when it was. */
  readonly stopped?: string;
}
