/**
 * The light simplification that every child passes: operators of constants alone become their value,
 * neutral and absorbing elements go (x + 0, x · 1, x / 1), double negations too. What needs more than
 * a look at the arguments is left to the algebra that polishes the front.
 */
import { CONSTANT, FIRST_OPERATOR } from '../engine/tape.js';
import { ALL_OPERATORS } from '../operators/index.js';
import type { Draft } from './draft.js';
import { clearDraft, pushConstant, pushNode } from './draft.js';
import { ARITIES, codeOfOperator, startOfSubtree } from './genome.js';
import type { Genome } from './genome.js';

const PLUS = codeOfOperator('+');
const MINUS = codeOfOperator('-');
const TIMES = codeOfOperator('*');
const OVER = codeOfOperator('/');
const POWER = codeOfOperator('pow');
const NEGATE = codeOfOperator('neg');

/** Writes the tidied genome into the draft. */
export function tidy(draft: Draft, genome: Genome): void {
  clearDraft(draft);
  for (let at = 0; at < genome.length; at++) {
    const code = genome.codes[at];
    pushNode(draft, code, genome.values[at]);
    if (code >= FIRST_OPERATOR && !fold(draft, code)) dropNeutral(draft, code);
  }
}

/** Folds the operator just pushed where all its arguments are constants and it has a value. */
function fold(draft: Draft, code: number): boolean {
  const arity = ARITIES[code];
  const first = draft.length - 1 - arity;
  for (let k = 0; k < arity; k++) if (draft.codes[first + k] !== CONSTANT) return false;
  const operator = ALL_OPERATORS[code - FIRST_OPERATOR];
  const { values } = draft;
  const [a, b, c] = [values[first], values[first + 1], values[first + 2]];
  const value =
    operator.arity === 1
      ? operator.value(a)
      : operator.arity === 2
        ? operator.value(a, b)
        : operator.value(a, b, c);
  if (!Number.isFinite(value)) return false;
  draft.length = first;
  pushConstant(draft, value);
  return true;
}

function dropNeutral(draft: Draft, code: number): void {
  const { codes, values } = draft;
  const top = draft.length - 1;
  if (code === NEGATE) {
    if (codes[top - 1] === NEGATE) draft.length -= 2;
    return;
  }
  if (ARITIES[code] !== 2) return;
  const right = top - 1;
  if (codes[right] === CONSTANT) {
    const neutral = code === PLUS || code === MINUS ? 0 : 1;
    const hasNeutral = neutral === 0 || code === TIMES || code === OVER || code === POWER;
    if (hasNeutral && values[right] === neutral) draft.length -= 2;
    return;
  }
  if (code !== PLUS && code !== TIMES) return;
  const left = startOfSubtree(draft, right) - 1;
  if (codes[left] !== CONSTANT || values[left] !== (code === PLUS ? 0 : 1)) return;
  codes.copyWithin(left, left + 1, top);
  values.copyWithin(left, left + 1, top);
  draft.length -= 2;
}
