/**
 * Tables of a chain as expressions: the cheapest that synthesis finds, as a condition where the table
 * has two values. Names stand for numbers throughout; who wants a boolean compares with 1.
 */
import { compare, conditional, num, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import { costOf } from '../cost.js';
import { substituteSymbols } from '../rewrite.js';
import { numberKind } from '../rules/numeric.js';
import type { Feature } from '../synthesis/index.js';
import { synthesise } from '../synthesis/index.js';

export interface Column {
  readonly symbol: ProgramSymbol;
  readonly values: Float64Array;
}

export interface Phrase {
  readonly expression: Expression;
  readonly cost: number;
}

/** Candidate units for one table of a chain: they are small, and many encodings are compared. */
const EFFORT = 6_000;

/** Points for printing a truth as a number. */
const TRUTH_COST = 1;

/** The target (NaN: any value will do) over the columns; `undefined` when it is no function of them. */
export function phraseOf(columns: readonly Column[], target: Float64Array): Phrase | undefined {
  const kept = [...target.keys()].filter((state) => !Number.isNaN(target[state]));
  const wanted = Float64Array.from(kept, (state) => target[state]);
  if (wanted.every((value) => value === wanted[0])) {
    const expression = num(wanted.length === 0 ? 0 : wanted[0]);
    return { expression, cost: costOf(expression) };
  }
  const cut = columns.map(({ symbol: own, values }) => ({
    symbol: own,
    values: Float64Array.from(kept, (state) => values[state]),
  }));
  const phrases = [asCondition(cut, wanted), asNumber(cut, wanted)];
  return phrases
    .filter((phrase) => phrase !== undefined)
    .reduce<Phrase | undefined>(
      (best, next) => (best === undefined || next.cost < best.cost ? next : best),
      undefined,
    );
}

function asNumber(columns: readonly Column[], target: Float64Array): Phrase | undefined {
  const features = columns.map(({ symbol: own, values }): Feature => ({
    symbol: own,
    kind: numberKind(values),
  }));
  const found = synthesise({
    features,
    columns: columns.map(({ values }) => values),
    states: target.length,
    target,
    effort: EFFORT,
    type: 'number',
  });
  if (found === undefined || found.quality === 'table') return undefined;
  return { expression: found.expression, cost: found.cost };
}

function asCondition(columns: readonly Column[], target: Float64Array): Phrase | undefined {
  const values = [...new Set(target)].sort((a, b) => a - b);
  if (values.length !== 2) return undefined;
  const meaning = new Map<ProgramSymbol, Expression>();
  const features = columns.map(({ symbol: own, values: column }): Feature => {
    const kind = numberKind(column);
    if (kind !== 'bit') return { symbol: own, kind };
    const truth = symbol(own.hint, 'boolean');
    meaning.set(truth, compare('===', ref(own), num(1)));
    return { symbol: truth, kind: 'boolean' };
  });
  const found = synthesise({
    features,
    columns: columns.map(({ values: column }) => column),
    states: target.length,
    target: target.map((value) => (value === values[1] ? 1 : 0)),
    effort: EFFORT,
    type: 'boolean',
  });
  if (found === undefined || found.quality === 'table') return undefined;
  const condition = substituteSymbols(found.expression, meaning);
  const truth = values[1] === 1 && (values[0] === 0 || values[0] === -1);
  const expression = conditional(condition, num(values[1]), num(values[0]));
  return { expression, cost: truth ? found.cost + TRUTH_COST : costOf(expression) };
}
