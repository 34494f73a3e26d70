/**
 * What the user knows of a formula before it is searched: part of the settings, and plain data like them.
 * Variables are positions among the columns of the problem.
 */
import type { Dimensions } from '../dimensions/check.js';
import type { Formula } from '../formula.js';
import type { CustomOperator } from './custom-operator.js';
import type { Template } from './template.js';

export interface Knowledge {
  readonly dimensions?: Dimensions;
  /** Variables that every formula reads, the best constant apart. */
  readonly required?: readonly number[];
  /** Pairs of variables of which no formula reads both. */
  readonly apart?: readonly (readonly [number, number])[];
  /** Formulas to begin with; their constants are fitted. */
  readonly guesses?: readonly Formula[];
  /** Operators of the user's; the first of one argument has the first slot, and so on. */
  readonly operators?: readonly CustomOperator[];
  /** The shape that every formula has; formulas are then bundles of the trees in its holes. */
  readonly template?: Template;
}
