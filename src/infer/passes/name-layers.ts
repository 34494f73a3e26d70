/**
 * Layers without structure are called what the model calls them, else by their place: `hidden1`,
 * `hidden2`, …, the last one after the output; their tables stand in the order of the layers.
 *
 *   units, otherUnits, unitWeights, otherUnitWeights   →   hidden1, hidden2, hidden1Weights, …
 *
 * In a program that is more than its dense layers, only those too large for the module's own text are
 * called so, and what has a word of its own keeps it.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { symbol } from '../../ir/program-builders.js';
import type { Program, ProgramSymbol, Table } from '../../ir/program.js';
import { LARGEST_INLINE_TABLE } from '../../ir/program.js';
import { renameInBlock } from '../rewrite.js';
import { camelCase } from '../words.js';
import { accessesOf } from './effects.js';
import { denseLayersOf } from './dense-layers.js';
import type { DenseLayer } from './dense-layers.js';
import type { Pass } from './pass.js';

/** Words that say no more of a layer than that it is one. */
const NO_WORD = /^(units?|sums?|hidden\d*)$/;
const VOTE = /^(votes?|flags?)$/;

/** Names dense layers and their tables, and puts the tables in the order of the layers. */
export const nameLayers: Pass = {
  name: 'name-layers',
  run: (program) => {
    const all = denseLayersOf(program);
    const nothingElse = program.body.every(
      ({ kind }, at) =>
        (kind !== 'for' && kind !== 'for-of' && kind !== 'if') ||
        all.some((layer) => layer.at === at - 1),
    );
    const layers = all.filter(
      ({ sums }) => nothingElse || sums.some(({ weights }) => isLarge(weights)),
    );
    if (layers.length === 0) return program;
    const renamed = new Map<ProgramSymbol, ProgramSymbol>();
    let hidden = 0;
    const isOneOfSeveral = layers.filter((layer) => isReturned(program, layer)).length > 1;
    for (const layer of layers) {
      const isOutput = isReturned(program, layer);
      const place = isOutput ? outputWord(layer) : `hidden${++hidden}`;
      const word = camelCase(layer.sums[0].weights.layer ?? '') || place;
      const { hint, type } = layer.target;
      const wordless = NO_WORD.test(hint) || (nothingElse && VOTE.test(hint));
      if (!wordless && !isOutput) continue;
      if (wordless && isOutput) {
        rename(renamed, layer.target, type.extents.length === 0 ? 'score' : 'scores');
      } else if (wordless && type.extents.length > 0) rename(renamed, layer.target, word);
      for (const [place, { weights, source }] of layer.sums.entries()) {
        rename(renamed, weights, `${word}${place === 0 ? '' : capitalised(source.hint)}Weights`);
      }
      // Loops of several outputs may become one, in which each sum needs a name of its own.
      if (isOutput && isOneOfSeveral && layer.rows !== undefined) {
        rename(renamed, layer.rows.sum, `${word}Sum`);
      }
      if (layer.biases !== undefined) rename(renamed, layer.biases, `${word}Biases`);
    }
    return {
      ...program,
      body: renameInBlock(program.body, renamed),
      tables: inOrder(program.tables, layers).map((table) => ({
        ...table,
        symbol: renamed.get(table.symbol) ?? table.symbol,
      })),
    };
  },
};

function isLarge({ type }: ProgramSymbol): boolean {
  return sizeOf(type.extents) > LARGEST_INLINE_TABLE;
}

/** Whether the program gives back the layer's values, or what a function makes of them. */
function isReturned({ body }: Program, { target }: DenseLayer): boolean {
  return accessesOf(body.slice(-1)).some(({ symbol: read }) => read === target);
}

/** What the tables of an output's layer are called after: its own word, where it has one. */
function outputWord({ target: { hint } }: DenseLayer): string {
  return NO_WORD.test(hint) || VOTE.test(hint) ? 'output' : hint;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function rename(
  renamed: Map<ProgramSymbol, ProgramSymbol>,
  old: ProgramSymbol,
  word: string,
): void {
  renamed.set(old, symbol(word, old.type.scalar, old.type.extents));
}

/** The tables with those of the layers behind all others, in the order of the layers. */
function inOrder(tables: readonly Table[], layers: readonly DenseLayer[]): readonly Table[] {
  const order = layers.flatMap(({ sums, biases }) => {
    const weights = sums.map((sum) => sum.weights);
    return biases === undefined ? weights : [...weights, biases];
  });
  const places = new Map(order.map((table, place) => [table, place]));
  const place = ({ symbol: table }: Table): number => places.get(table) ?? -1;
  return [...tables].sort((left, right) => place(left) - place(right));
}
