/**
 * Sizes become symbols: the programs of one problem at one or more sizes ⟶ one program that reads its
 * sizes off its input.
 *
 *   27 * total ⟶ (columns - 1) * total
 *
 * Numbers that are sizes by their role become expressions by structure: by what their loop indexes, by
 * what their sum runs over. Other numbers that differ between sizes are solved as expressions of the
 * extents; those that agree stay. With one size alone the expressions are hypotheses.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { num, ref, symbol } from '../ir/program-builders.js';
import { dumpExpression } from '../ir/program-dump.js';
import type { Expression, Program, ProgramSizes, ProgramSymbol, Statement } from '../ir/program.js';
import { alignPrograms } from './align.js';
import { findAxes } from './axes.js';
import type { AxisMap } from './axes.js';
import { decideNumbers } from './decide.js';
import type { Decision, Sizes } from './decide.js';
import { axesIn } from './forms.js';
import type { SizeAxis } from './forms.js';
import { refuseOtherProblems } from './interfaces.js';
import { shapesText, sizeNames } from './names.js';
import { findRequirements } from './requirements.js';
import { substitute } from './substitute.js';
import { expressionsOf, statementsOf } from './walk.js';

/** A number of the fixed-size programs that the generic one computes from its sizes. */
export interface GeneralisedConstant {
  /** Its value at each size, in the order of the programs. */
  readonly values: readonly number[];
  /** The expression of sizes, such as `rows * (columns - 1)`. */
  readonly expression: string;
  /** The texts of the leading program in which it stands, each once. */
  readonly places: readonly string[];
  /** Whether the sizes given confirm the expression; otherwise it is a hypothesis. */
  readonly confirmed: boolean;
}

export interface Generalised {
  readonly program: Program;
  /** In the order of the program's text. */
  readonly constants: readonly GeneralisedConstant[];
}

/**
 * The program for every size, from one program for each size given; the first one leads.
 *
 * @throws Diagnostic `GENERIC_INTERFACE` or `GENERIC_SAME_SIZE` for programs that are not one problem at
 *   several sizes, `GENERIC_STRUCTURE` and `GENERIC_TABLE` where they differ in more than numbers,
 *   `GENERIC_CONSTANT` for a number that no expression of the sizes explains, `GENERIC_NOTHING` where
 *   no number depends on a size.
 */
export function generaliseProgram(programs: readonly Program[]): Generalised {
  refuseOtherProblems(programs.map((program) => program.interface));
  const alignment = alignPrograms(programs);
  const leading = alignment.program;
  const axes = findAxes(leading);
  const sizes = sizesOf(programs);
  const { replacements, decisions } = decideNumbers(alignment, axes, sizes);
  const body = substitute(leading.body, replacements);
  const used = usedAxes(decisions, sizes.axes);
  if (used.length === 0) throw diagnose('GENERIC_NOTHING', {}, { reason: nothing(sizes.axes, axes) }); // prettier-ignore

  const program = { ...leading, body, sizes: describeSizes(programs, body, used, decisions) };
  return { program, constants: listConstants(decisions) };
}

function sizesOf(programs: readonly Program[]): Sizes {
  const shapes = programs.map((program) => program.interface.inputs.map(({ shape }) => shape));
  const names = sizeNames(programs[0].interface).flat();
  const axes = names.map((name, id): SizeAxis => ({
    id,
    symbol: symbol(camelCase(name)),
    extents: shapes.map((own) => own.flat()[id]),
  }));
  return { axes, texts: shapes.map(shapesText) };
}

/** `image rows` as `imageRows`; the emitter makes it an identifier. */
function camelCase(words: string): string {
  return words.replace(/ +(\S)/g, (_, letter: string) => letter.toUpperCase());
}

/** The axes that vary: those that an expression reads, and those that differ between the sizes given. */
function usedAxes(decisions: readonly Decision[], axes: readonly SizeAxis[]): readonly SizeAxis[] {
  const read = new Set(decisions.flatMap(({ expression }) => axesIn(expression, axes)));
  return axes.filter(({ id, extents }) => read.has(id) || extents.some((one) => one !== extents[0])); // prettier-ignore
}

function nothing(axes: readonly SizeAxis[], { pinned }: AxisMap): string {
  const held = axes.filter(({ id }) => pinned.has(id));
  return held.length === 0
    ? 'no loop and no condition runs over a whole axis of the input'
    : `positions along its ${held.map((axis) => axis.symbol.hint).join(' and ')} follow no formula`;
}

function describeSizes(
  programs: readonly Program[],
  body: readonly Statement[],
  used: readonly SizeAxis[],
  decisions: readonly Decision[],
): ProgramSizes {
  const [{ interface: model, parameters, tables }] = programs;
  const places = model.inputs.flatMap(({ shape }, input) => shape.map((_, axis) => ({ input, axis }))); // prettier-ignore
  const extents = new Map<ProgramSymbol, readonly Expression[]>();
  let next = 0;
  for (const parameter of parameters) {
    const own = parameter.type.extents.map((extent) => {
      const size = used.find(({ id }) => id === next);
      next++;
      return size === undefined ? num(extent) : ref(size.symbol);
    });
    extents.set(parameter, own);
  }
  for (const table of tables) extents.set(table.symbol, table.symbol.type.extents.map(num));
  const { least, conditions } = findRequirements(body, used, extents);
  return {
    symbols: used.map((size) => ({
      symbol: size.symbol,
      ...places[size.id],
      least: least.get(size.symbol) ?? 1,
    })),
    requirements: conditions,
    outputs: outputExtents(programs[0], body),
    sources: programs.map(({ interface: { inputs, source } }) => ({
      shapes: inputs.map(({ shape }) => shape),
      source,
    })),
    confirmed: programs.length > 1 && decisions.every(({ confirmed }) => confirmed),
  };
}

/** The shape of each output: the extents of the array that is returned, or fixed ones. */
function outputExtents(
  { interface: { outputs } }: Program,
  body: readonly Statement[],
): readonly (readonly Expression[])[] {
  const allocated = new Map<ProgramSymbol, readonly Expression[]>();
  for (const statement of statementsOf(body)) {
    if (statement.kind === 'allocate') allocated.set(statement.symbol, expressionsOf(statement));
  }
  const extentsOf = (value: Expression | undefined): readonly Expression[] | undefined => {
    if (value?.kind === 'symbol') return allocated.get(value.symbol);
    if (value?.kind === 'conditional') return extentsOf(value.then) ?? extentsOf(value.otherwise);
    return value?.kind === 'helper' ? extentsOf(value.arguments[0]) : undefined;
  };
  const last = body.at(-1);
  const result = last?.kind === 'return' ? last.value : undefined;
  return outputs.map(({ shape }, index) => {
    const several = outputs.length > 1 && result?.kind === 'array';
    return extentsOf(several ? result.elements[index] : result) ?? shape.map(num);
  });
}

/** Equal decisions once, with all their places. */
function listConstants(decisions: readonly Decision[]): readonly GeneralisedConstant[] {
  const found = new Map<string, GeneralisedConstant & { places: string[] }>();
  for (const { values, expression, place, confirmed } of decisions) {
    const text = dumpExpression(expression);
    const key = `${values.join()} ${text} ${String(confirmed)}`;
    const known = found.get(key);
    if (known === undefined)
      found.set(key, { values, expression: text, places: [place], confirmed });
    else if (!known.places.includes(place)) known.places.push(place);
  }
  return [...found.values()];
}
