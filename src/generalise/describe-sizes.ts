/**
 * What a generic program says about its sizes: which extents are read off the input, how small they may
 * be, what they must fulfil together, the shapes of outputs, and where it came from.
 */
import { compare, num, ref } from '../ir/program-builders.js';
import type { Expression, Program, ProgramSizes, ProgramSymbol, Statement } from '../ir/program.js';
import type { AxisMap } from './axes.js';
import type { Decision } from './decide.js';
import { sameExtents } from './forms.js';
import type { SizeAxis } from './forms.js';
import { findRequirements } from './requirements.js';
import { expressionsOf, statementsOf } from './walk.js';

export interface GenericParts {
  readonly programs: readonly Program[];
  /** The body with symbols. */
  readonly body: readonly Statement[];
  /** The axes that vary. */
  readonly used: readonly SizeAxis[];
  readonly axes: AxisMap;
  readonly decisions: readonly Decision[];
}

/** The sizes, and the symbols that cannot grow. */
export function describeSizes(parts: GenericParts): {
  readonly sizes: ProgramSizes;
  readonly bounded: ReadonlySet<ProgramSymbol>;
} {
  const { programs, body, used, decisions } = parts;
  const { inputs } = programs[0].interface;
  const places = inputs.flatMap(({ shape }, input) => shape.map((_, axis) => ({ input, axis })));
  const equal = equalSizes(parts);
  const { least, conditions, bounded } = findRequirements(body, used, givenExtents(parts), equal);
  const ties = [...equal].map(([symbol, first]) => compare('===', ref(first), ref(symbol)));
  const sizes: ProgramSizes = {
    symbols: used.map(({ id, symbol }) => ({
      symbol,
      ...places[id],
      least: least.get(equal.get(symbol) ?? symbol) ?? 1,
    })),
    requirements: [...ties, ...conditions],
    outputs: outputExtents(programs[0], body),
    sources: programs.map((program) => ({
      shapes: program.interface.inputs.map(({ shape }) => shape),
      source: program.interface.source,
    })),
    confirmed: programs.length > 1 && decisions.every(({ confirmed }) => confirmed),
    indistinct: indistinctSizes(used, equal),
  };
  return { sizes, bounded };
}

/** Groups of sizes of the same extents that are free to differ. */
function indistinctSizes(
  used: readonly SizeAxis[],
  equal: ReadonlyMap<ProgramSymbol, ProgramSymbol>,
): readonly (readonly ProgramSymbol[])[] {
  const free = used.filter(({ symbol }) => !equal.has(symbol));
  return free
    .map((first, index) => {
      const same = free.slice(index).filter((other) => sameExtents(first, other));
      const isFirst = !free.slice(0, index).some((earlier) => sameExtents(first, earlier));
      return isFirst ? same.map(({ symbol }) => symbol) : [];
    })
    .filter(({ length }) => length > 1);
}

/** For each size that must equal an earlier one, since a loop runs along both axes, that one. */
function equalSizes({ used, axes }: GenericParts): ReadonlyMap<ProgramSymbol, ProgramSymbol> {
  const equal = new Map<ProgramSymbol, ProgramSymbol>();
  for (const group of axes.tied) {
    const [first, ...others] = used.filter(({ id }) => group.includes(id));
    for (const other of others) {
      if (sameExtents(first, other) && !equal.has(other.symbol) && !equal.has(first.symbol)) {
        equal.set(other.symbol, first.symbol);
      }
    }
  }
  return equal;
}

/** The extents of parameters and tables. */
function givenExtents({ programs: [leading], used }: GenericParts) {
  const extents = new Map<ProgramSymbol, readonly Expression[]>();
  let next = 0;
  for (const parameter of leading.parameters) {
    const own = parameter.type.extents.map((extent, axis) => {
      const size = used.find(({ id }) => id === next + axis);
      return size === undefined ? num(extent) : ref(size.symbol);
    });
    next += own.length;
    extents.set(parameter, own);
  }
  for (const table of leading.tables) {
    extents.set(table.symbol, table.symbol.type.extents.map(num));
  }
  return extents;
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
