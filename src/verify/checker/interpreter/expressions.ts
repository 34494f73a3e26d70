/**
 * Expressions to closures over frames. Conditions that depend on the input evaluate both sides and
 * merge; everything else is plain evaluation in JavaScript's order.
 */
import { Num } from '../num.js';
import type { FunctionSyntax, ModuleSyntax, Pattern, Syntax } from '../syntax.js';
import { placeOf } from '../syntax.js';
import { ModuleError, Undecided } from '../undecided.js';
import { binaryOperation, constants, isPlain, negated, toNumber } from './arithmetic.js';
import { BUILTINS, CONSTRUCTORS, GLOBALS, callMethod, elementsOf, entryOf, memberOf, truthOf, walkedElements } from './builtins.js'; // prettier-ignore
import { compileAssign, compileUpdate } from './assignments.js';
import type { Machine } from './machine.js';
import { isNumeric } from './machine.js';
import { BlockScope, FunctionScope } from './scope.js';
import { declarePattern } from './scope.js';
import { compileList, resultOf } from './statements.js';
import type { Value } from './values.js';
import { ArrayValue, Frame, FunctionValue, Global, ObjectValue, Poison, Truth, describeValue } from './values.js'; // prettier-ignore

export interface Compiler {
  readonly machine: Machine;
  readonly text: string;
  readonly known: ModuleSyntax['known'];
}

export type Run = (frame: Frame) => Value;

/** Deepest nesting of calls; the subset has no recursion worth more. */
const MAX_DEPTH = 64;

export function compileExpression(compiler: Compiler, scope: BlockScope, syntax: Syntax): Run {
  const { machine } = compiler;
  const compile = (part: Syntax) => compileExpression(compiler, scope, part);
  switch (syntax.kind) {
    case 'unsupported':
      return refuse(compiler, syntax.at, `the checker does not read ${syntax.what}`);
    case 'constant': {
      const { value } = syntax;
      return () => value;
    }
    case 'name':
      return compileName(compiler, scope, syntax);
    case 'template': {
      const parts = syntax.parts.map(compile);
      return (frame) => {
        let text = syntax.texts[0];
        for (let k = 0; k < parts.length; k++) {
          const value = parts[k](frame);
          if (!isPlain(value)) return new Poison('a string that depends on the input');
          text += String(value) + syntax.texts[k + 1];
        }
        return text;
      };
    }
    case 'array': {
      const elements = compileArguments(compiler, scope, syntax.elements);
      return (frame) => machine.array(elements(frame).map(storable));
    }
    case 'numbers': {
      const { values } = syntax;
      return () => machine.array(Array.from(values));
    }
    case 'spread':
      return refuse(compiler, syntax.at, 'a spread in this place');
    case 'object': {
      const entries = syntax.entries.map(({ key, value }) => ({ key, run: compile(value) }));
      return (frame) => new ObjectValue(new Map(entries.map(({ key, run }) => [key, run(frame)])));
    }
    case 'unary':
      return compileUnary(compiler, scope, syntax.operator, syntax.operand);
    case 'binary': {
      const { operator } = syntax;
      const [left, right] = [compile(syntax.left), compile(syntax.right)];
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return typeof a === 'number' && typeof b === 'number'
          ? constants(operator, a, b)
          : binaryOperation(machine, operator, a, b);
      };
    }
    case 'logical':
      return compileLogical(machine, syntax.operator, compile(syntax.left), compile(syntax.right));
    case 'conditional': {
      const condition = compile(syntax.condition);
      const [then, otherwise] = [compile(syntax.then), compile(syntax.otherwise)];
      return (frame) => {
        const truth = truthOf(machine, condition(frame));
        if (truth === true) return then(frame);
        if (truth === false) return otherwise(frame);
        return evaluateBoth(machine, truth, () => then(frame), () => otherwise(frame)); // prettier-ignore
      };
    }
    case 'assign':
      return compileAssign(compiler, scope, syntax);
    case 'update':
      return compileUpdate(compiler, scope, syntax);
    case 'call':
      return compileCall(compiler, scope, syntax);
    case 'new': {
      if (syntax.callee.kind !== 'name' || scope.find(syntax.callee.name) !== undefined) {
        return refuse(compiler, syntax.at, 'a class');
      }
      const make = CONSTRUCTORS.get(syntax.callee.name);
      if (make === undefined) return refuse(compiler, syntax.at, `new ${syntax.callee.name}`);
      const values = compileArguments(compiler, scope, syntax.arguments);
      return (frame) => make(machine, values(frame));
    }
    case 'member': {
      const object = compile(syntax.object);
      return (frame) => memberOf(machine, object(frame), syntax.name);
    }
    case 'element': {
      const [object, index] = [compile(syntax.object), compile(syntax.index)];
      return (frame) => readElement(machine, object(frame), index(frame));
    }
    case 'function':
      return compileFunction(compiler, scope, syntax);
  }
}

function refuse(compiler: Compiler, at: number, message: string): Run {
  return () => {
    throw new Undecided(message, placeOf(compiler.text, at));
  };
}

