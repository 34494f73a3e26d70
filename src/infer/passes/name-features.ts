/**
 * Inputs that have names are read by name: `const age = patient[2];` at the top, once for each feature
 * that the program reads at a fixed position. Inlining leaves these names alone.
 */
import { constant, element, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import {
  expressionsOf,
  mapBlocks,
  mapExpressions,
  mapOperands,
  visitExpression,
  visitStatements,
} from '../rewrite.js';
import type { Pass } from './pass.js';

/** More names at the top than this are no help; then the positions stay. */
const MOST_NAMED = 24;

/** Declares the features that are read at fixed positions, and reads them by name. */
export const nameFeatures: Pass = {
  name: 'name-features',
  run: (program) => {
    const named = new Map<ProgramSymbol, ReadonlyMap<number, ProgramSymbol>>();
    const declarations: Statement[] = [];
    for (const [array, features] of featuresOf(program)) {
      const positions = fixedReads(program.body, array);
      if (positions.length === 0 || positions.length > MOST_NAMED) continue;
      const symbols = new Map(
        positions.map((position) => [position, symbol(features[position])] as const),
      );
      named.set(array, symbols);
      for (const [position, name] of symbols) {
        declarations.push(constant(name, element(array, position)));
      }
    }
    if (named.size === 0) return program;
    return { ...program, body: [...declarations, ...readByName(program.body, named)] };
  },
};

/** The names of the cells of each parameter that is a list of features. */
export function featuresOf({
  interface: model,
  parameters,
}: Program): ReadonlyMap<ProgramSymbol, readonly string[]> {
  const found = new Map<ProgramSymbol, readonly string[]>();
  model.inputs.forEach(({ features, shape }, index) => {
    if (features !== undefined && shape.length === 1) found.set(parameters[index], features);
  });
  return found;
}

/** The literal positions at which a block reads an array, ascending. */
function fixedReads(block: readonly Statement[], array: ProgramSymbol): readonly number[] {
  const positions = new Set<number>();
  visitStatements(block, (statement) => {
    for (const expression of expressionsOf(statement)) {
      visitExpression(expression, (inner) => {
        if (inner.kind !== 'element' || inner.array !== array) return;
        const [index] = inner.indices;
        if (index.kind === 'number') positions.add(index.value);
      });
    }
  });
  return [...positions].sort((a, b) => a - b);
}

function readByName(
  block: readonly Statement[],
  named: ReadonlyMap<ProgramSymbol, ReadonlyMap<number, ProgramSymbol>>,
): readonly Statement[] {
  const rename = (expression: Expression): Expression => {
    if (expression.kind === 'element') {
      const [index] = expression.indices;
      const name =
        index.kind === 'number' ? named.get(expression.array)?.get(index.value) : undefined;
      if (name !== undefined) return ref(name);
    }
    return mapOperands(expression, rename);
  };
  return block.map((statement) =>
    mapBlocks(mapExpressions(statement, rename), (inner) => readByName(inner, named)),
  );
}
