/**
 * Programs that decide without scores: `predict` is the body, and its returns are labels. `scores` says
 * which decision it is and no more.
 *
 *     if (income > 6 && debt < 3) return 'approve';
 *     return 'refuse';
 */
import { decisionsOf, indicatorOf } from '../ir/decision.js';
import type { Approximation } from '../ir/fidelity.js';
import type { Expression, Program } from '../ir/program.js';
import { describeApproximation } from './approximation.js';
import { scoresType } from './interface-types.js';
import { numberText, stringText } from './numbers.js';
import type { PrintContext } from './print-expression.js';
import { parametersOf, printBody } from './scores.js';
import { surfaceOf } from './sizes.js';
import type { PrintedFunction } from './shape-check.js';

/** `scores` and `predict`, in this order. */
export function printDecided(
  program: Program,
  context: PrintContext,
  approximation?: Approximation,
): readonly [scores: PrintedFunction, predict: PrintedFunction] {
  const parameters = parametersOf(program, context);
  const model = surfaceOf(program);
  const texts = new Map(
    decisionsOf(model).map((decided): [number, string] => [
      decided,
      decisionText(program, decided),
    ]),
  );
  const printResult = (value: Expression): string => {
    const text = value.kind === 'number' ? texts.get(value.value) : undefined;
    if (text === undefined) throw new Error('the program returns something else than a decision');
    return text;
  };
  const call = `predict(${parameters.map(({ name }) => name).join(', ')})`;
  return [
    {
      name: 'scores',
      doc: describeIndicator(program),
      parameters,
      returnType: scoresType(model),
      body: indicatorText(program, texts, call, context),
    },
    {
      name: 'predict',
      doc:
        approximation === undefined
          ? "The network's decision."
          : describeApproximation(program, context, approximation),
      parameters,
      returnType: [...texts.values()].join(' | '),
      body: printBody(program, context, printResult),
    },
  ];
}

function decisionText({ interface: { outputs, decision } }: Program, decided: number): string {
  const label = decision.kind === 'sign' ? undefined : outputs[0].labels?.[decided];
  return label === undefined ? numberText(decided) : stringText(label);
}

function describeIndicator({ interface: { decision } }: Program): string {
  switch (decision.kind) {
    case 'argmax':
      return 'The decision as scores, 1 for it and 0 for every other: rules know no degrees.';
    case 'argmin':
      return 'The decision as scores, 0 for it and 1 for every other: rules know no degrees.';
    case 'threshold':
    case 'sign':
    case 'none':
      return 'The decision as a score: rules know no degrees.';
  }
}

function indicatorText(
  { interface: model }: Program,
  texts: ReadonlyMap<number, string>,
  call: string,
  { names }: PrintContext,
): string {
  const [{ shape }] = model.outputs;
  const literal = (cells: readonly string[]): string =>
    nest(cells, shape, (parts) => `[${parts.join(', ')}]`);
  if (model.decision.kind === 'sign') return `return ${literal([call])};`;
  const decisions = [...texts.keys()];
  if (decisions.length === 2) {
    const [zero, one] = decisions.map((decided) =>
      literal(indicatorOf(model, decided).map(numberText)),
    );
    return `return ${call} === ${texts.get(decisions[1]) ?? ''} ? ${one} : ${zero};`;
  }
  const decision = names.local('decision');
  const [first, second] = decisions;
  const [own] = indicatorOf(model, first);
  const [other] = indicatorOf(model, second);
  const cells = [...texts.values()].map(
    (text) => `${decision} === ${text} ? ${numberText(own)} : ${numberText(other)}`,
  );
  return `const ${decision} = ${call};\nreturn ${literal(cells)};`;
}

/** Flat texts nested like a shape. */
function nest(
  cells: readonly string[],
  shape: readonly number[],
  wrap: (parts: readonly string[]) => string,
): string {
  if (shape.length === 0) return cells[0];
  const [extent, ...rest] = shape;
  const size = cells.length / extent;
  const parts = Array.from({ length: extent }, (_, k) =>
    nest(cells.slice(k * size, (k + 1) * size), rest, wrap),
  );
  return wrap(parts);
}
