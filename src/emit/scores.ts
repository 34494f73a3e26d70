/**
 * The function `scores`: guard, body and result. Its result is typed as the contract says, which the
 * printed text has to earn: arrays of the caller are copied, arrays of computed length are asserted to
 * be the tuple that they are.
 */
import type { Approximation } from '../ir/fidelity.js';
import { toldInterface } from '../ir/told.js';
import type { Expression, Program } from '../ir/program.js';
import type { OutputTensor } from '../ir/model-interface.js';
import { describeApproximation } from './approximation.js';
import {
  inputType, inputWords, isTuple, outputType, outputWords, scoresType,
} from './interface-types.js'; // prettier-ignore
import { propertyText } from './numbers.js';
import { printArray } from './print-expression.js';
import type { PrintContext } from './print-expression.js';
import { printStatements } from './print-statement.js';
import {
  extentsOf,
  genericOutputWords,
  genericShapeWords,
  printSizes,
  surfaceOf,
  trustWords,
} from './sizes.js';
import { nameOfCheck, printGuard } from './shape-check.js';
import type { PrintedFunction } from './shape-check.js';

/** Prints `scores` for a legal, lowered program. */
export function printScores(
  program: Program,
  context: PrintContext,
  approximation?: Approximation,
): PrintedFunction {
  return {
    name: 'scores',
    doc:
      approximation === undefined
        ? describeScores(program, context)
        : describeApproximation(program, context, approximation),
    parameters: parametersOf(program, context),
    returnType: scoresType(surfaceOf(program)),
    body: printBody(program, context, (value) => printResult(program, value, context)),
  };
}

/** Guards, sizes and statements; `printResult` prints what is returned. */
export function printBody(
  program: Program,
  context: PrintContext,
  printResult: (value: Expression) => string,
): string {
  const model = surfaceOf(program);
  const guards = model.inputs.map((_, index) => {
    const parameter = context.names.of(program.parameters[index]);
    return printGuard(extentsOf(program, index), parameter, nameOfCheck(model, index));
  });
  if (program.body.at(-1)?.kind !== 'return') {
    throw new Error('the program does not end by returning its outputs');
  }
  return [
    ...guards,
    ...printSizes(program, context),
    printStatements(program.body, context, printResult),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** The parameters that `scores` and `predict` share. */
export function parametersOf(
  program: Program,
  context: PrintContext,
): PrintedFunction['parameters'] {
  return program.interface.inputs.map(({ shape }, index) => ({
    name: context.names.of(program.parameters[index]),
    type: inputType(shape),
  }));
}

function printResult(program: Program, value: Expression, context: PrintContext): string {
  const { outputs } = surfaceOf(program);
  if (outputs.length === 1) return printOutput(value, outputs[0], context);
  if (value.kind !== 'array') throw new Error('several outputs must be an array literal');
  const fields = outputs.map((output, index) => {
    const text = printOutput(value.elements[index], output, context);
    return `${propertyText(output.name)}: ${text}`;
  });
  return `{ ${fields.join(', ')} }`;
}

function printOutput(value: Expression, output: OutputTensor, context: PrintContext): string {
  const text = printArray(value, context);
  if (!isTuple(output) || isLiteral(value)) return text;
  const array = value.kind === 'conditional' ? `(${text})` : text;
  return `${array} as ${outputType(output)}`;
}

/** Whether TypeScript sees by itself how many elements an array expression has. */
function isLiteral(value: Expression): boolean {
  if (value.kind === 'conditional') return isLiteral(value.then) && isLiteral(value.otherwise);
  return value.kind === 'array';
}

/** One sentence on the result, one line per input. */
function describeScores(program: Program, context: PrintContext): string {
  const { inputs, outputs } = toldInterface(surfaceOf(program));
  const results = outputs.map((output, index) => {
    const words = outputWords(output, genericOutputWords(program, index, context));
    return outputs.length === 1 ? words : `${output.name} (${words})`;
  });
  const lines = inputs.map((input, index) => {
    const parameter = context.names.of(program.parameters[index]);
    const shape = genericShapeWords(program, index, context);
    return `\`${parameter}\`: ${inputWords(input, shape)}.`;
  });
  const trust = program.sizes === undefined ? [] : trustWords(program.sizes, context);
  return [`The network's scores: ${results.join(', ')}.`, ...lines, ...trust].join('\n');
}
