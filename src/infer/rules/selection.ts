/**
 * One of several cells is picked by the other leaves: an element with a computed index.
 *
 *   eight patterns of three cells, each with a cell of `rule`   →   `rule[4 * left + 2 * center + right]`
 *
 * For every state of the selectors the table must equal one of the picked cells, whatever these hold
 * (perhaps as ±1 for 0 and 1); all states are looked at, so that is a proof.
 */
import { compare, conditional, element, num, ref, symbol } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { affineExpression } from '../affine-expression.js';
import { costOf } from '../cost.js';
import { fixedIndex } from '../positions.js';
import type { Feature } from '../synthesis/index.js';
import { fitAffine, synthesise } from '../synthesis/index.js';
import { numberKind } from './numeric.js';
import type { Proposal, Rule, TableProblem } from './rule.js';

/** Of two cells `s ? b : a` says more than an index. */
const MIN_PICKED = 3;

/** Candidate units for an index that is not affine in the selectors: it is short or no index at all. */
const EFFORT = 20_000;

/** An index with coefficients that are multiples of this is computed without rounding. */
const GRAIN = 1 / 16;

/** Applies when at least three leaves are cells of one input on a line, and one of them is the answer. */
export const selectionRule: Rule = (problem) => {
  let best: Proposal | undefined;
  for (const line of linesOf(problem)) {
    const proposal = pickFrom(problem, line);
    if (proposal !== undefined && (best === undefined || proposal.cost < best.cost)) {
      best = proposal;
    }
  }
  return best;
};

/** Leaves that are fixed cells of one input, different in the position along one axis only. */
interface Line {
  readonly leaves: readonly number[];
  readonly axis: number;
  /** For each leaf its position along the axis. */
  readonly positions: readonly number[];
}

function linesOf({ leaves }: TableProblem): readonly Line[] {
  const lines = new Map<string, { leaves: number[]; axis: number; positions: number[] }>();
  leaves.forEach(({ source, accesses }, leaf) => {
    const places = accesses.map((access) =>
      access.kind === 'at' ? fixedIndex(access.index) : undefined,
    );
    if (source.kind !== 'input' || places.includes(undefined)) return;
    for (const [axis, position] of places.entries()) {
      const others = places.map((place, other) => (other === axis ? '*' : place));
      const key = `${source.index} ${others.join()}`;
      const line = lines.get(key) ?? { leaves: [], axis, positions: [] };
      line.leaves.push(leaf);
      line.positions.push(position ?? 0);
      lines.set(key, line);
    }
  });
  return [...lines.values()].filter((line) => line.leaves.length >= MIN_PICKED);
}

/** The table as a pick from (the most telling leaves of) a line. */
function pickFrom(problem: TableProblem, line: Line): Proposal | undefined {
  const { columns, target, states } = problem;
  const images = imagesOf(problem, line);
  if (images === undefined) return undefined;
  // A picked cell agrees with the answer more often than chance, and each as often as the others.
  const agreements = line.leaves.map((leaf) => {
    let count = 0;
    for (let state = 0; state < states; state++) {
      if (images.get(columns[leaf][state]) === target[state]) count++;
    }
    return count;
  });
  const most = Math.max(...agreements);
  const picked = line.leaves.flatMap((leaf, k) =>
    agreements[k] === most ? [{ leaf, position: line.positions[k] }] : [],
  );
  if (picked.length < MIN_PICKED || picked.length === columns.length) return undefined;
  const selectors = [...columns.keys()].filter((leaf) => picked.every((own) => own.leaf !== leaf));
  const table = positionTable(problem, images, picked, selectors);
  return table === undefined ? undefined : propose(problem, line, images, selectors, table);
}

/** What a picked value becomes in the table: itself, or the two values of the table in order. */
function imagesOf(
  { columns, target }: TableProblem,
  line: Line,
): ReadonlyMap<number, number> | undefined {
  const values = [...new Set(line.leaves.flatMap((leaf) => [...columns[leaf]]))];
  const targets = [...new Set(target)].sort((a, b) => a - b);
  values.sort((a, b) => a - b);
  if (values.length !== targets.length || values.length > MAX_VALUES) return undefined;
  if (values.join() === targets.join()) return new Map(values.map((value) => [value, value]));
  if (values.length !== 2) return undefined;
  return new Map(values.map((value, k) => [value, targets[k]]));
}