/** Both sides of a condition, each with its own writes, merged. */
function evaluateBoth(machine: Machine, truth: Truth, then: () => Value, otherwise: () => Value) {
  const [x, y] = machine.branch(truth, then, otherwise);
  return machine.merge(truth, x, y);
}

/** Functions may be passed on, but not kept in arrays: their variables live in shared frames. */
export function storable(value: Value): Value {
  if (value instanceof FunctionValue) throw new Undecided('a function kept in a variable');
  return value;
}

function compileName(
  compiler: Compiler,
  scope: BlockScope,
  syntax: Syntax & { kind: 'name' },
): Run {
  const { name } = syntax;
  const found = scope.find(name);
  if (found === undefined) {
    if (name === 'undefined') return () => undefined;
    if (name === 'Infinity') return () => Infinity;
    if (name === 'NaN') return () => NaN;
    if (!GLOBALS.has(name)) return refuse(compiler, syntax.at, `the unknown name ${name}`);
    const global = new Global(name);
    return () => global;
  }
  const { depth, variable, level } = found;
  const tooEarly = syntax.at < variable.since && (depth === 0 || level > 0);
  if (tooEarly) return refuse(compiler, syntax.at, `${name} is used before its declaration`);
  const { slot } = variable;
  const check = (value: Value) => {
    if (value instanceof Poison) throw new Undecided(`${name} holds ${value.reason}`);
    return value;
  };
  if (depth === 0) return (frame) => check(frame.items[slot]);
  return (frame) => check(frameAt(frame, depth).items[slot]);
}

export function frameAt(frame: Frame, depth: number): Frame {
  let result = frame;
  for (let k = 0; k < depth; k++) {
    if (result.parent === undefined) throw new Undecided('a variable without a frame');
    result = result.parent;
  }
  return result;
}

function compileUnary(compiler: Compiler, scope: BlockScope, operator: string, part: Syntax): Run {
  const { machine } = compiler;
  const operand = compileExpression(compiler, scope, part);
  switch (operator) {
    case '!':
      return (frame) => machine.not(truthOf(machine, operand(frame)));
    case '-':
      return (frame) => negated(operand(frame));
    case '+':
      return (frame) => toNumber(operand(frame));
    default:
      return (frame) => {
        const value = operand(frame);
        if (value instanceof Num) return 'number';
        if (value instanceof Truth) return 'boolean';
        if (value instanceof FunctionValue) return 'function';
        if (value instanceof Poison) throw new Undecided(value.reason);
        if (value instanceof Global) return value.name === 'Math' ? 'object' : 'function';
        return typeof value;
      };
  }
}

export function compileLogical(machine: Machine, operator: string, left: Run, right: Run): Run {
  if (operator === '??') {
    return (frame) => {
      const value = left(frame);
      if (value instanceof Poison) throw new Undecided(value.reason);
      return value === undefined || value === null ? right(frame) : value;
    };
  }
  const isAnd = operator === '&&';
  return (frame) => {
    const value = left(frame);
    const truth = truthOf(machine, value);
    if (typeof truth === 'boolean') return truth === isAnd ? right(frame) : value;
    const constant = () => value;
    const other = () => right(frame);
    return evaluateBoth(machine, truth, isAnd ? other : () => (value instanceof Truth ? true : constant()), isAnd ? () => (value instanceof Truth ? false : constant()) : other); // prettier-ignore
  };
}

/** An error that JavaScript itself throws; under a condition of the input it cannot be followed. */
export function machineError(machine: Machine, message: string): Error {
  return machine.conditional ? new Undecided(message) : new ModuleError('TypeError', message);
}

/** Widest choice of elements that an index depending on the input may make. */
const MAX_CHOICE = 256;

export function readElement(machine: Machine, object: Value, key: Value): Value {
  if (object === undefined || object === null) throw machineError(machine, 'Cannot read properties of undefined'); // prettier-ignore
  if (typeof object === 'string') throw new Undecided('a character of a string');
  // Numbers have no elements, and no array has one at a key with a comma in it.
  if (isNumeric(object) && typeof key === 'number') return undefined;
  if (key instanceof ArrayValue && key.items.length > 1 && object instanceof ArrayValue) return undefined; // prettier-ignore
  if (object instanceof ObjectValue && typeof key === 'string') return entryOf(object, key);
  const array = elementsOf(object, 'reading');
  const { items } = array;
  if (typeof key === 'number') {
    if (key >= 0 && key < items.length && Number.isInteger(key)) return items[key];
    return array.beside?.get(key);
  }
  if (!(key instanceof Num) || key.grid < 0 || key.err !== 0) {
    throw new Undecided(`reading at ${describeValue(key)}`);
  }
  const [lo, hi] = [Math.ceil(key.lo), Math.floor(key.hi)];
  if (hi - lo >= MAX_CHOICE) throw new Undecided('reading at an index that depends on the input');
  let result: Value = items[hi];
  for (let index = hi - 1; index >= lo; index--) {
    const same = binaryOperation(machine, '===', key, index);
    const truth = truthOf(machine, same);
    result = typeof truth === 'boolean' ? (truth ? items[index] : result) : machine.merge(truth, items[index], result); // prettier-ignore
  }
  return result;
}

