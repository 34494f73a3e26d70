/**
 * Program → text: the emitted module, and where tables are large the text of its sibling. A module says
 * who made it, what it claims (`network`), then `scores` and `predict`, then what these use.
 *
 * Assumes a legal, lowered Program (`checkProgram`). Names are resolved last and know no neuron; the
 * same program and options give the same bytes.
 */
import { toldInterface } from '../ir/told.js';
import type { Program } from '../ir/program.js';
import { assembleModule } from './assemble.js';
import type { ModuleParts } from './assemble.js';
import { countCodeLines } from './code-lines.js';
import { printDecided } from './decided.js';
import { createContext } from './context.js';
import { shapeWords } from './interface-types.js';
import { headerText, networkText } from './network-constant.js';
import { stringText } from './numbers.js';
import { printPredict } from './predict.js';
import type { PrintContext } from './print-expression.js';
import { parametersOf, printScores } from './scores.js';
import { nameOfCheck, printCheck } from './shape-check.js';
import { extentsOf, genericShapeWords, surfaceOf } from './sizes.js';
import type { PrintedFunction } from './shape-check.js';
import { sortTables, tableText, weightsModule } from './tables.js';
import type { EmitOptions, Emitted } from './types.js';
import { listedPositions } from './walk.js';

export { emitTestCase } from './test-case.js';
export { createSnippets } from './snippets.js';
export type { Snippets } from './snippets.js';
export type { EmitOptions, Emitted } from './types.js';

/**
 * Prints a program as one TypeScript module.
 *
 * @throws Error on an illegal program, such as one with a reduction left in it.
 */
export async function emitProgram(program: Program, options: EmitOptions): Promise<Emitted> {
  const tables = sortTables(program);
  const { context, helpers } = createContext(program);
  const { names } = context;
  const header = headerText(program, options);

  const code = await assembleModule({
    header,
    ...importsOf(
      tables.sibling.map(({ symbol }) => names.of(symbol)),
      options.fileName ?? program.interface.name,
    ),
    constants: [
      { name: 'network', initializer: networkText(program, context, options), exported: true },
      ...tables.inline.map((table) => ({
        name: names.of(table.symbol),
        initializer: tableText(table),
        exported: false,
      })),
      ...labelsOf(program, context),
    ],
    functions:
      program.decides === true
        ? printDecided(program, context, options.approximation)
        : [printScores(program, context, options.approximation), predictFunction(program, context)],
    helpers: [...helpers, ...printChecks(program, context)],
  });
  return {
    code,
    ...(tables.sibling.length === 0
      ? {}
      : { weights: weightsModule(tables.sibling, header, ({ symbol }) => names.of(symbol)) }),
    lines: countCodeLines(code),
    bytes: new TextEncoder().encode(code).length,
    weightsInData:
      program.tables.reduce((sum, { values }) => sum + values.length, 0) + listedPositions(program),
  };
}

/** The import of the sibling with the tables, named after the module's file. */
function importsOf(names: readonly string[], fileName: string): Pick<ModuleParts, 'imports'> {
  if (names.length === 0) return {};
  return { imports: { names, from: `./${siblingName(fileName)}.weights.js` } };
}

/** A file name without its `.ts`, in characters that file systems and imports agree on. */
function siblingName(fileName: string): string {
  const name = fileName
    .replace(/^.*[/\\]/, '')
    .replace(/\.ts$/, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '');
  return name === '' ? 'model' : name;
}

function predictFunction(program: Program, context: PrintContext): PrintedFunction {
  const parameters = parametersOf(program, context);
  const { returnType, doc, body } = printPredict(
    surfaceOf(program),
    callText(parameters),
    context.names,
  );
  return { name: 'predict', doc, parameters, returnType, body };
}

function callText(parameters: PrintedFunction['parameters']): string {
  return `scores(${parameters.map(({ name }) => name).join(', ')})`;
}

/** The constant with the class names, where `predict` looks them up by index. */
function labelsOf(program: Program, context: PrintContext): ModuleParts['constants'] {
  const [{ labels = [] }] = program.interface.outputs;
  if (program.decides === true) return [];
  const { usesLabels } = printPredict(surfaceOf(program), '', context.names);
  if (!usesLabels) return [];
  const initializer = `[${labels.map(stringText).join(', ')}] as const`;
  return [{ name: 'labels', initializer, exported: false }];
}

function printChecks(program: Program, context: PrintContext): readonly PrintedFunction[] {
  const model = program.interface;
  const told = toldInterface(model);
  return model.inputs.flatMap((_, index) => {
    const name = nameOfCheck(model, index);
    if (name === undefined) return [];
    const parameter = context.names.of(program.parameters[index]);
    const extents = extentsOf(program, index);
    const words = genericShapeWords(program, index, context) ?? shapeWords(told.inputs[index]);
    return [printCheck(extents, words, parameter, name)];
  });
}
