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
import { symbol } from '../ir/program-builders.js';
import { dumpExpression } from '../ir/program-dump.js';
import type { Program } from '../ir/program.js';
import { shapesText } from '../ir/words.js';
import { alignPrograms } from './align.js';
import { findAxes } from './axes.js';
import type { AxisId, AxisMap } from './axes.js';
import { decideNumbers } from './decide.js';
import type { Decision, Sizes } from './decide.js';
import { describeSizes } from './describe-sizes.js';
import { axesIn, sameExtents, varies } from './forms.js';
import type { SizeAxis } from './forms.js';
import { refuseOtherProblems } from './interfaces.js';
import { sizeNames } from './names.js';
import { substitute } from './substitute.js';

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
  /** In the order in which they were decided: sizes first. */
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
  const { program: leading } = alignment;
  const axes = findAxes(leading);
  const sizes = sizesOf(programs);
  const pinned = new Set(axes.pinned);
  for (;;) {
    const { replacements, decisions } = decideNumbers(alignment, axes, sizes, pinned);
    const body = substitute(leading.body, replacements);
    const used = usedAxes(decisions, axes, sizes.axes);
    if (used.length === 0) throw nothing(sizes.axes, pinned);
    const described = describeSizes({ programs, body, used, axes, decisions });
    // An axis that something fixed is read along cannot vary, unless it was seen to.
    const held = used.filter(({ id, symbol, extents }) => described.bounded.has(symbol) && !varies(extents) && !pinned.has(id)); // prettier-ignore
    for (const { id } of held) pinned.add(id);
    for (const group of axes.tied) {
      if (group.some((axis) => pinned.has(axis))) group.forEach((axis) => pinned.add(axis));
    }
    if (held.length > 0) continue;
    const program = { ...leading, body, sizes: described.sizes };
    return { program, constants: listConstants(decisions) };
  }
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

/**
 * The axes that vary: those that an expression reads, those that differ between the sizes given, and
 * those that are as long as one of these because a loop runs along both.
 */
function usedAxes(
  decisions: readonly Decision[],
  { tied }: AxisMap,
  axes: readonly SizeAxis[],
): readonly SizeAxis[] {
  const used = new Set(decisions.flatMap(({ expression }) => axesIn(expression, axes)));
  for (const { id, extents } of axes) if (varies(extents)) used.add(id);
  for (const group of tied) {
    if (!group.some((axis) => used.has(axis))) continue;
    for (const axis of group) if (sameExtents(axes[axis], axes[group[0]])) used.add(axis);
  }
  return axes.filter(({ id }) => used.has(id));
}

function nothing(axes: readonly SizeAxis[], pinned: ReadonlySet<AxisId>): Error {
  const held = axes.filter(({ id }) => pinned.has(id)).map((axis) => axis.symbol.hint);
  const reason =
    held.length === 0
      ? 'no loop and no condition runs over a whole axis of the input'
      : `positions along its ${held.join(' and ')} follow no formula`;
  return diagnose('GENERIC_NOTHING', {}, { reason });
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
