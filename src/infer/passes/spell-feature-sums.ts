/**
 * A short sum over inputs that have names is spelled out, so that it can name them:
 *
 *   for (let i = 0; i < 2; i++) total += patient[i];   →   total = patient[0] + patient[1]
 */
import { add, element, negate } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { mapBlocks } from '../rewrite.js';
import { accessesOf } from './effects.js';
import { featuresOf } from './name-features.js';
import type { Pass } from './pass.js';

/** Longer sums stay loops. */
const MOST_SPELLED = 6;

/** Spells out loops that only add up a few cells of an input with features. */
export const spellFeatureSums: Pass = {
  name: 'spell-feature-sums',
  run: (program) => {
    const features = featuresOf(program);
    return features.size === 0 ? program : { ...program, body: spell(program.body, features) };
  },
};

type Features = ReturnType<typeof featuresOf>;

function spell(block: readonly Statement[], features: Features): readonly Statement[] {
  const spelled = block.map((statement) => {
    const loop = spelledLoop(statement, features);
    return loop ?? mapBlocks(statement, (inner) => spell(inner, features));
  });
  return spelled.flatMap((statement, at) => {
    const start = spelled.at(at - 1);
    if (at > 0 && start !== undefined && isOnlyWrite(spelled, start, statement)) return [];
    const next = spelled.at(at + 1);
    if (next === undefined || !isOnlyWrite(spelled, statement, next)) return [statement];
    return statement.kind === 'let' && next.kind === 'assign'
      ? [{ kind: 'const', symbol: statement.symbol, value: signed(next) } as const]
      : [statement];
  });
}

/** Whether `next` is the one write of the accumulator that `start` declares as 0. */
function isOnlyWrite(block: readonly Statement[], start: Statement, next: Statement): boolean {
  if (start.kind !== 'let' || start.value.kind !== 'number' || start.value.value !== 0)
    return false;
  if (next.kind !== 'assign' || next.symbol !== start.symbol || next.operator === '=') return false;
  const writes = accessesOf(block).filter(
    (access) => access.symbol === start.symbol && access.kind !== 'read',
  );
  return writes.length === 1;
}

function signed(assign: Extract<Statement, { readonly kind: 'assign' }>): Expression {
  return assign.operator === '-=' ? negate(assign.value) : assign.value;
}

/** The loop's sum as one assignment; `undefined` for every other statement. */
function spelledLoop(statement: Statement, features: Features): Statement | undefined {
  if (statement.kind !== 'for' && statement.kind !== 'for-of') return undefined;
  const positions = positionsOf(statement);
  const [assign, ...more] = statement.body;
  if (positions === undefined || more.length > 0) return undefined;
  if (assign.kind !== 'assign' || assign.operator === '=' || assign.indices.length > 0) {
    return undefined;
  }
  const array = readArray(assign.value, statement.iterator);
  if (array === undefined || !features.has(array)) return undefined;
  const cells = positions.map((position) => element(array, position));
  return { ...assign, value: cells.reduce((sum, cell) => add(sum, cell)) };
}

/** The array of `array[iterator]`. */
function readArray(value: Expression, iterator: ProgramSymbol): ProgramSymbol | undefined {
  if (value.kind !== 'element' || value.indices.length !== 1) return undefined;
  const [index] = value.indices;
  return index.kind === 'symbol' && index.symbol === iterator ? value.array : undefined;
}

/** The positions of a short loop with literal bounds. */
function positionsOf(
  loop: Extract<Statement, { readonly kind: 'for' | 'for-of' }>,
): readonly number[] | undefined {
  if (loop.kind === 'for-of') return loop.values.length > MOST_SPELLED ? undefined : loop.values;
  const { from, to, step } = loop;
  if (from.kind !== 'number' || to.kind !== 'number') return undefined;
  const count = Math.ceil((to.value - from.value) / step);
  if (count < 1 || count > MOST_SPELLED) return undefined;
  return Array.from({ length: count }, (_, rank) => from.value + rank * step);
}
