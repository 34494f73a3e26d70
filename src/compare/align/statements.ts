/**
 * Two blocks laid over each other: which statement of one is which of the other, wherever it stands, and
 * what is gone or new. Costs are compared first with guesses of which symbols are the same, then with the
 * symbols of the statements that were paired.
 */
import { dumpExpression } from '../../ir/program-dump.js';
import type { Statement } from '../../ir/program.js';
import { assign } from './assign.js';
import { FormComparison, numbers, together } from './delta.js';
import type { Change, Delta } from './delta.js';
import type { Partners } from './partners.js';
import type { Role, StatementRecord } from './records.js';

/** One statement and what became of it; one side is missing where it is new or gone. */
export interface Step {
  readonly old?: StatementRecord;
  readonly new?: StatementRecord;
  /** Of a pair: its own changes, those of the blocks left out. */
  readonly changes: readonly Change[];
  /** The loops and conditions of the new program around it, or of the old one if it is gone. */
  readonly around: readonly Statement[];
}

export interface BlockDelta {
  readonly cost: number;
  /** In the order of the new program; what is gone stands behind what it stood behind. */
  readonly steps: (around: readonly Statement[]) => readonly Step[];
  /** Pairs of statements, those within pairs included. */
  readonly pairs: () => readonly Pair[];
}

/** Two statements that are taken for one, and what they differ in. */
export interface Pair {
  readonly old: StatementRecord;
  readonly new: StatementRecord;
  readonly cost: number;
}

export class StatementComparison {
  private readonly forms: FormComparison;
  private readonly known = new Map<StatementRecord, Map<StatementRecord, StatementDelta>>();

  constructor(private readonly partners: Partners) {
    this.forms = new FormComparison(partners);
  }

  /** Lays the statements of two blocks over each other. */
  blocks(old: readonly StatementRecord[], fresh: readonly StatementRecord[]): BlockDelta {
    const found = assign(
      old,
      fresh,
      (a, b) => this.statement(a, b).cost,
      ({ size }) => size,
      keyOf,
    );
    const unpaired = [...found.gone, ...found.fresh].reduce((sum, { size }) => sum + size, 0);
    const deltas = found.matched.map(([a, b]) => ({ a, b, delta: this.statement(a, b) }));
    const cost = deltas.reduce((sum, { delta }) => sum + delta.cost, unpaired);
    const pairs = (): readonly Pair[] =>
      deltas.flatMap(({ a, b, delta }) => [
        { old: bodyOf(a, b), new: bodyOf(b, a), cost: delta.cost },
        ...delta.blocks.flatMap((block) => block.pairs()),
      ]);
    return { cost, pairs, steps: (around) => this.steps(old, fresh, found.matched, around) };
  }

  private steps(
    old: readonly StatementRecord[],
    fresh: readonly StatementRecord[],
    matched: readonly (readonly [StatementRecord, StatementRecord])[],
    around: readonly Statement[],
  ): readonly Step[] {
    const oldOf = new Map(matched.map(([a, b]) => [b, a]));
    const paired = new Set(matched.map(([a]) => a));
    const steps: Step[] = [];
    const leave = (from: number): void => {
      for (const gone of old.slice(from)) {
        if (paired.has(gone)) break;
        steps.push({ old: gone, changes: [], around });
      }
    };
    leave(0);
    for (const one of fresh) {
      const partner = oldOf.get(one);
      if (partner === undefined) {
        steps.push({ new: one, changes: [], around });
        continue;
      }
      const delta = this.statement(partner, one);
      steps.push({ old: partner, new: one, changes: delta.own.changes(), around });
      for (const block of delta.blocks) steps.push(...block.steps([...around, one.statement]));
      leave(old.indexOf(partner) + 1);
    }
    return steps;
  }

  private statement(old: StatementRecord, fresh: StatementRecord): StatementDelta {
    const row = this.known.get(old) ?? new Map<StatementRecord, StatementDelta>();
    this.known.set(old, row);
    const known = row.get(fresh);
    if (known !== undefined) return known;
    const delta = this.statementDelta(old, fresh);
    row.set(fresh, delta);
    return delta;
  }

