/**
 * Two programs laid over each other: every statement of either, with its partner where it has one. Names
 * and the order of statements do not count; which symbol is which follows from the statements that
 * declare them.
 */
import type { Program, ProgramSymbol } from '../../ir/program.js';
import { compareTables } from './tables.js';
import type { TableChange } from './tables.js';
import { Partners } from './partners.js';
import { aliasesOf, recordsOf } from './records.js';
import type { StatementRecord } from './records.js';
import { StatementComparison } from './statements.js';
import type { Pair, Step } from './statements.js';

export interface ProgramAlignment {
  readonly steps: readonly Step[];
  readonly tables: readonly TableChange[];
  /** Share of both programs that they have in common, from 0 to 1. */
  readonly shared: number;
}

/** Rounds in which pairs of statements say which symbols are the same, and symbols which statements. */
const ROUNDS = 3;

/** More pairs of statements in two blocks than this are not worth the time: such code is no reading matter. */
const MOST_STATEMENTS = 2000;

/** Lays two lowered programs over each other; `undefined` where they are too long for it. */
export function alignPrograms(old: Program, fresh: Program): ProgramAlignment | undefined {
  const [oldBody, newBody] = [old, fresh].map((program) =>
    recordsOf(program.body, aliasesOf(program)),
  );
  if (countOf(oldBody) > MOST_STATEMENTS || countOf(newBody) > MOST_STATEMENTS) return undefined;
  const tables = compareTables(old, fresh);
  let partners = start(old, fresh, tables, false);
  for (let round = 1; ; round++) {
    const delta = new StatementComparison(partners).blocks(oldBody, newBody);
    if (round > ROUNDS) {
      const whole = sizeOf(oldBody) + sizeOf(newBody);
      const shared = whole === 0 ? 1 : Math.max(0, 1 - delta.cost / whole);
      return { steps: delta.steps([]), tables: tables.filter(({ isOther }) => isOther), shared };
    }
    partners = start(old, fresh, tables, round === ROUNDS);
    for (const [one, two] of elected(delta.pairs())) partners.add(one, two);
  }
}

/** What a declaration says of who is who where it says nothing but a type and a number to start from. */
const BARE = 0.1;

/** Pairs of symbols by what the statements about them say, the surest first. */
function elected(pairs: readonly Pair[]): readonly (readonly [ProgramSymbol, ProgramSymbol])[] {
  const votes = new Map<ProgramSymbol, Map<ProgramSymbol, number>>();
  for (const { old, new: fresh, cost } of pairs) {
    if (old.symbol === undefined || fresh.symbol === undefined) continue;
    const likeness = Math.max(0, 1 - cost / (old.size + fresh.size));
    const weight = old.word === 'starts' || old.word === 'allocates' ? BARE : likeness;
    const row = votes.get(old.symbol) ?? new Map<ProgramSymbol, number>();
    votes.set(old.symbol, row);
    row.set(fresh.symbol, (row.get(fresh.symbol) ?? 0) + weight);
  }
  return [...votes]
    .flatMap(([one, row]) => [...row].map(([two, weight]) => ({ one, two, weight })))
    .sort((a, b) => b.weight - a.weight)
    .map(({ one, two }) => [one, two] as const);
}

/** Parameters and tables have partners from the start. */
function start(
  old: Program,
  fresh: Program,
  tables: readonly TableChange[],
  isFinal: boolean,
): Partners {
  const partners = new Partners(isFinal);
  old.parameters.forEach((parameter, index) => {
    const partner = fresh.parameters.at(index);
    if (partner !== undefined) partners.add(parameter, partner);
  });
  for (const table of tables) {
    if (table.old !== undefined && table.new !== undefined) {
      partners.add(table.old.symbol, table.new.symbol);
    }
  }
  return partners;
}

function countOf(block: readonly StatementRecord[]): number {
  return block.reduce(
    (sum, { blocks }) => sum + blocks.reduce((inner, own) => inner + countOf(own), 1),
    0,
  );
}

function sizeOf(block: readonly StatementRecord[]): number {
  return block.reduce((sum, { size }) => sum + size, 0);
}
