/**
 * The fallback that always answers: a decision tree over single features, written as nested `?:`.
 * Not short, but exact on every table that is a function.
 */
import type { Expression } from '../../ir/program.js';
import type { SynthesisProblem } from './problem.js';
import { NUMERIC_EQUALITY, scaleOf } from './problem.js';
import { binary, numberExpression } from './term.js';

/** One question: is the feature's value at most `bound`? */
interface Question {
  readonly feature: number;
  readonly bound: number;
}

/** Labels are ranks of target values, so that counting is cheap. */
function labelsOf(problem: SynthesisProblem): Uint32Array {
  const tolerance = NUMERIC_EQUALITY * scaleOf(problem.target);
  const order = [...problem.target.keys()].sort((a, b) => problem.target[a] - problem.target[b]);
  const labels = new Uint32Array(problem.states);
  for (let k = 1; k < order.length; k++) {
    const step = problem.target[order[k]] - problem.target[order[k - 1]] > tolerance ? 1 : 0;
    labels[order[k]] = labels[order[k - 1]] + step;
  }
  return labels;
}

/** The question that leaves the least entropy in `states`; `undefined` when all features agree. */
function bestQuestion(
  problem: SynthesisProblem,
  states: Uint32Array,
  labels: Uint32Array,
): Question | undefined {
  let best: Question | undefined;
  let bestRest = Infinity;
  for (const [feature, column] of problem.columns.entries()) {
    const order = states.slice().sort((a, b) => column[a] - column[b] || a - b);
    const after = new Map<number, number>();
    for (const state of order) after.set(labels[state], (after.get(labels[state]) ?? 0) + 1);
    const before = new Map<number, number>();
    // Σ count · log2(count) of both sides, kept up to date while states move over.
    const weigh = (count: number): number => (count > 0 ? count * Math.log2(count) : 0);
    let sumAfter = 0;
    for (const count of after.values()) sumAfter += weigh(count);
    let sumBefore = 0;
    for (let k = 0; k + 1 < order.length; k++) {
      const label = labels[order[k]];
      const inAfter = after.get(label) ?? 0;
      const inBefore = before.get(label) ?? 0;
      sumAfter += weigh(inAfter - 1) - weigh(inAfter);
      sumBefore += weigh(inBefore + 1) - weigh(inBefore);
      after.set(label, inAfter - 1);
      before.set(label, inBefore + 1);
      if (column[order[k]] === column[order[k + 1]]) continue;
      const rest = weigh(k + 1) - sumBefore + weigh(order.length - k - 1) - sumAfter;
      if (rest < bestRest - 1e-9) {
        bestRest = rest;
        best = { feature, bound: column[order[k]] };
      }
    }
  }
  return best;
}

function conditionOf(problem: SynthesisProblem, { feature, bound }: Question): Expression {
  const { kind, symbol } = problem.features[feature];
  const name: Expression = { kind: 'symbol', symbol };
  if (kind === 'boolean') return { kind: 'unary', operator: '!', operand: name };
  return binary(kind === 'bit' ? '===' : '<=', name, numberExpression(bound));
}

/** The opposite of a condition that this file asks. */
function negated(condition: Expression): Expression {
  if (condition.kind === 'unary') return condition.operand;
  if (condition.kind !== 'binary') return { kind: 'unary', operator: '!', operand: condition };
  return binary(condition.operator === '<=' ? '>' : '!==', condition.left, condition.right);
}

/** `condition ? then : otherwise`, as a conjunction or disjunction where a branch is constant. */
function join(condition: Expression, then: Expression, otherwise: Expression): Expression {
  const opposite = negated(condition);
  if (then.kind === 'boolean' && otherwise.kind === 'boolean') {
    return then.value ? condition : opposite;
  }
  if (then.kind === 'boolean') {
    return then.value ? binary('||', condition, otherwise) : binary('&&', opposite, otherwise);
  }
  if (otherwise.kind === 'boolean') {
    return otherwise.value ? binary('||', opposite, then) : binary('&&', condition, then);
  }
  return { kind: 'conditional', condition, then, otherwise };
}

/** A decision tree for the whole table, which must be a function of its features. */
export function decisionTree(problem: SynthesisProblem): Expression {
  const labels = labelsOf(problem);
  const leaf = (state: number): Expression =>
    problem.type === 'boolean'
      ? { kind: 'boolean', value: problem.target[state] === 1 }
      : numberExpression(problem.target[state]);
  const grow = (states: Uint32Array): Expression => {
    const pure = states.every((state) => labels[state] === labels[states[0]]);
    const question = pure ? undefined : bestQuestion(problem, states, labels);
    if (question === undefined) return leaf(states[0]);
    const column = problem.columns[question.feature];
    return join(
      conditionOf(problem, question),
      grow(states.filter((state) => column[state] <= question.bound)),
      grow(states.filter((state) => column[state] > question.bound)),
    );
  };
  return grow(Uint32Array.from({ length: problem.states }, (_, state) => state));
}
