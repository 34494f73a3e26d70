/**
 * What changed between two models, as the JSON of `diff --json`, `schema` 1: plain data, from which the
 * Markdown is made. Additions are free; what stands here keeps its meaning.
 */
import type { VerdictStatus } from '../../ir/verdict.js';

/** One input at which both models were run. */
export interface ExampleReport {
  /** One flat array (row-major) for each input. */
  readonly inputs: readonly (readonly number[])[];
  /** The input in the words of the model, such as `income = 6.5, all others 0`. */
  readonly words: string;
  readonly oldScores: readonly number[];
  readonly newScores: readonly number[];
  /** Absent without a decision. */
  readonly oldAnswer?: string;
  readonly newAnswer?: string;
}

/** How it is known whether the two compute the same. */
export type KnownReport =
  /** The same layers with the same weights, to the last bit. */
  | { readonly by: 'weights' }
  /** The code of one was proved equal to the other network; `maxError` bounds the difference of a score. */
  | { readonly by: 'proof'; readonly maxError: number; readonly method: string }
  /** Every input of the domain was run. */
  | { readonly by: 'enumeration'; readonly checked: number }
  /** No difference was found by running; `reason` says why there is no proof. */
  | { readonly by: 'samples'; readonly checked: number; readonly reason: string }
  /** An input at which they differ, the smallest found. */
  | { readonly by: 'counterexample'; readonly example: ExampleReport }
  /** There is no input that both take, or their answers cannot be laid side by side. */
  | { readonly by: 'nothing'; readonly reason: string };

/** A property of the interface: labels, decision, domain, names, shapes. */
export interface InterfaceChange {
  readonly what: string;
  readonly old: string;
  readonly new: string;
  /** Whether only a name changed, which no answer depends on. */
  readonly isName: boolean;
}

/** What changed in a layer as stored; layers and neurons count from 1. */
export interface LayerChange {
  readonly layer: number;
  readonly name: string;
  readonly size: number;
  readonly activation?: { readonly old: string; readonly new: string };
  /** How many neurons have another weight or bias. */
  readonly changed: number;
  /** Which, and how, where there are few. */
  readonly neurons: readonly { readonly neuron: number; readonly how: string }[];
}

export type CodeChangeKind =
  | 'loop' | 'condition' | 'constant' | 'term' | 'function' | 'expression' | 'table' | 'statement'; // prettier-ignore

/** One change of the code. */
export interface CodeChange {
  readonly kind: CodeChangeKind;
  /** What stands there: `coefficient of`, `threshold of`, `end`, ...; may be empty. */
  readonly what: string;
  /** The expression that it is about, as code; may be empty. */
  readonly of: string;
  /** Whose value changes: a name in the emitted code, or a statement's head. */
  readonly place: string;
  /** What the name was in the old code, where it is another one. */
  readonly was?: string;
  /** Code, or a number; absent where something is new. */
  readonly old?: string;
  /** Absent where something is gone. */
  readonly new?: string;
}

/** A line of code that only one of the modules has. */
export interface CodeLine {
  readonly side: 'old' | 'new';
  readonly text: string;
  /** Present where only names of what is new or gone differ: what is left out first. */
  readonly isMinor?: true;
}

/** Which cells of the inputs the module reads. */
export interface InputsReport {
  readonly cells: number;
  readonly oldRead: number;
  readonly newRead: number;
  /** In words, such as `age` or `row 3`; empty where nothing changed. */
  readonly dropped: readonly string[];
  readonly added: readonly string[];
}

/** How many of some inputs are decided otherwise. */
export interface FlipCount {
  readonly inputs: number;
  readonly flips: number;
}

export interface DecisionsReport {
  /** Inputs drawn from the families of probes, or all inputs. */
  readonly drawn: FlipCount;
  readonly isAll: boolean;
  /** How many families the inputs are drawn from, in turn. */
  readonly families: number;
  /** Inputs on both sides of a border between two decisions of one of the models. */
  readonly border: FlipCount;
  /** By direction, the most frequent first; over all inputs run. */
  readonly directions: readonly {
    readonly from: string;
    readonly to: string;
    readonly flips: number;
  }[];
  readonly examples: readonly ExampleReport[];
}

export interface ScoresReport {
  readonly inputs: number;
  readonly isAll: boolean;
  readonly families: number;
  /** Differences of a score, over the inputs drawn. */
  readonly largest: number;
  readonly mean: number;
  readonly example?: ExampleReport;
}

/** Whether the models are one algorithm at two sizes. */
export interface SizesReport {
  readonly old: string;
  readonly new: string;
  /** `proved`, `exhaustive` or `sampled` where one code computes both; else `unknown`. */
  readonly status: VerdictStatus;
  /** Whether the old model alone gave the code; else both together. */
  readonly fromOldAlone: boolean;
  /** Numbers that follow from the sizes: the expression and the value in both modules. */
  readonly constants: readonly {
    readonly expression: string;
    readonly old: number;
    readonly new: number | null;
  }[];
  /** Why no common code was found. */
  readonly reason?: string;
}

export interface SideReport {
  readonly name: string;
  readonly source: string;
  readonly parameters: number;
  readonly neurons: number;
  readonly lines: number;
  readonly weightsInData: number;
  readonly verdict: VerdictStatus;
  /** `null` where it is not bounded. */
  readonly maxError: number | null;
}

export interface ComparisonReport {
  readonly schema: 1;
  readonly meaning: 'same' | 'no difference found' | 'changed';
  readonly known: KnownReport;
  readonly old: SideReport;
  readonly new: SideReport;
  readonly interface: readonly InterfaceChange[];
  /** Empty where layers cannot be compared one by one; `layout` then says so. */
  readonly layers: readonly LayerChange[];
  readonly layout?: { readonly old: string; readonly new: string };
  readonly changes: readonly CodeChange[];
  readonly code: readonly CodeLine[];
  /** Share of the code that both have, from 0 to 1. */
  readonly sharedCode: number;
  readonly inputs?: InputsReport;
  readonly decisions?: DecisionsReport;
  readonly scores?: ScoresReport;
  readonly sizes?: SizesReport;
}