  private statementDelta(old: StatementRecord, fresh: StatementRecord): StatementDelta {
    if (old.word !== fresh.word) return this.guarded(old, fresh);
    const named =
      old.symbol === undefined || fresh.symbol === undefined
        ? 0
        : this.partners.cost(old.symbol, fresh.symbol);
    // What a declared symbol is called is no difference, but tells which of two alike is meant.
    const naming: Delta = { cost: Math.min(named, 1) * SLIGHT, changes: () => [] };
    const forms = old.forms.map(([role, form], k) => this.role(role, form, fresh.forms[k][1]));
    const figures = figuresOf(old, fresh);
    const own = together([...forms, figures]);
    const blocks = old.blocks.map((block, k) => this.blocks(block, fresh.blocks[k]));
    const inner = blocks.reduce((sum, { cost }) => sum + cost, 0);
    return { own, blocks, cost: own.cost + naming.cost + inner };
  }

  /** A statement that has got a condition in front of it, or lost it. */
  private guarded(old: StatementRecord, fresh: StatementRecord): StatementDelta {
    const [one, two] = [bodyOf(old, fresh), bodyOf(fresh, old)];
    if (one.word !== two.word) return UNLIKE;
    const inner = this.statement(one, two);
    const isNew = one === old;
    const [, condition] = (isNew ? fresh : old).forms[0];
    const side = isNew ? 'new' : 'old';
    const guard: Delta = {
      cost: condition.size,
      changes: () => [{ kind: 'condition', what: 'guard', [side]: condition.expression }],
    };
    const own = together([guard, inner.own]);
    return { own, blocks: inner.blocks, cost: inner.cost + guard.cost };
  }

  private role(role: Role, old: Form, fresh: Form): Delta {
    if ((role === 'start' || role === 'end') && old.kind === 'number' && fresh.kind === 'number') {
      return numbers(role, old.value, fresh.value);
    }
    const delta = this.forms.compare(old, fresh);
    if (delta.cost === 0 || (role !== 'start' && role !== 'end')) return delta;
    const [one, two] = [old.expression, fresh.expression];
    return { ...delta, changes: () => [{ kind: 'loop', what: role, old: one, new: two }] };
  }
}

type Form = StatementRecord['forms'][number][1];

interface StatementDelta {
  readonly cost: number;
  readonly own: Delta;
  readonly blocks: readonly BlockDelta[];
}

/** A statement as text, by the names that its program gives. */
function keyOf({ word, symbol, forms, numbers: figures, blocks }: StatementRecord): string {
  const own = forms.map(([role, { expression }]) => `${role} ${dumpExpression(expression)}`);
  const inner = blocks.map((block) => block.map(keyOf));
  return JSON.stringify([word, symbol?.hint, own, figures, inner]);
}

const UNLIKE: StatementDelta = {
  cost: Infinity,
  own: { cost: Infinity, changes: () => [] },
  blocks: [],
};

/** The lone statement behind a condition where the other one is not behind any; else the statement. */
export function bodyOf(one: StatementRecord, other: StatementRecord): StatementRecord {
  if (one.word !== 'asks' || other.word === 'asks') return one;
  const [then, otherwise] = one.blocks;
  return then.length === 1 && otherwise.length === 0 ? then[0] : one;
}

/** Tells apart what is otherwise equal, and outweighs nothing. */
const SLIGHT = 0.05;

/** Steps of loops, fills and extents of arrays, listed positions. */
function figuresOf(old: StatementRecord, fresh: StatementRecord): Delta {
  const isList = old.word === 'lists';
  if (isList || old.numbers.length !== fresh.numbers.length) {
    const [one, two] = [old, fresh].map(({ numbers: all }) => all.map(([, value]) => value).join(', ')); // prettier-ignore
    if (one === two) return { cost: 0, changes: () => [] };
    const kind = isList ? 'loop' : 'constant';
    return {
      cost: 1,
      changes: () => [{ kind, what: 'positions', old: `[${one}]`, new: `[${two}]` }],
    };
  }
  return together(old.numbers.map(([what, value], k) => numbers(what, value, fresh.numbers[k][1])));
}
