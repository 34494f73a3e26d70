/**
 * A state of 0 and 1 that is only asked whether it is 1 is a truth:
 *
 *   carry = x === 1 || carry === 1 ? 1 : 0   →   found = found || x === 1
 */
import { bool, conditional, not, num, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import { countSymbol, mapOperands } from '../rewrite.js';
import type { CarryLoop } from './carry-loop.js';

/** The loop with its state as a boolean where that is all it is; else the loop as it is. */
export function withTruthState(loop: CarryLoop): CarryLoop {
  const { state, shared } = loop;
  if (state?.operator !== '=' || state.initial.kind !== 'number') return loop;
  const { update } = state;
  if (update.kind !== 'conditional' || !isNumber(update.then, 1) || !isNumber(update.otherwise, 0))
    return loop;
  if (shared !== undefined && countSymbol(shared.value, state.symbol) > 0) return loop;
  const hint = latchHint(update.condition, state.symbol);
  const truth = symbol(hint, 'boolean');
  const asked = askTruth(update.condition, state.symbol, truth);
  const tracks = loop.tracks.map((track) => {
    const expression = readTruth(track.expression, state.symbol, truth);
    return { ...track, expression };
  });
  const finals = loop.finals.map((final) => readTruth(final, state.symbol, truth));
  const all = [asked, ...tracks.map((track) => track.expression), ...finals];
  if (all.some((expression) => countSymbol(expression, state.symbol) > 0)) return loop;
  return {
    ...loop,
    state: {
      symbol: truth,
      initial: bool(state.initial.value === 1),
      operator: '=',
      update: stateFirst(asked, truth),
    },
    tracks,
    finals,
  };
}

function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === 'number' && expression.value === value;
}

/** `state === 1` as the truth, `state === 0` as its opposite, everywhere. */
function askTruth(expression: Expression, state: ProgramSymbol, truth: ProgramSymbol): Expression {
  if (expression.kind === 'binary' && isState(expression.left, state)) {
    const { operator, right } = expression;
    const one = isNumber(right, 1);
    if (one || isNumber(right, 0)) {
      if (operator === '===') return one ? ref(truth) : not(ref(truth));
      if (operator === '!==') return one ? not(ref(truth)) : ref(truth);
    }
  }
  return mapOperands(expression, (operand) => askTruth(operand, state, truth));
}

/** The same for a number that may be the state itself. */
function readTruth(expression: Expression, state: ProgramSymbol, truth: ProgramSymbol): Expression {
  if (isState(expression, state)) return conditional(ref(truth), num(1), num(0));
  return askTruth(expression, state, truth);
}

function isState(expression: Expression, state: ProgramSymbol): boolean {
  return expression.kind === 'symbol' && expression.symbol === state;
}

/** What a state is called that stays once it is reached, or turns with every cell that is on. */
function latchHint(condition: Expression, state: ProgramSymbol): string {
  if (condition.kind !== 'binary' || countSymbol(condition, state) !== 1) return state.hint;
  const own = [condition.left, condition.right].find(
    (side) => side.kind === 'binary' && side.operator === '===' && isState(side.left, state),
  );
  if (own === undefined) return state.hint;
  switch (condition.operator) {
    case '||':
      return 'found';
    case '&&':
      return 'holds';
    case '!==':
      return 'odd';
    default:
      return state.hint;
  }
}

/** `x || state` as `state || x`: what is known comes first. */
function stateFirst(update: Expression, truth: ProgramSymbol): Expression {
  if (update.kind !== 'binary' || !['||', '&&', '!=='].includes(update.operator)) return update;
  if (!isState(update.right, truth)) return update;
  return { ...update, left: update.right, right: update.left };
}
