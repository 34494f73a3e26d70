/** All suites, by name. */
import { FEYNMAN } from './feynman.js';
import { GLASSBOX } from './glassbox.js';
import { HOLD_OUT } from './hold-out.js';
import { LAWS } from './laws.js';
import { NGUYEN } from './nguyen.js';
import type { Suite } from './problem-set.js';

export const SUITES: readonly Suite[] = [NGUYEN, FEYNMAN, LAWS, HOLD_OUT, GLASSBOX];
