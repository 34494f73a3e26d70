/**
 * Assignments: what a target names, reading and writing it. Writes go through the machine, which can undo
 * them; a target that is neither a variable nor an element of an array is refused.
 */
import type { Syntax } from '../syntax.js';
import { placeOf } from '../syntax.js';
import { ModuleError, Undecided } from '../undecided.js';
import { binaryOperation, toNumber } from './arithmetic.js';
import { MAX_LENGTH, elementsOf } from './builtins.js';
import type { Compiler, Run } from './expressions.js';
import { compileExpression, compileLogical, frameAt, machineError, readElement, storable } from './expressions.js'; // prettier-ignore
import type { Machine } from './machine.js';
import type { BlockScope } from './scope.js';
import type { ArrayValue, Frame, Value } from './values.js';
import { Undeclared, describeValue } from './values.js';

interface Target {
  read(): Value;
  write(value: Value): void;
}

function compileTarget(
  compiler: Compiler,
  scope: BlockScope,
  syntax: Syntax,
): (frame: Frame) => Target {
  const { machine } = compiler;
  if (syntax.kind === 'name') {
    const found = scope.find(syntax.name);
    if (found === undefined || syntax.at < found.variable.since) {
      return () => {
        throw new Undecided(`an assignment to ${syntax.name}`);
      };
    }
    const { depth, variable } = found;
    const { slot, constant } = variable;
    return (frame) => {
      if (constant) {
        if (machine.conditional) throw new Undecided('an assignment to a constant');
        throw new ModuleError('TypeError', 'Assignment to constant variable.');
      }
      const home = frameAt(frame, depth);
      return {
        read: () => home.items[slot],
        write: (value) => {
          machine.write(home, slot, storable(value));
        },
      };
    };
  }
  if (syntax.kind !== 'element') {
    return () => {
      throw new Undecided('an assignment to this target', placeOf(compiler.text, syntax.at));
    };
  }
  const object = compileExpression(compiler, scope, syntax.object);
  const index = compileExpression(compiler, scope, syntax.index);
  return (frame) => elementTarget(machine, object(frame), index(frame));
}

function elementTarget(machine: Machine, object: Value, key: Value): Target {
  if (object === undefined || object === null) throw machineError(machine, 'Cannot set properties of undefined'); // prettier-ignore
  const array = elementsOf(object, 'a write into');
  return {
    read: () => readElement(machine, array, key),
    write: (value) => {
      if (typeof key !== 'number') throw new Undecided(`a write at ${describeValue(key)}`);
      if (array.frozen) throw new Undecided('a write into an array of two origins');
      const inside = Number.isInteger(key) && key >= 0 && key < array.items.length;
      if (!inside) {
        if (array.typed) return;
        if (key !== array.items.length) {
          machine.requireFresh(array, 'a write outside an array');
          writeOutside(array, key, storable(value));
          return;
        }
        machine.requireFresh(array, 'a longer array');
      }
      machine.write(array, key, array.typed ? toNumber(value) : storable(value));
    },
  };
}

/** Beyond the end an array grows, with holes in between; any other key is a property beside the elements. */
function writeOutside(array: ArrayValue, key: number, value: Value): void {
  if (!Number.isInteger(key) || key < 0) {
    array.beside ??= new Map();
    array.beside.set(key, value);
    return;
  }
  if (key > MAX_LENGTH) throw new Undecided('an array too long to follow');
  while (array.items.length < key) array.items.push(undefined);
  array.items.push(value);
  array.holes = true;
}

export function compileAssign(
  compiler: Compiler,
  scope: BlockScope,
  syntax: Syntax & { kind: 'assign' },
): Run {
  const { machine } = compiler;
  const value = compileExpression(compiler, scope, syntax.value);
  const { operator } = syntax;
  const combined = (old: Value, frame: Frame): Value =>
    operator === '&&' || operator === '||'
      ? compileLogical(machine, operator, () => old, value)(frame)
      : binaryOperation(machine, operator, old, value(frame));
  const variable = variableOf(scope, syntax.target);
  if (variable !== undefined) {
    const { depth, slot } = variable;
    return (frame) => {
      const home = depth === 0 ? frame : frameAt(frame, depth);
      const old = home.items[slot];
      if (old instanceof Undeclared) throw new Undecided(old.reason);
      const result = operator === '' ? value(frame) : combined(old, frame);
      machine.write(home, slot, storable(result));
      return result;
    };
  }
  const target = compileTarget(compiler, scope, syntax.target);
  return (frame) => {
    const place = target(frame);
    const result = operator === '' ? value(frame) : combined(place.read(), frame);
    place.write(result);
    return result;
  };
}

/** `++` and `--`: the new value, or with `prefix` unset the old one. */
export function compileUpdate(
  compiler: Compiler,
  scope: BlockScope,
  { target: syntax, step, prefix }: Syntax & { kind: 'update' },
): Run {
  const { machine } = compiler;
  const variable = variableOf(scope, syntax);
  if (variable !== undefined) {
    const { depth, slot } = variable;
    return (frame) => {
      const home = depth === 0 ? frame : frameAt(frame, depth);
      const old = toNumber(home.items[slot]);
      const result = typeof old === 'number' ? old + step : binaryOperation(machine, '+', old, step); // prettier-ignore
      machine.write(home, slot, result);
      return prefix ? result : old;
    };
  }
  const target = compileTarget(compiler, scope, syntax);
  return (frame) => {
    const place = target(frame);
    const old = toNumber(place.read());
    place.write(binaryOperation(machine, '+', old, step));
    return prefix ? place.read() : old;
  };
}

/** Where a variable that may be assigned to lives: most assignments need no more. */
function variableOf(
  scope: BlockScope,
  syntax: Syntax,
): { readonly depth: number; readonly slot: number } | undefined {
  const found = syntax.kind === 'name' ? scope.find(syntax.name) : undefined;
  if (found === undefined || syntax.at < found.variable.since) return undefined;
  const { depth, variable } = found;
  return variable.constant ? undefined : { depth, slot: variable.slot };
}
