/**
 * What two programs laid over each other differ in, as text: each difference by itself, and the lines of
 * code that only one of them has. What merely stands elsewhere is no difference.
 */
import { createSnippets } from '../emit/index.js';
import type { Snippets } from '../emit/index.js';
import { shortNumber } from './describe-input.js';
import type { Expression, Program, Statement } from '../ir/program.js';
import type { CodeChange, CodeLine } from '../report/index.js';
import type { Change } from './align/delta.js';
import { alignPrograms } from './align/programs.js';
import type { StatementRecord } from './align/records.js';
import { bodyOf } from './align/statements.js';
import type { Step } from './align/statements.js';
import type { TableChange } from './align/tables.js';

export interface CodeDifference {
  readonly changes: readonly CodeChange[];
  readonly code: readonly CodeLine[];
  readonly shared: number;
}

/** The differences of two lowered programs, in the order of the new one. */
export function codeDifference(old: Program, fresh: Program): CodeDifference {
  const alignment = alignPrograms(old, fresh);
  if (alignment === undefined) return { changes: [], code: [], shared: 0 };
  const told = new Telling(createSnippets(old), createSnippets(fresh));
  const steps = withoutMoves(alignment.steps, told);
  return {
    changes: [
      ...steps.flatMap((step) => told.changes(step)),
      ...alignment.tables.map((table) => told.table(table)),
    ],
    code: steps.flatMap((step) => told.lines(step)),
    shared: alignment.shared,
  };
}

/** Without statements that are gone at one place and stand at another one, word for word. */
function withoutMoves(steps: readonly Step[], told: Telling): readonly Step[] {
  const moved = new Set<Step>();
  for (const step of steps) {
    if (step.new !== undefined || step.old === undefined) continue;
    const text = told.old.lines(step.old.statement).join('\n');
    const other = steps.find(
      (one) =>
        one.old === undefined &&
        one.new !== undefined &&
        !moved.has(one) &&
        told.fresh.lines(one.new.statement).join('\n') === text,
    );
    if (other === undefined) continue;
    moved.add(step);
    moved.add(other);
  }
  return steps.filter((step) => !moved.has(step));
}

class Telling {
  constructor(
    readonly old: Snippets,
    readonly fresh: Snippets,
  ) {}

  changes(step: Step): readonly CodeChange[] {
    if (step.old !== undefined && step.new !== undefined) {
      const place = placeOf(bodyOf(step.new, step.old), this.fresh);
      const was = placeOf(bodyOf(step.old, step.new), this.old);
      return step.changes
        .map((change) => this.change(change, place, was))
        .filter(({ old, new: fresh, of }) => old !== fresh || of !== '');
    }
    const gone = step.old !== undefined;
    const one = step.old ?? step.new;
    if (one === undefined) return [];
    const snippets = gone ? this.old : this.fresh;
    const text = snippets.head(one.statement);
    const kind = one.word === 'loops' || one.word === 'lists' ? 'loop' : one.word === 'asks' ? 'condition' : 'statement'; // prettier-ignore
    const place = placeOf(one, snippets);
    return [{ kind, what: '', of: '', place, ...(gone ? { old: text } : { new: text }) }];
  }

  lines(step: Step): readonly CodeLine[] {
    const whole = (side: 'old' | 'new', statement: Statement): readonly CodeLine[] =>
      (side === 'old' ? this.old : this.fresh)
        .lines(statement)
        .map((text): CodeLine => ({ side, text }));
    if (step.old === undefined) {
      return step.new === undefined ? [] : whole('new', step.new.statement);
    }
    if (step.new === undefined) return whole('old', step.old.statement);
    if (step.changes.length === 0) return [];
    // A condition in front of what was there before shows with what is behind it.
    if (step.old.word !== step.new.word) {
      return [...whole('old', step.old.statement), ...whole('new', step.new.statement)];
    }
    const [one, two] = [this.old.head(step.old.statement), this.fresh.head(step.new.statement)];
    if (one === two) return [];
    const minor = step.changes.every(({ kind, old, new: fresh }) => kind === 'expression' && isLeaf(old) && isLeaf(fresh)) ? ({ isMinor: true } as const) : {}; // prettier-ignore
    return [
      { side: 'old', text: one, ...minor },
      { side: 'new', text: two, ...minor },
    ];
  }

  table({ old, new: fresh, changed, isReordered, place, from, to }: TableChange): CodeChange {
    const nameOf = (): string => {
      if (fresh !== undefined) return this.fresh.name(fresh.symbol);
      return old === undefined ? '' : this.old.name(old.symbol);
    };
    const name = nameOf();
    const base = { kind: 'table', of: '', place: name } as const;
    const words = (extents: readonly number[]): string => extents.join(' × ');
    if (old === undefined || fresh === undefined) {
      const extents = words((old ?? fresh)?.symbol.type.extents ?? []);
      const what = 'the table';
      return old === undefined ? { ...base, what, new: extents } : { ...base, what, old: extents };
    }
    const [one, two] = [old, fresh].map(({ symbol }) => words(symbol.type.extents));
    if (one !== two) return { ...base, what: 'the extents', old: one, new: two };
    const at = indicesText(fresh.symbol.type.extents, place ?? 0);
    return {
      ...base,
      what: `${changed} of ${fresh.values.length} numbers${isReordered ? ', the rest in another order' : ''}`,
      of: `${name}${at}`,
      old: shortNumber(from ?? NaN),
      new: shortNumber(to ?? NaN),
    };
  }

  private change(
    { kind, what, of, old, new: fresh }: Change,
    place: string,
    was: string,
  ): CodeChange {
    const text = (part: Expression | string, snippets: Snippets): string =>
      typeof part === 'string' ? part : snippets.expression(part);
    return {
      kind,
      what,
      of: of === undefined ? '' : this.fresh.expression(of),
      place,
      ...(was === place || isHead(place) ? {} : { was }),
      ...(old === undefined ? {} : { old: text(old, this.old) }),
      ...(fresh === undefined ? {} : { new: text(fresh, this.fresh) }),
    };
  }
}

/** Whose value a statement is about, as code. */
function placeOf({ statement, symbol, word }: StatementRecord, snippets: Snippets): string {
  if (word === 'loops' || word === 'lists' || word === 'asks') return snippets.head(statement);
  return symbol === undefined ? 'return' : snippets.name(symbol);
}

/** A name or a cell: where nothing else differs, the difference is where the value stands. */
function isLeaf(part: Expression | string | undefined): boolean {
  return typeof part === 'object' && (part.kind === 'symbol' || part.kind === 'element');
}

/** Whether a place is a loop or a condition, which is told by its code. */
function isHead(place: string): boolean {
  return /[ (]/.test(place);
}

/** `[2][5]` of a row-major position. */
function indicesText(extents: readonly number[], place: number): string {
  let text = '';
  for (const extent of [...extents].reverse()) {
    text = `[${place % extent}]${text}`;
    place = Math.floor(place / extent);
  }
  return text;
}
