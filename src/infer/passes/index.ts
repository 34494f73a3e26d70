/**
 * The passes, in their order. Each keeps the value and hands on a legal Program: that is checked after
 * every one of them.
 */
import { checkProgram } from '../../ir/program-check.js';
import type { Program } from '../../ir/program.js';
import { callDense } from './call-dense.js';
import { contractArrays } from './contract-arrays.js';
import { countConditions } from './count-conditions.js';
import { declareLate } from './declare-late.js';
import { dropCopies } from './drop-copies.js';
import { dropDead } from './drop-dead.js';
import { fuseLoops } from './fuse-loops.js';
import { inlineSingleUses } from './inline-single-uses.js';
import { mergeConstants } from './merge-constants.js';
import { nameFeatures } from './name-features.js';
import { nameLayers } from './name-layers.js';
import type { Pass, PassOptions } from './pass.js';
import { roundConstants } from './round-constants.js';
import { skipGaps } from './skip-gaps.js';
import { spellFeatureSums } from './spell-feature-sums.js';
import { sumLocally } from './sum-locally.js';
import { walkLists } from './walk-lists.js';

export const PASSES: readonly Pass[] = [
  dropDead,
  dropCopies,
  nameLayers,
  callDense,
  fuseLoops,
  contractArrays,
  dropCopies,
  walkLists,
  dropDead,
  spellFeatureSums,
  nameFeatures,
  mergeConstants,
  inlineSingleUses,
  countConditions,
  declareLate,
  skipGaps,
  roundConstants,
  sumLocally,
];

/**
 * Runs every pass once.
 *
 * @throws Error when a pass hands on an illegal program: a bug, never the user's fault.
 */
export function runPasses(program: Program, options: PassOptions): Program {
  return PASSES.reduce((current, pass) => {
    const next = pass.run(current, options);
    const problems = checkProgram(next, { lowered: true });
    if (problems.length > 0) throw new Error(`pass ${pass.name}: ${problems[0]}`);
    return next;
  }, program);
}
