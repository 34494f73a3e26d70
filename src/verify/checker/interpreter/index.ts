/**
 * A module, ready to be called: its top level has run, its exports are values. The same code serves
 * the proof (cells symbolic) and the concrete runs that confirm a counterexample.
 */
import type { Context } from '../context.js';
import type { ModuleSyntax } from '../syntax.js';
import { placeOf } from '../syntax.js';
import { Undecided } from '../undecided.js';
import { compileList } from './statements.js';
import { Machine } from './machine.js';
import { BlockScope, FunctionScope } from './scope.js';
import type { Value } from './values.js';
import { ArrayValue, Frame, FunctionValue } from './values.js';

/** Steps that a run may take: a mutated loop bound must not run for ever. */
export const FUEL = 50_000_000;

export interface Running {
  readonly machine: Machine;
  readonly exports: ReadonlyMap<string, Value>;
}

export interface RunOptions {
  /** For symbolic runs. */
  readonly context?: Context;
  readonly weights?: ModuleSyntax;
  readonly fuel?: number;
  readonly shouldStop?: () => boolean;
  /** Exported functions whose calls from inside the module are answered by these instead. */
  readonly stubs?: ReadonlyMap<string, (machine: Machine, values: readonly Value[]) => Value>;
}

/** Runs a module's top level. @throws Undecided, ModuleError, Stopped. */
export function runModule(module: ModuleSyntax, options: RunOptions): Running {
  const machine = new Machine(
    options.context,
    options.fuel ?? FUEL,
    options.shouldStop ?? (() => false),
  );
  const exports = runTop(machine, module, options);
  machine.seal();
  return { machine, exports };
}

function runTop(
  machine: Machine,
  module: ModuleSyntax,
  options: RunOptions,
): ReadonlyMap<string, Value> {
  const owner = new FunctionScope(undefined);
  const scope = new BlockScope(owner, undefined);
  const frame = new Frame([], machine.birth(), undefined);
  for (const { from, names, at } of module.imports) {
    const { weights } = options;
    if (weights === undefined || !/^\.\/[^/]+\.weights\.js$/.test(from)) {
      throw new Undecided(`the import of ${from}`, placeOf(module.text, at));
    }
    const exported = runTop(machine, weights, {});
    for (const { imported, local } of names) {
      if (!exported.has(imported)) throw new Undecided(`${from} exports no ${imported}`);
      frame.items[scope.declare(local, true, -1).slot] = exported.get(imported);
    }
  }
  const run = compileList({ machine, text: module.text, known: module.known }, scope, module.body);
  const completion = run(frame);
  if (completion !== undefined) throw new Undecided(`the module's top level ends with ${completion.kind}`); // prettier-ignore
  for (const [name, answer] of options.stubs ?? []) {
    const variable = scope.own(module.exports.get(name) ?? name);
    if (variable === undefined) throw new Undecided(`the module exports no ${name}`);
    frame.items[variable.slot] = new FunctionValue(name, (values) => answer(machine, values));
  }
  const exports = new Map<string, Value>();
  for (const [name, local] of module.exports) {
    const variable = scope.own(local);
    if (variable === undefined) throw new Undecided(`the export ${local} is not declared`);
    exports.set(name, frame.items[variable.slot]);
  }
  return exports;
}

/** Calls an exported function. @throws Undecided where the name is no function. */
export function callExport(running: Running, name: string, values: readonly Value[]): Value {
  const value = running.exports.get(name);
  if (!(value instanceof FunctionValue)) throw new Undecided(`the module exports no function ${name}`); // prettier-ignore
  // The inputs are the caller's: a call may not change them.
  running.machine.seal();
  return value.invoke(values);
}

/** Flat cells, nested as a shape says. */
export function nest(machine: Machine, cells: ArrayLike<Value>, shape: readonly number[]): Value {
  let offset = 0;
  const build = (axis: number): Value => {
    if (axis === shape.length) return cells[offset++];
    const array = machine.array(Array.from({ length: shape[axis] }, () => build(axis + 1)));
    array.foreign = true;
    return array;
  };
  return build(0);
}

/** The values of a nested array in order; undefined where the shape is not the expected one. */
export function flattenValue(value: Value, shape: readonly number[]): Value[] | undefined {
  if (shape.length === 0) return value instanceof ArrayValue ? undefined : [value];
  if (!(value instanceof ArrayValue) || value.items.length !== shape[0]) return undefined;
  const parts: Value[] = [];
  for (const item of value.items) {
    const inner = flattenValue(item, shape.slice(1));
    if (inner === undefined) return undefined;
    parts.push(...inner);
  }
  return parts;
}
