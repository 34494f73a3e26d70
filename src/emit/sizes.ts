/**
 * The parts of a module that depend on sizes being symbols: what the extents of inputs and outputs are
 * called, how `scores` reads them off its input, and what is said about sizes that nobody compiled.
 *
 * Without sizes every extent is a number, and nothing here is printed.
 */
import { toldInterface } from '../ir/told.js';
import { axisNamesOf } from '../ir/model-interface.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { not } from '../ir/program-builders.js';
import type { Program, ProgramSizes, SizeSymbol } from '../ir/program.js';
import { countWords } from './interface-types.js';
import { numberText, stringText } from './numbers.js';
import { shapesText } from '../ir/words.js';
import { print } from './print-expression.js';
import type { PrintContext } from './print-expression.js';
import { symbolsIn, symbolsRead } from './walk.js';

/** An extent of an input: fixed, or read off the input and at least so much. */
export type Extent =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'size'; readonly least: number; readonly size: SizeSymbol };

/** The extents of one input. */
export function extentsOf(program: Program, input: number): readonly Extent[] {
  return program.interface.inputs[input].shape.map((value, axis): Extent => {
    const size = program.sizes?.symbols.find((own) => own.input === input && own.axis === axis);
    return size === undefined
      ? { kind: 'fixed', value }
      : { kind: 'size', least: size.least, size };
  });
}

/**
 * The interface as the module's types need it: extents of outputs that vary are infinite, so that no
 * output of varying length is a tuple or a pair.
 */
export function surfaceOf({ interface: model, sizes }: Program): ModelInterface {
  if (sizes === undefined) return model;
  const outputs = model.outputs.map((output, index) => ({
    ...output,
    shape: sizes.outputs[index].map((extent) =>
      extent.kind === 'number' ? extent.value : Infinity,
    ),
  }));
  return { ...model, outputs };
}

/** `['rows', 'columns']`: the shape of an input, symbols by name. */
export function inputShapeText(program: Program, input: number, context: PrintContext): string {
  const extents = extentsOf(program, input).map((extent) =>
    extent.kind === 'fixed'
      ? numberText(extent.value)
      : stringText(context.names.of(extent.size.symbol)),
  );
  return `[${extents.join(', ')}]`;
}

/** The shape of an output; extents that vary as text, such as `'columns'`. */
export function outputShapeText(program: Program, output: number, context: PrintContext): string {
  const fixed = program.interface.outputs[output].shape.map(numberText);
  const extents = program.sizes?.outputs[output].map((extent) =>
    extent.kind === 'number' ? numberText(extent.value) : stringText(print(extent, context)),
  );
  return `[${(extents ?? fixed).join(', ')}]`;
}

/** `const rows = image.length;`, one line for each size that the body reads, then what sizes must fulfil. */
export function printSizes(program: Program, context: PrintContext): readonly string[] {
  const { sizes } = program;
  if (sizes === undefined) return [];
  const read = new Set([...symbolsRead(program), ...sizes.requirements.flatMap(symbolsIn)]);
  const constants = sizes.symbols
    .filter(({ symbol }) => read.has(symbol))
    .map(({ symbol, input, axis }) => {
      const array = context.names.of(program.parameters[input]);
      return `const ${context.names.of(symbol)} = ${array}${'[0]'.repeat(axis)}.length;`;
    });
  return [...constants, ...printRequirements(sizes, context)];
}

/** An input in words: `1 or more rows × columns`, `2 or more literals × 1 or more clauses`. */
export function genericShapeWords(
  program: Program,
  input: number,
  context: PrintContext,
): string | undefined {
  const extents = extentsOf(program, input);
  if (extents.every(({ kind }) => kind === 'fixed')) return undefined;
  const names = axisNamesOf(toldInterface(program.interface).inputs[input]);
  const words = extents.map((extent, axis) => {
    const unnamed = names[axis] === undefined;
    if (extent.kind === 'fixed') return countWords(extent.value, names[axis] ?? 'value');
    const called = unnamed ? 'values' : context.names.of(extent.size.symbol);
    const before = axis > 0 ? extents[axis - 1] : undefined;
    const same = before?.kind === 'size' && before.least === extent.least;
    return same ? called : `${extent.least} or more ${called}`;
  });
  return words.join(' × ');
}

/** An output whose extents vary in words: `rows × columns values`; `undefined` for others. */
export function genericOutputWords(
  { sizes }: Program,
  output: number,
  context: PrintContext,
): string | undefined {
  const extents = sizes?.outputs[output] ?? [];
  if (extents.every(({ kind }) => kind === 'number')) return undefined;
  const texts = extents.map((extent) => print(extent, context));
  return `${texts.map((text) => (text.includes(' ') && texts.length > 1 ? `(${text})` : text)).join(' × ')} values`;
}

/** What holds at sizes that nobody compiled, one sentence for each line. */
export function trustWords(
  { sources, confirmed, indistinct }: ProgramSizes,
  context: PrintContext,
): readonly string[] {
  const texts = sources.map(({ shapes }) => shapesText(shapes));
  const from = `Compiled from ${listed(texts)}`;
  if (!confirmed) return [`${from}; other sizes are a hypothesis.`];
  const doubts = indistinct.map(
    (group) => `That ${listed(group.map(context.names.of))} may differ is a hypothesis.`,
  );
  return [`${from}, which agree on every constant.`, ...doubts];
}

function listed(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0];
  return `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}`;
}

/** `[[12, 12], [20, 20]]`: the sizes compiled; with several inputs one list of shapes for each. */
export function sourcesText({ sources }: ProgramSizes): string {
  const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
  const texts = sources.map(({ shapes }) =>
    shapes.length === 1 ? shapeText(shapes[0]) : `[${shapes.map(shapeText).join(', ')}]`,
  );
  return `[${texts.join(', ')}]`;
}

/** The statements that refuse sizes which the body cannot run at, beyond what the shape checks refuse. */
function printRequirements(
  { requirements }: ProgramSizes,
  context: PrintContext,
): readonly string[] {
  return requirements.map((requirement) => {
    const read = [...new Set(symbolsIn(requirement))].map((symbol) => context.names.of(symbol));
    const actual = read.map((name) => `${name} = \${${name}}`).join(', ');
    const message = `expected ${print(requirement, context)}, got ${actual}`;
    return `if (${print(not(requirement), context)}) throw new RangeError(\`${message}\`);`;
  });
}
