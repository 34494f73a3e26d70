/**
 * Layers whose weights are too many for the module's own text become one call each, since the loop over
 * them is the same every time and is where all the time goes:
 *
 *   const hidden = new Array(n).fill(0);
 *   for (i) { let sum = biases[i]; for (j) …; hidden[i] = Math.tanh(sum); }
 *     →   const hidden = dense(input, weights, biases);
 *         for (i) hidden[i] = Math.tanh(hidden[i]);
 *
 * The call adds in the order of the loop, so that not a bit changes; a layer of several sources begins the
 * call for one with what the call for the one before gave. Small networks keep their loops; in a
 * network with one large layer the small ones are called, too.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { constant, element, helper, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import { LARGEST_INLINE_TABLE } from '../../ir/program.js';
import { mapBlocks, mapExpressions, substituteSymbols } from '../rewrite.js';
import { denseLayersOf } from './dense-layers.js';
import type { DenseLayer } from './dense-layers.js';
import type { Pass } from './pass.js';

/** Replaces the loops of dense layers by calls, where one of them is large. */
export const callDense: Pass = {
  name: 'call-dense',
  run: (program) => {
    const found = denseLayersOf(program).filter(({ rows }) => rows !== undefined);
    if (!found.some(({ sums }) => sums.some(({ weights }) => isLarge(weights)))) return program;
    const layers = new Map(found.map((layer) => [layer.at, layer]));
    const tables: Table[] = [...program.tables];
    const body = program.body.flatMap((statement, at) => {
      const layer = layers.get(at);
      if (layer !== undefined) return callOf(layer, statement, program.body[at + 1], tables);
      return layers.has(at - 1) ? [] : [statement];
    });
    return { ...program, body, tables };
  },
};

function isLarge({ type }: ProgramSymbol): boolean {
  return sizeOf(type.extents) > LARGEST_INLINE_TABLE;
}

/** The call, and the loop that is left to do; a table of biases is added where there was a number. */
function callOf(
  layer: DenseLayer,
  first: Statement,
  second: Statement,
  tables: Table[],
): readonly Statement[] {
  const { target, sums: sources, rows } = layer;
  if (rows === undefined || first.kind !== 'allocate' || second.kind !== 'for') {
    throw new Error('a dense layer is an array and a loop that fills it');
  }
  const biases = layer.biases ?? repeatedBias(layer, second, tables);
  const sums = sources.reduce<Expression>(
    (start, { source, weights }) => helper('dense', ref(source), ref(weights), start),
    ref(biases),
  );
  const call = constant(target, sums, first.comment ?? second.comment);
  const replaced = new Map([[rows.sum, element(target, ref(rows.iterator))]]);
  const rest = rows.rest.map((statement) => replaceIn(statement, replaced));
  const last = rest[rest.length - 1];
  const nothingLeft =
    rest.length === 1 && last.kind === 'assign' && last.value === replaced.get(rows.sum);
  return nothingLeft ? [call] : [call, { ...second, body: rest }];
}

function replaceIn(
  statement: Statement,
  replaced: ReadonlyMap<ProgramSymbol, Expression>,
): Statement {
  return mapBlocks(
    mapExpressions(statement, (expression) => substituteSymbols(expression, replaced)),
    (block) => block.map((inner) => replaceIn(inner, replaced)),
  );
}

/** A new table that holds the one bias of all neurons for each of them. */
function repeatedBias(
  { target, sums: [{ weights }] }: DenseLayer,
  { body: [start] }: Extract<Statement, { readonly kind: 'for' }>,
  tables: Table[],
): ProgramSymbol {
  const bias = start.kind === 'let' && start.value.kind === 'number' ? start.value.value : 0;
  const hint = weights.hint.replace(/Weights$/, 'Biases');
  const table = symbol(hint, 'number', target.type.extents);
  const values = new Float64Array(sizeOf(target.type.extents)).fill(bias);
  const place = tables.findIndex((own) => own.symbol === weights);
  tables.splice(place + 1, 0, { symbol: table, values });
  return table;
}