const MAX_VALUES = 16;

interface PositionTable {
  /** One state for each state of the selectors. */
  readonly states: readonly number[];
  readonly positions: Float64Array;
}

/** The position that each state of the selectors picks; `undefined` where none fits. */
function positionTable(
  { columns, target, states }: TableProblem,
  images: ReadonlyMap<number, number>,
  picked: readonly { readonly leaf: number; readonly position: number }[],
  selectors: readonly number[],
): PositionTable | undefined {
  const groups = new Map<string, { state: number; fitting: typeof picked }>();
  for (let state = 0; state < states; state++) {
    const key = selectors.map((leaf) => columns[leaf][state]).join();
    const group = groups.get(key) ?? { state, fitting: picked };
    groups.set(key, {
      ...group,
      fitting: group.fitting.filter(
        ({ leaf }) => images.get(columns[leaf][state]) === target[state],
      ),
    });
  }
  const positions: number[] = [];
  for (const { fitting } of groups.values()) {
    if (fitting.length === 0) return undefined;
    positions.push(fitting[0].position);
  }
  if (new Set(positions).size < MIN_PICKED) return undefined;
  return {
    states: [...groups.values()].map(({ state }) => state),
    positions: Float64Array.from(positions),
  };
}

function propose(
  problem: TableProblem,
  line: Line,
  images: ReadonlyMap<number, number>,
  selectors: readonly number[],
  table: PositionTable,
): Proposal | undefined {
  const columns = selectors.map((leaf) =>
    Float64Array.from(table.states, (state) => problem.columns[leaf][state]),
  );
  const features = selectors.map((leaf, k): Feature => ({
    symbol: symbol(problem.hints[leaf]),
    kind: numberKind(columns[k]),
  }));
  const index = digitsOf(features, columns, table) ?? searchIndex(features, columns, table);
  if (index === undefined) return undefined;
  const [first] = line.leaves;
  const { accesses } = problem.leaves[first];
  const places = accesses.map((access, axis): Expression => {
    if (axis === line.axis) return index;
    return num(access.kind === 'at' ? (fixedIndex(access.index) ?? 0) : 0);
  });
  const array = symbol('cells', 'number', accesses.map(() => 1)); // prettier-ignore
  const cell = element(array, ...places);
  const [[low, no], [high, yes] = [low, no]] = images;
  const same = low === no && high === yes;
  const expression = same ? cell : conditional(compare('===', cell, num(high)), num(yes), num(no));
  return {
    features: [
      ...features.map(({ symbol: own }, k) => ({
        symbol: own,
        leaf: problem.leafNumbers[selectors[k]],
      })),
      { symbol: array, leaf: problem.leafNumbers[first], whole: true },
    ],
    expression,
    cost: costOf(expression) + costOf(index),
  };
}

/** The selectors as the digits of the position, in their order: `4 * left + 2 * center + right`. */
function digitsOf(
  features: readonly Feature[],
  columns: readonly Float64Array[],
  { states, positions }: PositionTable,
): Expression | undefined {
  const fit = fitAffine(columns, positions, [...states.keys()], 0);
  if (fit === undefined) return undefined;
  const { constant, coefficients } = fit;
  if (![constant, ...coefficients].every((value) => Number.isInteger(value / GRAIN))) {
    return undefined;
  }
  const parts = features.map((feature, k) => ({
    coefficient: coefficients[k],
    value: ref(feature.symbol),
  }));
  return affineExpression({ parts, constant, integers: true });
}

function searchIndex(
  features: readonly Feature[],
  columns: readonly Float64Array[],
  { states, positions }: PositionTable,
): Expression | undefined {
  const found = synthesise({
    features,
    columns,
    states: states.length,
    target: positions,
    effort: EFFORT,
    type: 'number',
  });
  return found === undefined || found.quality === 'table' ? undefined : found.expression;
}
