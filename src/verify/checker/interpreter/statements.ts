/**
 * Statements to closures. A statement ends normally or with a completion; under a condition that
 * depends on the input it ends in a *tree* of completions, and whatever follows runs only under the
 * condition that execution comes that far (`continue` and early `return` need nothing else).
 */
import type { StatementSyntax } from '../syntax.js';
import { placeOf } from '../syntax.js';
import { ModuleError, Undecided } from '../undecided.js';
import { assignPattern, compileExpression } from './expressions.js';
import type { Compiler, Run } from './expressions.js';
import { elementsOf, startWalk, truthOf } from './builtins.js';
import type { Machine } from './machine.js';
import type { BlockScope } from './scope.js';
import { declarePattern, hoist } from './scope.js';
import type { Frame, Value } from './values.js';
import { ErrorValue, Truth, Undeclared, Walk, describeValue } from './values.js';

/** How a statement ended; undefined when normally. */
export type Completion =
  | undefined
  | { readonly kind: 'continue' }
  | { readonly kind: 'break' }
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'throw'; readonly error: ErrorValue }
  | {
      readonly kind: 'mixed';
      readonly condition: Truth;
      readonly then: Completion;
      readonly otherwise: Completion;
    };

export type Step = (frame: Frame) => Completion;

const CONTINUE = { kind: 'continue' } as const;
const BREAK = { kind: 'break' } as const;

/** A list of statements with a block scope of its own. */
export function compileBlock(
  compiler: Compiler,
  outer: BlockScope,
  body: readonly StatementSyntax[],
): Step {
  const scope = outer.inner();
  return compileList(compiler, scope, body);
}

/** A list of statements in a scope that is already there. */
export function compileList(
  compiler: Compiler,
  scope: BlockScope,
  body: readonly StatementSyntax[],
): Step {
  const definitions = hoist(scope, body);
  const hoisted = definitions.map((definition) => {
    const make = compileExpression(compiler, scope, definition);
    const slot = scope.own(definition.name)?.slot ?? 0;
    return { make, slot };
  });
  const kept = body.filter((statement) => statement.kind !== 'define');
  const steps = kept.map((statement) => compileStatement(compiler, scope, statement));
  const machine = compiler.machine;
  const runFrom = (frame: Frame, start: number): Completion => {
    for (let k = start; k < steps.length; k++) {
      let completion: Completion;
      try {
        completion = steps[k](frame);
      } catch (error) {
        if (error instanceof Undecided && error.place === '') {
          error.place = placeOf(compiler.text, kept[k].at);
        }
        throw error;
      }
      if (completion === undefined) continue;
      if (completion.kind !== 'mixed') return completion;
      return continueWith(machine, completion, () => runFrom(frame, k + 1));
    }
    return undefined;
  };
  // A function that is called before a variable's declaration must not find what is not there yet.
  const isReadEarly = hoisted.length > 0 || scope.owner.level === 0;
  const waiting = isReadEarly ? scope.waiting() : [];
  if (hoisted.length === 0 && waiting.length === 0) return (frame) => runFrom(frame, 0);
  return (frame) => {
    for (const { slot, name } of waiting) machine.write(frame, slot, new Undeclared(name));
    for (const { make, slot } of hoisted) machine.write(frame, slot, make(frame));
    return runFrom(frame, 0);
  };
}

/** Runs `rest` under the condition that the completion is normal, and joins both. */
function continueWith(
  machine: Machine,
  completion: Completion,
  rest: () => Completion,
): Completion {
  const normal = normalCondition(machine, completion);
  if (normal === false) return completion;
  if (normal === true) return rest();
  const [after] = machine.branch(normal, rest, () => undefined);
  return after === undefined ? completion : substitute(completion, after);
}

/** Under which condition does execution go on? */
function normalCondition(machine: Machine, completion: Completion): Truth | boolean {
  if (completion === undefined) return true;
  if (completion.kind !== 'mixed') return false;
  const { condition } = completion;
  const then = normalCondition(machine, completion.then);
  const otherwise = normalCondition(machine, completion.otherwise);
  const one = machine.and(condition, then);
  const two = machine.and(machine.not(condition), otherwise);
  return machine.or(one, two);
}

function substitute(completion: Completion, after: Completion): Completion {
  if (completion === undefined) return after;
  if (completion.kind !== 'mixed') return completion;
  const { condition } = completion;
  const then = substitute(completion.then, after);
  const otherwise = substitute(completion.otherwise, after);
  return { kind: 'mixed', condition, then, otherwise };
}

/** Turns every completion of one kind into a normal one. */
function absorb(completion: Completion, kind: 'continue' | 'break'): Completion {
  if (completion === undefined || completion.kind === kind) return undefined;
  if (completion.kind !== 'mixed') return completion;
  const then = absorb(completion.then, kind);
  const otherwise = absorb(completion.otherwise, kind);
  if (then === undefined && otherwise === undefined) return undefined;
  return { kind: 'mixed', condition: completion.condition, then, otherwise };
}

function join(condition: Truth, then: Completion, otherwise: Completion): Completion {
  if (then === undefined && otherwise === undefined) return undefined;
  if (then === otherwise) return then;
  return { kind: 'mixed', condition, then, otherwise };
}

