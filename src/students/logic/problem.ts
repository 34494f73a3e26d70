/**
 * What the Logic student is asked: rows with the decisions (or numbers) of a network, the settings, and a
 * way to ask the network anywhere. Everything but `ask` is plain data.
 */
import type { CellDomain } from '../../ir/model-interface.js';
import type { Tree } from './tree.js';

export interface LogicData {
  /** One name for each column. */
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Of a decision the class of each row, an index; else its number. */
  readonly target: Float64Array;
  /** Positive; absent: all 1. */
  readonly weights?: Float64Array;
}

export interface LogicSettings {
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Rows that a leaf has at least. */
  readonly minSupport: number;
  /**
   * Rows that a node has at least before it is split: the network is asked for what is missing, inside of
   * the node's box (Craven and Shavlik 1996). 0: it is never asked.
   */
  readonly minProbes: number;
  /** Points that the network is asked for at most while a tree grows. */
  readonly mostAsked: number;
  /** Whether leaves of numbers may be affine. */
  readonly allowsAffineLeaves: boolean;
  /**
   * What else splits may ask than one feature: sums of features, or how many of some conditions hold. Only
   * where that gains clearly more, and where nothing is monotone.
   */
  readonly splits: 'axis' | 'oblique' | 'm-of-n';
  /** Features that the prediction may only rise (1) or fall (−1) with. */
  readonly monotone: Readonly<Record<number, 1 | -1>>;
  readonly seed: number;
}

/** Columns that are one category told by zeros and a one. */
export interface OneHotGroup {
  readonly features: readonly number[];
  /** What the category is called, and its value for each of the features, where names say it. */
  readonly name?: string;
  readonly values?: readonly string[];
}

export interface LogicProblem {
  readonly data: LogicData;
  /** Number of classes; 0 where the target is a number. */
  readonly classes: number;
  /** The domain of each column. */
  readonly domains: readonly CellDomain[];
  readonly oneHot?: readonly OneHotGroup[];
  readonly settings: LogicSettings;
  /** The target at further points, given as columns; present where a network stands behind the rows. */
  readonly ask?: (columns: readonly Float64Array[]) => Float64Array;
  /** Asked now and then while a tree grows; `true`: the network is asked no more. */
  readonly shouldStop?: () => boolean;
}

export const DEFAULT_LOGIC_SETTINGS: LogicSettings = {
  maxDepth: 8,
  maxLeaves: 32,
  minSupport: 1,
  minProbes: 1000,
  mostAsked: 20_000,
  allowsAffineLeaves: false,
  splits: 'axis',
  monotone: {},
  seed: 0,
};

/** A tree of the front, with what it does on rows it did not learn from. */
export interface LogicCandidate {
  readonly leaves: number;
  /** Share of equal decisions, or of explained variance, on the rows it learned from. */
  readonly trainingFidelity: number;
  /** The same on fresh rows of the network. */
  readonly fidelity: number;
  readonly tree: Tree;
}
