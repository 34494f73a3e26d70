/**
 * A constant that is read once, in the block that declares it, stands where it is read, as long as
 * the line stays short enough to read aloud.
 */
import { costOf } from '../cost.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { expressionsOf, mapBlocks, mapExpressions, substituteSymbols } from '../rewrite.js';
import { simplifyFlags } from '../simplify.js';
import { accessesOf } from './effects.js';
import { featuresOf } from './name-features.js';
import type { Pass } from './pass.js';

/** Points of the cost model beyond which an expression deserves a name of its own. */
const MAX_COST = 14;

/** Inlines in every block, inner blocks first. */
export const inlineSingleUses: Pass = {
  name: 'inline-single-uses',
  run: (program) => {
    const features = featuresOf(program);
    // A feature's name says more than its position: it stays, even where it is read once.
    const keeps = (value: Expression): boolean =>
      value.kind === 'element' && features.has(value.array);
    return { ...program, body: inlineBlock(program.body, keeps) };
  },
};

function inlineBlock(
  block: readonly Statement[],
  keeps: (value: Expression) => boolean,
): readonly Statement[] {
  const statements = block.map((statement) =>
    mapBlocks(statement, (inner) => inlineBlock(inner, keeps)),
  );
  for (let position = 0; position < statements.length; position++) {
    const declaration = statements[position];
    if (declaration.kind !== 'const' || keeps(declaration.value)) continue;
    const user = onlyUser(statements, position, declaration.symbol);
    if (user === undefined || !isStable(statements, position, user, declaration.value)) continue;
    const replaced = new Map([[declaration.symbol, declaration.value]]);
    const changed = mapExpressions(statements[user], (expression) =>
      simplifyFlags(substituteSymbols(expression, replaced)),
    );
    if (expressionsOf(changed).some((expression) => costOf(expression) > MAX_COST)) continue;
    statements[user] = changed;
    statements.splice(position, 1);
    position--;
  }
  return statements;
}

/** The later statement of the block that reads the symbol once, in its own expressions. */
function onlyUser(
  block: readonly Statement[],
  from: number,
  symbol: ProgramSymbol,
): number | undefined {
  let user: number | undefined;
  for (let position = from + 1; position < block.length; position++) {
    const reads = accessesOf([block[position]]).filter((access) => access.symbol === symbol);
    if (reads.length === 0) continue;
    if (reads.length > 1 || user !== undefined) return undefined;
    user = position;
  }
  if (user === undefined) return undefined;
  const own = expressionsOf(block[user]).flatMap((value) =>
    accessesOf([{ kind: 'return', value }]),
  );
  return own.some((access) => access.symbol === symbol) ? user : undefined;
}

/** True when nothing between the two statements writes what the value reads. */
function isStable(
  block: readonly Statement[],
  from: number,
  to: number,
  value: Expression,
): boolean {
  const needed = new Set(accessesOf([{ kind: 'return', value }]).map((access) => access.symbol));
  return accessesOf(block.slice(from + 1, to)).every(
    (access) => access.kind === 'read' || !needed.has(access.symbol),
  );
}
