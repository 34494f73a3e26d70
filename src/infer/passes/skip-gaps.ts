/**
 * A loop over listed positions that lacks few runs says what it leaves out, not all that it takes:
 *
 *   for (const row of [0, 1, 3, 4, 8]) …
 *   →   for (let row = 0; row < 9; row++) { if (row !== 2 && (row < 5 || row > 7)) … }
 */
import { and, branch, compare, loop, num, or, ref } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { mapBlocks } from '../rewrite.js';
import type { Pass } from './pass.js';

/** More gaps than this are harder to read than the list. */
const MAX_GAPS = 2;
/** Two positions are as short as it gets. */
const MIN_LISTED = 3;
/** A list is kept where what to leave out takes nearly as many comparisons as there are positions. */
const MIN_SPARED = 2;

/** Rewrites lists of ascending positions with at most two gaps. */
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
  const gaps = gapsOf(values);
  if (gaps === undefined || gaps.length > MAX_GAPS) return statement;
  const comparisons = gaps.reduce((sum, { first, last }) => sum + (first === last ? 1 : 2), 0);
  if (comparisons + MIN_SPARED > values.length) return statement;
  const [from, to] = [values[0], values[values.length - 1] + 1];
  const inside =
    gaps.length === 0 ? body : [branch(and(...gaps.map((gap) => outside(iterator, gap))), body)];
  return loop(iterator, from, to, inside, comment === undefined ? {} : { comment });
}

interface Gap {
  readonly first: number;
  readonly last: number;
}

/** The runs between ascending whole positions; `undefined` for any other list. */
function gapsOf(values: readonly number[]): readonly Gap[] | undefined {
  const gaps: Gap[] = [];
  for (let k = 1; k < values.length; k++) {
    const [before, value] = [values[k - 1], values[k]];
    if (!Number.isInteger(before) || !Number.isInteger(value) || value <= before) return undefined;
    if (value > before + 1) gaps.push({ first: before + 1, last: value - 1 });
  }
  return gaps;
}

function outside(iterator: ProgramSymbol, { first, last }: Gap): Expression {
  const position = ref(iterator);
  if (first === last) return compare('!==', position, num(first));
  return or(compare('<', position, num(first)), compare('>', position, num(last)));
}
