/**
 * The patterns in order; at equal gain the earlier one wins. A new pattern is one file and one entry
 * here (its region must be expressible in ir/cluster.ts).
 */
import { all } from './all.js';
import { allBut } from './all-but.js';
import { band } from './band.js';
import { box, hull } from './box.js';
import { diagonal } from './diagonal.js';
import { formula } from './formula.js';
import { line } from './line.js';
import type { Pattern } from './match.js';
import { outer } from './outer.js';
import { slantedFormula } from './slanted-formula.js';

/** Weights that follow a formula: may show any number of different weights. */
export const FORMULAS: readonly Pattern[] = [formula, slantedFormula, outer];

/** Each region holds one weight. */
export const PLAIN_PATTERNS: readonly Pattern[] = [all, line, allBut, box, hull, diagonal, band];

/** What can be said of cells whose order says nothing. */
export const UNORDERED_PATTERNS: readonly Pattern[] = [all];

/** Everything but `single`, which lists what no other pattern explains. */
export const PATTERNS: readonly Pattern[] = [...PLAIN_PATTERNS, ...FORMULAS];