/** What a call hands back: the merged values of all returns. */
export function resultOf(machine: Machine, completion: Completion): Value {
  if (completion === undefined) return undefined;
  switch (completion.kind) {
    case 'return':
      return completion.value;
    case 'throw':
      if (machine.conditional) throw new Undecided('an error under a condition of the input');
      throw new ModuleError(completion.error.kind, completion.error.message);
    case 'mixed': {
      if (throws(completion)) throw new Undecided('an error that depends on the input');
      const then = resultOf(machine, completion.then);
      return machine.merge(completion.condition, then, resultOf(machine, completion.otherwise));
    }
    default:
      throw new Undecided(`${completion.kind} outside a loop`);
  }
}

function throws(completion: Completion): boolean {
  if (completion === undefined) return false;
  if (completion.kind !== 'mixed') return completion.kind === 'throw';
  return throws(completion.then) || throws(completion.otherwise);
}

function compileStatement(compiler: Compiler, scope: BlockScope, syntax: StatementSyntax): Step {
  const { machine } = compiler;
  switch (syntax.kind) {
    case 'unsupported': {
      const place = placeOf(compiler.text, syntax.at);
      return () => {
        throw new Undecided(`the checker does not read ${syntax.what}`, place);
      };
    }
    case 'declare': {
      const assign = assignPattern(compiler, scope, syntax.pattern);
      const value = syntax.value === undefined ? () => undefined : compileExpression(compiler, scope, syntax.value); // prettier-ignore
      return (frame) => {
        assign(frame, value(frame));
        return undefined;
      };
    }
    case 'define':
      return () => undefined;
    case 'expression': {
      const value = compileExpression(compiler, scope, syntax.value);
      return (frame) => {
        value(frame);
        return undefined;
      };
    }
    case 'block':
      return compileBlock(compiler, scope, syntax.body);
    case 'if': {
      const condition = compileExpression(compiler, scope, syntax.condition);
      const then = compileBlock(compiler, scope, [syntax.then]);
      const otherwise = syntax.otherwise === undefined ? () => undefined : compileBlock(compiler, scope, [syntax.otherwise]); // prettier-ignore
      return (frame) => {
        const truth = truthOf(machine, condition(frame));
        if (truth === true) return then(frame);
        if (truth === false) return otherwise(frame);
        const [one, two] = machine.branch(truth, () => then(frame), () => otherwise(frame)); // prettier-ignore
        return join(truth, one, two);
      };
    }
    case 'for':
      return compileFor(compiler, scope, syntax);
    case 'for-of':
      return compileForOf(compiler, scope, syntax);
    case 'return': {
      const value = syntax.value === undefined ? () => undefined : compileExpression(compiler, scope, syntax.value); // prettier-ignore
      return (frame) => ({ kind: 'return', value: value(frame) });
    }
    case 'throw': {
      const value = compileExpression(compiler, scope, syntax.value);
      return (frame) => {
        const error = value(frame);
        if (!(error instanceof ErrorValue)) throw new Undecided(`throwing ${describeValue(error)}`);
        return { kind: 'throw', error };
      };
    }
    case 'continue':
      return () => CONTINUE;
    case 'break':
      return () => BREAK;
  }
}

/** Runs iterations until `next` says no; both loops share it. */
function loop(machine: Machine, next: () => boolean, body: () => Completion): Completion {
  while (next()) {
    machine.burn();
    const ended = body();
    if (ended === undefined) continue;
    const completion = absorb(ended, 'continue');
    if (completion === undefined) continue;
    if (completion.kind === 'break') return undefined;
    if (completion.kind !== 'mixed') return completion;
    const rest = () => loop(machine, next, body);
    return absorb(continueWith(machine, completion, rest), 'break');
  }
  return undefined;
}

function compileFor(
  compiler: Compiler,
  outer: BlockScope,
  syntax: StatementSyntax & { kind: 'for' },
): Step {
  const { machine } = compiler;
  const scope = outer.inner();
  const start = compileList(compiler, scope, syntax.start);
  const always: Run = () => true;
  const condition = syntax.condition === undefined ? always : compileExpression(compiler, scope, syntax.condition); // prettier-ignore
  const step = syntax.step === undefined ? always : compileExpression(compiler, scope, syntax.step);
  const body = compileBlock(compiler, scope, [syntax.body]);
  return (frame) => {
    start(frame);
    let first = true;
    const next = () => {
      if (!first) step(frame);
      first = false;
      const truth = truthOf(machine, condition(frame));
      if (truth instanceof Truth) throw new Undecided('a loop whose end depends on the input');
      return truth;
    };
    return loop(machine, next, () => body(frame));
  };
}

function compileForOf(
  compiler: Compiler,
  outer: BlockScope,
  syntax: StatementSyntax & { kind: 'for-of' },
): Step {
  const { machine } = compiler;
  const values = compileExpression(compiler, outer, syntax.values);
  const scope = outer.inner();
  declarePattern(scope, syntax.pattern, syntax.constant, syntax.at);
  const assign = assignPattern(compiler, scope, syntax.pattern);
  const body = compileBlock(compiler, scope, [syntax.body]);
  return (frame) => {
    const walked = values(frame);
    if (walked instanceof Walk) startWalk(walked);
    const array = walked instanceof Walk ? walked.array : elementsOf(walked, 'for…of over');
    const at = walked instanceof Walk ? walked.at : (k: number) => array.items[k];
    let index = 0;
    const next = () => {
      if (index >= array.items.length) return false;
      assign(frame, at(index));
      index++;
      return true;
    };
    return loop(machine, next, () => body(frame));
  };
}
