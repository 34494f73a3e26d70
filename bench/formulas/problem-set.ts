/**
 * What a suite of known formulas is: problems as plain data, each with the formula behind it and how
 * rows are drawn. The suites were written down before anything was tuned on them, and nothing under
 * src/ may know them.
 */
import type { Formula } from '../../src/students/math/formula.js';
import type { LossSettings } from '../../src/students/math/problem.js';

/** How the values of one variable are drawn. */
export type Sampling =
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  /** Uniform in the logarithm; both ends positive. */
  | { readonly kind: 'log-uniform'; readonly min: number; readonly max: number }
  /** Whole numbers from `min` to `max`. */
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  /** Whole numbers above an earlier variable, by 1 to `span`. */
  | { readonly kind: 'whole-above'; readonly variable: number; readonly span: number }
  /** Equally spaced, both ends included: row k of n is min + k (max − min) / (n − 1). */
  | { readonly kind: 'spaced'; readonly min: number; readonly max: number }
  /** A column of a table: row k is value k. Fresh values are drawn uniformly from `wider`. */
  | {
      readonly kind: 'listed';
      readonly values: readonly number[];
      readonly wider: readonly [number, number];
    };

/** What is done to the exact values of the formula. */
export type Noise =
  | { readonly kind: 'none' }
  /** Normal, with `level` times the root mean square of the exact values as its deviation (SRBench). */
  | { readonly kind: 'additive'; readonly level: number }
  /** Times e^(level · normal): `level` of the value, and never across 0. */
  | { readonly kind: 'relative'; readonly level: number };

export interface NamedConstant {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface FormulaProblem {
  readonly name: string;
  /** Where the formula and its ranges were published. */
  readonly source: string;
  /** The formula as published, for people. */
  readonly text: string;
  readonly variables: readonly string[];
  /** One for each variable. */
  readonly sampling: readonly Sampling[];
  readonly rows: number;
  /** Units of the variables and of the target, for runs in which they are known. */
  readonly units?: { readonly variables: readonly string[]; readonly target: string };
  /** Constants of nature in the formula, in the units of its variables: what a physicist would name. */
  readonly constants?: readonly NamedConstant[];
  readonly formula: Formula;
  /** What the published protocol adds; a run may ask for another. */
  readonly noise: Noise;
  /** Measured values instead of the formula's: a table from the world, to which no noise is added. */
  readonly measured?: readonly number[];
  /** Rows whose exact value is not a positive normal number are drawn again. */
  readonly positive?: true;
  /** Of a problem whose errors are known to be relative; the default loss elsewhere. */
  readonly loss?: LossSettings;
  /** How far, relative to its size, a constant found from noisy data may be off. */
  readonly constantTolerance: number;
}

export interface Suite {
  readonly name: string;
  readonly problems: readonly FormulaProblem[];
  /** Success rates of published systems in percent, by problem, in the order of `systems`. */
  readonly published?: {
    readonly systems: readonly string[];
    readonly rates: Readonly<Record<string, readonly number[]>>;
  };
}

/** Constants found from noisy rows may be off by so much, where a suite does not say otherwise. */
export const CONSTANT_TOLERANCE = 0.02;

/** The same sampling for each of `count` variables. */
export function repeated(sampling: Sampling, count: number): readonly Sampling[] {
  return Array.from({ length: count }, () => sampling);
}

export function uniform(min: number, max: number): Sampling {
  return { kind: 'uniform', min, max };
}
