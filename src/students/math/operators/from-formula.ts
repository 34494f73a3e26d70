/** An operator out of a formula over its arguments: values and slopes by closures, one for each node. */
import type { Formula } from '../formula.js';
import { operatorOf } from './index.js';
import type { Operator } from './operator.js';

type Compiled = (a: number, b: number) => number;

/**
 * @param name of a slot.
 * @param body over variables 0 and 1, of built-in operators.
 */
export function operatorFromFormula(name: string, arity: 1 | 2, body: Formula): Operator {
  const value = compileValue(body);
  const slopes = [0, 1].map((argument) => compileSlope(body, argument));
  const dimension = { kind: 'numbers' } as const;
  if (arity === 1) {
    return {
      arity,
      name,
      dimension,
      value: (a) => value(a, 0),
      slope: (a) => slopes[0](a, 0),
      kernel(argument, result, count) {
        for (let i = 0; i < count; i++) result[i] = value(argument[i], 0);
      },
    };
  }
  return {
    arity,
    name,
    dimension,
    isCommutative: false,
    value,
    slopeLeft: slopes[0],
    slopeRight: slopes[1],
    columns(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = value(left[i], right[i]);
    },
    columnNumber(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = value(left[i], right);
    },
    numberColumn(left, right, result, count) {
      for (let i = 0; i < count; i++) result[i] = value(left, right[i]);
    },
  };
}

function compileValue(formula: Formula): Compiled {
  if (formula.kind === 'constant') return () => formula.value;
  if (formula.kind === 'variable') return formula.index === 0 ? (a) => a : (_, b) => b;
  const operator = operatorOf(formula.operator);
  const [first, second, third] = formula.arguments.map(compileValue);
  switch (operator.arity) {
    case 1:
      return (a, b) => operator.value(first(a, b));
    case 2:
      return (a, b) => operator.value(first(a, b), second(a, b));
    case 3:
      return (a, b) => operator.value(first(a, b), second(a, b), third(a, b));
  }
}

/** The derivative by one of the arguments, by the chain rule. */
function compileSlope(formula: Formula, argument: number): Compiled {
  if (formula.kind !== 'call') {
    const slope = Number(formula.kind === 'variable' && formula.index === argument);
    return () => slope;
  }
  const operator = operatorOf(formula.operator);
  const [first, second] = formula.arguments.map(compileValue);
  const [ofFirst, ofSecond, ofThird] = formula.arguments.map((part) =>
    compileSlope(part, argument),
  );
  switch (operator.arity) {
    case 1:
      return (a, b) => {
        const x = first(a, b);
        return chained(ofFirst(a, b), () => operator.slope(x, operator.value(x)));
      };
    case 2:
      return (a, b) => {
        const [x, y] = [first(a, b), second(a, b)];
        const value = operator.value(x, y);
        return (
          chained(ofFirst(a, b), () => operator.slopeLeft(x, y, value)) +
          chained(ofSecond(a, b), () => operator.slopeRight(x, y, value))
        );
      };
    case 3:
      return (a, b) => (first(a, b) > 0 ? ofSecond(a, b) : ofThird(a, b));
  }
}

/** What does not move passes nothing on, however steep the function. */
function chained(inner: number, outer: () => number): number {
  return inner === 0 ? 0 : inner * outer();
}
