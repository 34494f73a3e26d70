/**
 * The patterns in order; at equal gain the earlier one wins. A new pattern is one file and one entry
 * here (its region must be expressible in ir/cluster.ts).
 */
import { all } from './all.js';
import { allBut } from './all-but.js';
import { box, hull } from './box.js';
import { line } from './line.js';
import type { Pattern } from './match.js';

/** Everything but `single`, which lists what no other pattern explains. */
export const PATTERNS: readonly Pattern[] = [all, line, allBut, box, hull];
