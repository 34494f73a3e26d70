/**
 * What a student found, as plain data: the front of formulas, which of them was selected, and what has to
 * be known to judge and to repeat the search. Students hand it over, reports and pictures tell it.
 */

import type { ErrorAnalysis } from './error-analysis.js';

/** A formula on the front. */
export interface FrontMember {
  readonly complexity: number;
  /** Weighted mean loss over the rows that the formula was fitted on. */
  readonly loss: number;
  /** −Δ log(loss) / Δ complexity against the next simpler formula; 0 for the simplest. */
  readonly score: number;
  /** Agreement with what is explained, in range and, where it was measured, out of range; at most 1. */
  readonly fidelity: number;
  readonly fidelityOutOfRange?: number;
  /** The formula in plain text. */
  readonly expression: string;
  /** The same with constants of six digits, for tables. */
  readonly shortExpression: string;
  /** Who found it: `power law`, `evolution`, … */
  readonly origin: string;
}

/** A feature that formulas may read. */
export interface StudentFeature {
  readonly name: string;
  /** From the least to the greatest value that counts as in range. */
  readonly range: readonly [min: number, max: number];
  /** Whether the selected formula reads it. */
  readonly isUsed: boolean;
}

/** A constant that was replaced by a nearby one with a short name. */
export interface SnappedConstant {
  readonly from: number;
  readonly to: number;
}

export interface StudentFindings {
  /** What is explained: an output, a neuron, a column. */
  readonly target: string;
  /** Where the rows come from. */
  readonly data: 'network' | 'table';
  readonly rows: number;
  readonly features: readonly StudentFeature[];
  /** By ascending complexity. */
  readonly front: readonly FrontMember[];
  /** Positions on the front. */
  readonly selected: number;
  readonly knee: number;
  readonly mostAccurate: number;
  /** How `selected` was chosen: `best`, `accuracy`, `simplest`, `complexity 7`. */
  readonly selection: string;
  /** LaTeX of the selected formula. */
  readonly latex: string;
  /** Of the selected formula. */
  readonly snapped: readonly SnappedConstant[];
  /** What the search was told, by the names of the options: `loss`, `operators`, `seed`, … */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Where the selected formula is off. */
  readonly errors?: ErrorAnalysis;
  /** Formulas evaluated over the rows. */
  readonly evaluations: number;
  /** Why the search ended before it was done; absent when it was. */
  readonly stopped?: string;
}

/** A tree on the front of the Logic student. */
export interface TreeMember {
  readonly leaves: number;
  /** Share of equal decisions, or R² of numbers, on the rows learned from. */
  readonly trainingFidelity: number;
  /** The same on fresh inputs in range and, where there are any, out of range; of a table cross-validated. */
  readonly fidelity: number;
  readonly fidelityOutOfRange?: number;
}

/** A tree in words. */
export type ToldTree =
  | {
      readonly kind: 'leaf';
      readonly answer: string;
      /** Fresh inputs, or rows of the table, that end here. */
      readonly support: number;
      /** Share of them for which the answer is right. */
      readonly agreement: number;
    }
  | {
      readonly kind: 'split';
      readonly condition: string;
      readonly yes: ToldTree;
      readonly no: ToldTree;
    };

/** One of the rules that the module follows in order: the first whose conditions hold gives the answer. */
export interface ToldRule {
  /** In words; empty of the last one, which answers for the rest. */
  readonly conditions: string;
  readonly answer: string;
  /** Fresh inputs, or rows of the table, that end here, and the share for which the answer is right. */
  readonly support: number;
  readonly agreement: number;
  /** The same of the rows of a table that were held out, which are among those. */
  readonly heldOut?: { readonly support: number; readonly agreement: number };
}

/** What the rules for a column of a table are worth: accuracy of classes, R² of numbers. */
export interface TableFigures {
  readonly learned: RowFigure;
  /** On rows that nothing was learned from; absent where none were held out. */
  readonly heldOut?: RowFigure;
  /** Of classes: how often rules say each (column) where the table says each (row), on the rows held out, or on all. */
  readonly confusion?: readonly (readonly number[])[];
}

/** A fidelity on some rows, and of classes Wilson's interval of it at 95 %. */
export interface RowFigure {
  readonly rows: number;
  readonly fidelity: number;
  readonly interval?: readonly [low: number, high: number];
}

/** Fresh inputs on which a rule and the network part, or rows on which a rule and the table do. */
export interface Disagreement {
  /** Position of the rule. */
  readonly rule: number;
  /** How many inputs the rule answers, and how many of these otherwise than the network or the table. */
  readonly answered: number;
  readonly parted: number;
  /** From the least to the greatest value of each feature that the rules read, by name. */
  readonly box: Readonly<Record<string, readonly [min: number, max: number]>>;
  /** One of them, by the names of the features, and both answers. */
  readonly example: Readonly<Record<string, number>>;
  readonly ofNetwork: string;
  readonly ofRule: string;
}

