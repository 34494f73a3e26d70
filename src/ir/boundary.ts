/**
 * What the Math student found about a decision from the gradients at its boundary, as plain data: a formula
 * and a threshold for every number that decides, and which other formulas cannot be told from them.
 */

/** A formula on the front, held against the directions of a band around the boundary. */
export interface BoundaryMember {
  readonly complexity: number;
  /** Mean of 1 − cos² between its gradient and the network's over the band. */
  readonly loss: number;
  /** Mean |cos| there. */
  readonly cosine: number;
  /** Share of fresh inputs it decides as the network does, at its best threshold; absent of what decides nothing. */
  readonly agreement?: number;
  readonly expression: string;
  readonly shortExpression: string;
  readonly origin: string;
}

/** An input on which two formulas decide differently. */
export interface Parting {
  /** By the names of the features. */
  readonly input: Readonly<Record<string, number>>;
  readonly isInDomain: boolean;
  /** What the selected formula, the other one and the network decide. */
  readonly selected: string;
  readonly rival: string;
  readonly ofNetwork: string;
}

/** A formula that decides as the network does no worse than the selected one, up to what the network is off. */
export interface Rival {
  readonly condition: string;
  readonly loss: number;
  readonly agreement: number;
  /** Share of fresh inputs in the domain, and around it, on which it and the selected formula part. */
  readonly parted: number;
  readonly partedOutside: number;
  /** Inputs on which they part, those of the domain first; empty where none was met. */
  readonly examples: readonly Parting[];
}

/** One number that decides. */
export interface LatentFindings {
  readonly target: string;
  /** Rows of the band. */
  readonly rows: number;
  /** Half the width of the band, in units of the number; Infinity of a number that decides nothing. */
  readonly reach: number;
  /** By ascending complexity. */
  readonly front: readonly BoundaryMember[];
  readonly selected: number;
  readonly selection: string;
  /** The formula as it is told, its numbers as short as they can be. */
  readonly expression: string;
  /** Absent where nothing is decided. */
  readonly condition?: string;
  readonly cosine: number;
  readonly agreement?: number;
  /** The monotone function from the formula, `f`, to the network's number, and the share it explains. */
  readonly link?: { readonly expression: string; readonly share: number };
  readonly rivals: readonly Rival[];
  /** Mean of 1 − cos² between two networks; absent with one. */
  readonly disagreement?: number;
  /** Loss up to which formulas are equally good; absent where it is not known. */
  readonly tolerance?: number;
  readonly evaluations: number;
  readonly stopped?: string;
}

export interface BoundaryFindings {
  readonly latents: readonly LatentFindings[];
  /** Share of fresh inputs on which the second network decides likewise; absent without one. */
  readonly secondAgreement?: number;
  /** δ: of probabilities the band goes from δ to 1 − δ. */
  readonly band: number;
  readonly isLogOdds: boolean;
  readonly features: readonly {
    readonly name: string;
    readonly range: readonly [min: number, max: number];
    readonly isUsed: boolean;
  }[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}
