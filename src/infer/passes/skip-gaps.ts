/**
 * A loop over listed positions that lacks few runs says what it leaves out, not all that it takes:
 *
 *   for (const row of [0, 1, 3, 4, 8]) …
 *   →   for (let row = 0; row < 9; row++) { if (row !== 2 && (row < 5 || row > 7)) … }
 */
import type { Gap } from '../../ir/gaps.js';
import { gapsToSkip } from '../../ir/gaps.js';
import { and, branch, compare, loop, num, or, ref } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { mapBlocks } from '../rewrite.js';
import type { Pass } from './pass.js';

/** Two positions are as short as it gets. */
const MIN_LISTED = 3;

/** Rewrites lists of ascending positions whose gaps are told shorter than the list. */
export const skipGaps: Pass = {
  name: 'skip-gaps',
  run: (program: Program) => ({ ...program, body: skipBlock(program.body) }),
};

function skipBlock(block: readonly Statement[]): readonly Statement[] {
  return block.map((statement) => mapBlocks(skipLoop(statement), skipBlock));
}

function skipLoop(statement: Statement): Statement {
  if (statement.kind !== 'for-of' || statement.values.length < MIN_LISTED) return statement;
  const { iterator, values, body, comment } = statement;
  const gaps = gapsToSkip(values);
  if (gaps === undefined) return statement;
  const [from, to] = [values[0], values[values.length - 1] + 1];
  const inside =
    gaps.length === 0 ? body : [branch(and(...gaps.map((gap) => outside(iterator, gap))), body)];
  return loop(iterator, from, to, inside, comment === undefined ? {} : { comment });
}

function outside(iterator: ProgramSymbol, { first, last }: Gap): Expression {
  const position = ref(iterator);
  if (first === last) return compare('!==', position, num(first));
  return or(compare('<', position, num(first)), compare('>', position, num(last)));
}
