/**
 * A scan as statements: its states, and a loop over its steps.
 *
 *   let hidden = new Array(4).fill(0);
 *   for (let step = 0; step < 20; step++) {
 *     const next = …;              // reads hidden and input[step]
 *     hidden = next;
 *   }
 *
 * A state whose every cell follows from itself and from what was computed before is changed where it
 * stands; any other makes way for the next one when the whole step is done.
 */
import { scanShape } from '../../ir/network.js';
import type { Feed, Scan } from '../../ir/network.js';
import {
  allocate,
  allocateRebound,
  array,
  assign,
  constant,
  element,
  loop,
  num,
  ref,
  subtract,
  symbol,
  variable,
} from '../../ir/program-builders.js';
import { LARGEST_INLINE_TABLE } from '../../ir/program.js';
import type { Expression, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import { letterOf, storedIndices } from '../../ir/stage.js';
import { accessesOf, declaredIn } from '../passes/effects.js';
import { renameInBlock } from '../rewrite.js';
import { camelCase } from '../words.js';
import type { History } from './histories.js';
import { statesInPlace } from './in-place.js';
import { readRows } from './rows.js';

export interface LoweredScan {
  readonly tables: readonly Table[];
  readonly statements: readonly Statement[];
  /** What holds each output of the scan. */
  readonly outputs: readonly ProgramSymbol[];
  readonly histories: readonly History[];
}

/** What one step is: the statements that compute the body's results, and what holds them. */
export interface LoweredBody {
  readonly tables: readonly Table[];
  readonly body: readonly Statement[];
  readonly results: readonly ProgramSymbol[];
  readonly histories: readonly History[];
}

interface State {
  readonly symbol: ProgramSymbol;
  readonly feed: Extract<Feed, { readonly kind: 'state' }>;
  /** The layer of the body that changes the state where it stands. */
  readonly changedBy: number | undefined;
}

/**
 * Lowers a scan whose sources are held by the given symbols. `lowerBody` lowers its body, whose inputs are
 * held by symbols of its own; layers of the map write into the arrays there. `isOneOfSeveral`: of layers.
 */
export function lowerScan(
  scan: Scan,
  sources: readonly ProgramSymbol[],
  lowerBody: (
    inputs: readonly ProgramSymbol[],
    inPlace: ReadonlyMap<number, ProgramSymbol>,
  ) => LoweredBody,
  isOneOfSeveral = false,
): LoweredScan {
  const inputs = scan.body.inputs.map(({ name, shape }, input) => {
    const feed = scan.feeds[input];
    if (feed.kind === 'whole') return sources[feed.source];
    const hint = feed.kind === 'state' ? `${scan.word} ${name}` : name;
    return symbol(camelCase(hint), 'number', shape);
  });
  const changed = statesInPlace(scan);
  const states = new Map<number, State>();
  scan.feeds.forEach((feed, input) => {
    if (feed.kind !== 'state') return;
    states.set(input, { symbol: inputs[input], feed, changedBy: changed.get(input) });
  });
  const inPlace = new Map<number, ProgramSymbol>();
  for (const [input, layer] of changed) inPlace.set(layer, inputs[input]);
  const lowered = withWord(lowerBody(inputs, inPlace), scan.word, isOneOfSeveral);
  const tables = [...lowered.tables];
  const updates = updatesOf([...states.values()], lowered);
  const starts = [...states.values()].flatMap((state) =>
    startOf(state, sources, updates.rebound.has(state.symbol), tables),
  );
  const step = symbol('step');
  const kept = keptOf(scan, inputs, step);
  const body = readRows(scan, inputs, sources, step, [
    ...lowered.body,
    ...updates.statements,
    ...kept.statements,
  ]);
  return {
    tables,
    statements: [...starts, ...kept.allocations, loopOver(scan, step, body)],
    outputs: kept.outputs,
    histories: [...lowered.histories, ...kept.histories],
  };
}

/** The body with its tables, and on demand its arrays, called after the scan, where that has a word. */
function withWord(lowered: LoweredBody, word: string, withArrays: boolean): LoweredBody {
  if (word === '') return lowered;
  const arrays = [...declaredIn(lowered.body)].filter(({ type }) => type.extents.length > 0);
  const called = [
    ...lowered.tables.map((table) => table.symbol),
    // The steps of layers are done in one loop, where that is possible.
    ...(withArrays ? arrays : []),
  ];
  const renamed = new Map(
    called.map((own) => {
      const { scalar, extents } = own.type;
      return [own, symbol(camelCase(`${word} ${own.hint}`), scalar, extents)];
    }),
  );
  return {
    ...lowered,
    body: renameInBlock(lowered.body, renamed),
    results: lowered.results.map((result) => renamed.get(result) ?? result),
    tables: lowered.tables.map((table) => ({
      ...table,
      symbol: renamed.get(table.symbol) ?? table.symbol,
    })),
  };
}

/** The loop over the steps; one that walks backwards counts how far back it is. */
function loopOver(
  { steps, reversed }: Scan,
  step: ProgramSymbol,
  body: readonly Statement[],
): Statement {
  if (!reversed) return loop(step, 0, steps, body);
  const back = symbol('back');
  return loop(back, 0, steps, [constant(step, subtract(num(steps - 1), ref(back))), ...body]);
}

/** The state before the first step. */
function startOf(
  { symbol: state, feed: { first } }: State,
  sources: readonly ProgramSymbol[],
  isRebound: boolean,
  tables: Table[],
): readonly Statement[] {
  const { extents } = state.type;
  const fill = (value: number): Statement => {
    if (extents.length === 0) return variable(state, value);
    return isRebound ? allocateRebound(state, value) : allocate(state, value);
  };
  if (typeof first === 'number') {
    const source = sources[first];
    const read = (at: readonly Expression[]): Expression =>
      element(source, ...storedIndices(at, extents, source.type.extents));
    if (extents.length === 0) return [variable(state, read([]))];
    return [fill(0), ...overCells(extents, (at) => [assign(state, at, '=', read(at))])];
  }
  if (first.every((value) => Object.is(value, first[0]))) return [fill(first[0])];
  if (extents.length === 1 && first.length <= LARGEST_INLINE_TABLE) {
    const literal = array(...Array.from(first, num));
    return [isRebound ? variable(state, literal) : constant(state, literal)];
  }
  const table = symbol(camelCase(`first ${state.hint}`), 'number', extents);
  tables.push({ symbol: table, values: first });
  return [fill(0), ...overCells(extents, (at) => [assign(state, at, '=', element(table, ...at))])];
}

/** What makes the states of the step those of the next one, and which arrays give way to others. */
function updatesOf(
  states: readonly State[],
  { body, results }: LoweredBody,
): { readonly statements: readonly Statement[]; readonly rebound: ReadonlySet<ProgramSymbol> } {
  const own = declaredIn(body);
  const rebound = new Set<ProgramSymbol>();
  const copies: Statement[] = [];
  const statements: Statement[] = [];
  for (const { symbol: state, feed, changedBy } of states) {
    if (changedBy !== undefined) continue;
    const next = results[feed.next];
    if (next === state) continue;
    if (state.type.extents.length === 0 || own.has(next)) {
      if (state.type.extents.length > 0) rebound.add(state);
      statements.push(assign(state, [], '=', ref(next)));
      continue;
    }
    // What others hold too is copied, before any state changes.
    const copy = symbol(camelCase(`next ${state.hint}`), 'number', state.type.extents);
    rebound.add(state);
    copies.push(
      allocate(copy),
      ...overCells(state.type.extents, (at) => [assign(copy, at, '=', element(next, ...at))]),
    );
    statements.push(assign(state, [], '=', ref(copy)));
  }
  return { statements: [...copies, ...inOrder(statements, states)], rebound };
}

/** Assignments of scalars that read states come before these change. */
function inOrder(statements: readonly Statement[], states: readonly State[]): readonly Statement[] {
  const held = new Set(states.map((state) => state.symbol));
  const readsState = (statement: Statement): boolean =>
    accessesOf([statement]).some(({ symbol: read, kind }) => kind === 'read' && held.has(read));
  const direct = statements.filter(readsState);
  if (direct.length === 0) return statements;
  // A state that takes another one's value: through constants, so that the order does not matter.
  const values = new Map<Statement, ProgramSymbol>();
  const before = direct.flatMap((statement): readonly Statement[] => {
    if (statement.kind !== 'assign') return [];
    const value = symbol(
      camelCase(`next ${statement.symbol.hint}`),
      'number',
      statement.symbol.type.extents,
    );
    values.set(statement, value);
    return [constant(value, statement.value)];
  });
  const after = statements.map((statement) => {
    const value = values.get(statement);
    return value === undefined || statement.kind !== 'assign'
      ? statement
      : { ...statement, value: ref(value) };
  });
  return [...before, ...after];
}

interface Kept {
  readonly allocations: readonly Statement[];
  /** At the end of every step. */
  readonly statements: readonly Statement[];
  readonly outputs: readonly ProgramSymbol[];
  readonly histories: readonly History[];
}

/** What is kept of the states: the last one stands where it is, all of them take an array. */
function keptOf(scan: Scan, inputs: readonly ProgramSymbol[], step: ProgramSymbol): Kept {
  const allocations: Statement[] = [];
  const statements: Statement[] = [];
  const histories: History[] = [];
  const outputs = scan.outputs.map((output): ProgramSymbol => {
    const state = inputs[output.state];
    if (!output.every) return state;
    const history = symbol(camelCase(`${state.hint} states`), 'number', scanShape(scan, output));
    allocations.push(allocate(history));
    statements.push(
      ...overCells(state.type.extents, (at) => [
        assign(history, [ref(step), ...at], '=', element(state, ...at)),
      ]),
    );
    histories.push({ symbol: history, state, last: scan.reversed ? 0 : scan.steps - 1 });
    return history;
  });
  return { allocations, statements, outputs, histories };
}

/** Loops over all cells of an array; axes of one cell have none. */
export function overCells(
  extents: readonly number[],
  act: (at: readonly Expression[]) => readonly Statement[],
): readonly Statement[] {
  const iterators = extents.map((_, axis) => symbol(letterOf(axis)));
  const at = iterators.map((iterator, axis) => (extents[axis] === 1 ? num(0) : ref(iterator)));
  return extents.reduceRight<readonly Statement[]>(
    (inner, extent, axis) => (extent === 1 ? inner : [loop(iterators[axis], 0, extent, inner)]),
    act(at),
  );
}