export function compileArguments(
  compiler: Compiler,
  scope: BlockScope,
  parts: readonly Syntax[],
): (frame: Frame) => Value[] {
  // prettier-ignore
  const runs = parts.map((part) =>
    part.kind === 'spread'
      ? { spread: true, run: compileExpression(compiler, scope, part.value) }
      : { spread: false, run: compileExpression(compiler, scope, part) },
  );
  return (frame) => {
    const values: Value[] = [];
    for (const { spread, run } of runs) {
      const value = run(frame);
      if (spread) for (const item of walkedElements(value, 'spreading')) values.push(item);
      else values.push(value);
    }
    return values;
  };
}

function compileCall(
  compiler: Compiler,
  scope: BlockScope,
  syntax: Syntax & { kind: 'call' },
): Run {
  const { machine } = compiler;
  const { callee } = syntax;
  const values = compileArguments(compiler, scope, syntax.arguments);
  if (callee.kind === 'member') {
    const { object, name } = callee;
    if (object.kind === 'name' && scope.find(object.name) === undefined) {
      const builtin = BUILTINS.get(`${object.name}.${name}`);
      if (builtin === undefined) return refuse(compiler, syntax.at, `${object.name}.${name}`);
      return (frame) => builtin(machine, known(values(frame)));
    }
    const receiver = compileExpression(compiler, scope, object);
    return (frame) => callMethod(machine, receiver(frame), name, values(frame));
  }
  if (callee.kind === 'name' && scope.find(callee.name) === undefined) {
    const builtin = BUILTINS.get(callee.name);
    if (builtin === undefined) return refuse(compiler, syntax.at, `the unknown function ${callee.name}`); // prettier-ignore
    // What a message says of the input need not be known.
    const isMessage = ERRORS.has(callee.name);
    return (frame) => builtin(machine, isMessage ? values(frame) : known(values(frame)));
  }
  const target = compileExpression(compiler, scope, callee);
  return (frame) => {
    const called = target(frame);
    if (called === undefined || isNumeric(called) || called instanceof ArrayValue) throw machineError(machine, `${describeValue(called)} is not a function`); // prettier-ignore
    if (!(called instanceof FunctionValue)) throw new Undecided(`a call of ${describeValue(called)}`); // prettier-ignore
    return called.invoke(values(frame));
  };
}

/** Functions whose argument is a text. */
const ERRORS = new Set(['RangeError', 'String']);

/** Values of which a function of JavaScript's may be asked. @throws Undecided for a value of two kinds. */
function known(values: Value[]): Value[] {
  for (const value of values) if (value instanceof Poison) throw new Undecided(value.reason);
  return values;
}

/** Binds a value to a pattern's names. */
export function assignPattern(
  compiler: Compiler,
  scope: BlockScope,
  pattern: Pattern,
): (frame: Frame, value: Value) => void {
  // prettier-ignore
  const { machine } = compiler;
  if (pattern.kind === 'name') {
    const slot = scope.own(pattern.name)?.slot ?? 0;
    return (frame, value) => {
      machine.write(frame, slot, value);
    };
  }
  const parts = pattern.elements.map((element) => element === undefined ? undefined : assignPattern(compiler, scope, element)); // prettier-ignore
  return (frame, value) => {
    const items = walkedElements(value, 'taking apart');
    parts.forEach((assign, k) => assign?.(frame, items[k]));
  };
}

function compileFunction(compiler: Compiler, outer: BlockScope, syntax: FunctionSyntax): Run {
  const { machine } = compiler;
  const owner = new FunctionScope(outer);
  const scope = new BlockScope(owner, undefined);
  for (const { pattern } of syntax.parameters) declarePattern(scope, pattern, false, -1);
  const parameters = syntax.parameters.map(({ pattern, initial }) => ({
    assign: assignPattern(compiler, scope, pattern),
    initial: initial === undefined ? undefined : compileExpression(compiler, scope, initial),
  }));
  const body = compileList(compiler, scope, syntax.body);
  // The meaning of a known text is that of JavaScript's own Math and Array.
  const isOwn = ['Math', 'Array'].some((name) => outer.find(name) !== undefined);
  const known = isOwn ? undefined : compiler.known.get(syntax);
  let depth = 0;
  return (parent) =>
    new FunctionValue(syntax.name, (values) => {
      machine.burn();
      const [only] = values;
      if (known?.meaning !== undefined && only instanceof Num) {
        return known.meaning(machine.symbolic, only);
      }
      const result = known?.numeric?.(values);
      if (result !== undefined) {
        machine.burn(result.steps);
        return machine.array(result.numbers);
      }
      if (depth >= MAX_DEPTH) throw new Undecided(`${syntax.name} calls itself too deeply`);
      const items = new Array<Value>(owner.size).fill(undefined);
      const frame = new Frame(items, machine.birth(), parent);
      depth++;
      try {
        parameters.forEach(({ assign, initial }, k) => {
          const value = values[k];
          assign(frame, value === undefined && initial !== undefined ? initial(frame) : value);
        });
        return resultOf(machine, body(frame));
      } finally {
        depth--;
      }
    });
}
