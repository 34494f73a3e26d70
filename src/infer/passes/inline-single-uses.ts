/**
 * A constant that is read once, in the block that declares it, stands where it is read, as long as
 * the line stays short enough to read aloud.
 */
import { costOf, isBorderedCell, isLongTruth } from '../cost.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import {
  countSymbol,
  expressionsOf,
  isOperand,
  mapBlocks,
  mapExpressions,
  substituteSymbols,
} from '../rewrite.js';
import { simplifyFlags } from '../simplify.js';
import { accessesOf } from './effects.js';
import { featuresOf } from './name-features.js';
import type { Pass } from './pass.js';

/** Points of the cost model beyond which an expression deserves a name of its own. */
const MAX_COST = 14;

/** A sum of features, or a lone cell at a border, says more than any name for it: a line may be longer. */
const MAX_COST_OF_NAMES = 22;

/** Inlines in every block, inner blocks first. */
export const inlineSingleUses: Pass = {
  name: 'inline-single-uses',
  run: (program, { named = new Set() }) => {
    const arrays = featuresOf(program);
    const isFeature = (value: Expression): boolean =>
      value.kind === 'element' && arrays.has(value.array);
    const features = new Set(
      program.body.flatMap((statement) =>
        statement.kind === 'const' && isFeature(statement.value) ? [statement.symbol] : [],
      ),
    );
    return { ...program, body: inlineBlock(program.body, new Set([...features, ...named])) };
  },
};

function inlineBlock(
  block: readonly Statement[],
  features: ReadonlySet<ProgramSymbol>,
): readonly Statement[] {
  const statements = block.map((statement) =>
    mapBlocks(statement, (inner) => inlineBlock(inner, features)),
  );
  for (let position = 0; position < statements.length; position++) {
    const declaration = statements[position];
    // A feature's name says more than its position: it stays, even where it is read once.
    if (declaration.kind !== 'const' || features.has(declaration.symbol)) continue;
    const user = onlyUser(statements, position, declaration.symbol);
    if (user === undefined || !isStable(statements, position, user, declaration.value)) continue;
    if (staysNamed(statements, position, user)) continue;
    const replaced = new Map([[declaration.symbol, declaration.value]]);
    const changed = mapExpressions(statements[user], (expression) =>
      simplifyFlags(substituteSymbols(expression, replaced)),
    );
    // Which element of a list is read, may be known at run time only.
    if (accessesOf([changed]).some(({ symbol }) => symbol === declaration.symbol)) continue;
    const speaks = isBorderedCell(declaration.value) || isSumOf(declaration.value, features);
    const most = speaks ? MAX_COST_OF_NAMES : MAX_COST;
    if (partsOf(changed).some((expression) => costOf(expression) > most)) continue;
    statements[user] = changed;
    statements.splice(position, 1);
    position--;
  }
  return statements;
}

/** What has a line of its own: a list that an array becomes is written one element below the other. */
function partsOf(statement: Statement): readonly Expression[] {
  const isHeld = statement.kind === 'assign' || statement.kind === 'const';
  if (isHeld && statement.value.kind === 'array') {
    return statement.value.elements;
  }
  return expressionsOf(statement);
}

function isSumOf(value: Expression, names: ReadonlySet<ProgramSymbol>): boolean {
  if (value.kind === 'symbol') return names.has(value.symbol);
  if (value.kind !== 'binary' || value.operator !== '+') return false;
  return isSumOf(value.left, names) && isSumOf(value.right, names);
}

/**
 * True for a truth that is read with another one which is too long to stand in a condition, and for a
 * cell at a border that is computed with together with another one, or inside an index.
 */
function staysNamed(block: readonly Statement[], position: number, user: number): boolean {
  const [own, reader] = [block[position], block[user]];
  if (own.kind !== 'const') return false;
  // One of several arrays that are given back: the others keep their names, and so does it.
  const isOneOfSeveral = reader.kind === 'return' && reader.value.kind === 'array';
  if (own.symbol.type.extents.length > 0 && isOneOfSeveral) return true;
  const read = new Set(accessesOf([reader]).map((access) => access.symbol));
  const together = constantsOf(block.slice(0, user)).filter(({ symbol }) => read.has(symbol));
  if (isBorderedCell(own.value)) {
    const isComputed = (symbol: ProgramSymbol): boolean =>
      expressionsOf(reader).some((expression) => isOperand(expression, symbol));
    if (!isComputed(own.symbol)) return false;
    const operands = together.filter(
      ({ symbol, value }) => isBorderedCell(value) && isComputed(symbol),
    );
    return operands.length > 1 || isInIndex(reader, own.symbol);
  }
  if (own.symbol.type.scalar !== 'boolean') return false;
  const truths = together.filter(({ symbol }) => symbol.type.scalar === 'boolean');
  return truths.length > 1 && truths.some(({ value }) => isLongTruth(value));
}

type Constant = Extract<Statement, { readonly kind: 'const' }>;

function constantsOf(block: readonly Statement[]): readonly Constant[] {
  return block.filter((statement) => statement.kind === 'const');
}

function isInIndex(statement: Statement, symbol: ProgramSymbol): boolean {
  return accessesOf([statement]).some(({ indices }) =>
    indices?.some((index) => countSymbol(index, symbol) > 0),
  );
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