/** A threshold that is told with fewer digits than the rows gave it. */
export interface RoundedThreshold {
  readonly from: number;
  readonly to: number;
}

/** Rules that were found for a whole finite domain, not for some of its points. */
export interface ExactRules {
  /** Points of a finite domain, or linear regions of a ReLU network. */
  readonly points?: number;
  readonly regions?: number;
  /** Whether no tree has fewer leaves; whether no disjunction, or count, is shorter, where the rules are one. */
  readonly isMinimal: boolean;
  /** Whether the rules give the network's numbers, or only its decision. */
  readonly explains: 'scores' | 'decisions';
}

/** A share that was counted, with Wilson's interval at 95 %. */
export interface CountedShare {
  readonly equal: number;
  readonly share: number;
  readonly interval: readonly [low: number, high: number];
}

/** Rows that were given about the same probability, and how often it came true. */
export interface CalibrationBin {
  /** What the probability lies between; of rules absent. */
  readonly least?: number;
  readonly most?: number;
  /** Position of the rule, all of whose rows have one probability. */
  readonly rule?: number;
  /** Mean probability of the rows, and the share for which it came true. */
  readonly predicted: number;
  readonly observed: CountedShare;
  readonly rows: number;
}

/** What probabilities are worth: a row that is given 0.8 should be right in 80 of 100 cases. */
export interface Calibration {
  /** What has the probability: the answer that was given, or the class of this name. */
  readonly of: 'answer' | { readonly label: string };
  /** Bins without rows are left out. */
  readonly bins: readonly CalibrationBin[];
  /** Mean of |predicted − observed| over the rows (Naeini, Cooper and Hauskrecht 2015). */
  readonly expectedError: number;
}

/** Rules and network held against labels, which had no part in finding the rules. */
export interface LabelFindings {
  /** The column of the labels, and how many there are. */
  readonly column: string;
  readonly rows: number;
  /** Accuracy of the rules and of the network. */
  readonly rules: CountedShare;
  readonly network: CountedShare;
  /** Rows about which both are right, or one of them alone, or neither. */
  readonly bothRight: number;
  readonly onlyRules: number;
  readonly onlyNetwork: number;
  readonly neither: number;
  /** Of the rules a bin for each: how often it agrees with the network on fresh inputs is its probability. */
  readonly calibrationOfRules: Calibration;
  /** Absent where the network ends in no softmax and no sigmoid: then it gives no probabilities. */
  readonly calibrationOfNetwork?: Calibration;
}

export interface LogicFindings {
  /** What is explained: the decision, an output, a neuron, a column. */
  readonly target: string;
  readonly data: 'network' | 'table';
  /** Rows to begin with, and rows that were asked for while the tree grew. */
  readonly rows: number;
  readonly asked: number;
  /** Whether answers are decisions, not numbers. */
  readonly decides: boolean;
  readonly features: readonly StudentFeature[];
  /** By ascending number of leaves. */
  readonly front: readonly TreeMember[];
  /** Position on the front, and how it was chosen: `best`, `fidelity 0.99`, `leaves 4`. */
  readonly selected: number;
  readonly selection: string;
  /** Of the module: after thresholds were rounded and rules joined; of a table on all of its rows. */
  readonly fidelity: number;
  /** Of decisions of a network: Wilson's interval of the fidelity, at 95 %. */
  readonly interval?: readonly [low: number, high: number];
  readonly fidelityOutOfRange?: number;
  /** Of a table. */
  readonly table?: TableFigures;
  readonly tree: ToldTree;
  readonly exact?: ExactRules;
  readonly rules: readonly ToldRule[];
  /** What answers can be, in order; empty where they are numbers. */
  readonly answers: readonly string[];
  readonly rounded: readonly RoundedThreshold[];
  readonly disagreements: readonly Disagreement[];
  /** Of a network, where rows with labels were given. */
  readonly labels?: LabelFindings;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** Why one input gets its answer. */
export interface Explanation {
  /** By the names of the features. */
  readonly input: Readonly<Record<string, number>>;
  /** Of the rules, and of the network where there is one. */
  readonly answer: string;
  readonly ofNetwork?: string;
  /** What is asked on the way, from the root. */
  readonly path: readonly { readonly condition: string; readonly isHeld: boolean }[];
  /** The smallest change found after which the network answers otherwise. */
  readonly flip?: {
    readonly changes: readonly {
      readonly feature: string;
      readonly from: number;
      readonly to: number;
    }[];
    readonly ofNetwork: string;
  };
}
