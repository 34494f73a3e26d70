/**
 * Finds the formula of a gate: collects the cone of one iteration, tabulates it over its reachable
 * states, and asks the rules for an equal expression. It is taken when it reads more cheaply than the
 * gates it replaces. Widely ranging single gates are left alone: they are thresholds already.
 */
import type { ClusterAxis } from '../ir/cluster.js';
import { num, ref, symbol } from '../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../ir/program.js';
import { activate } from './affine-expression.js';
import { withoutOwnCells } from './apart.js';
import type { Cone } from './cone.js';
import type { IndexSet } from './cone-members.js';
import { collectCone } from './cone.js';
import { costOf } from './cost.js';
import { hintOf } from './hints.js';
import type { Proposal, TableProblem } from './rules/index.js';
import { cheapestProposal, selectionRule } from './rules/index.js';
import { SEARCH_EFFORT } from './rules/rule.js';
import { substituteSymbols } from './rewrite.js';
import { reachableStates } from './states.js';
import type { States } from './states.js';
import { dropIrrelevant } from './synthesis/index.js';
import { FLOAT_NOISE, mergeValues, tabulateCone } from './tabulate.js';
import type { FeatureUse, Formula, Gate, Model } from './values.js';
import { isPoint, referenceKey } from './values.js';
import { isNearlyFlag } from './words.js';

export interface FoundFormula {
  readonly formula: Formula;
  /** What is to be added to the formula to give the gate. */
  readonly shift: number;
  /** Every value of the gate, when all are integers and few. */
  readonly range?: readonly number[];
  /** The gate takes no values but 0 and 1 up to noise. */
  readonly nearlyFlag?: true;
  /** Largest |formula + shift − gate|. */
  readonly error: number;
}

export interface FormulaOptions {
  /** Whether the formula may differ from the gate by a constant, because it is only summed up. */
  readonly shift?: boolean;
  /** Largest change of a value that equal values may be bought with. */
  readonly slack?: number;
}

/** Layers that a cone may reach through. */
export const MAX_DEPTH = 16;

/** More different values than this are not worth remembering as a range. */
const MAX_RANGE = 64;

/** A formula for the gate at every index point of these axes that is no hole, if one is shorter. */
export function findFormula(
  model: Model,
  gate: Gate,
  axes: readonly ClusterAxis[],
  holes: ReadonlySet<number>,
  options: FormulaOptions = {},
): FoundFormula | undefined {
  const extents = axes.map((axis) => axis.extent);
  let best: { readonly found: FoundFormula; readonly cost: number } | undefined;
  let before = '';
  for (const depth of DEPTHS) {
    const cone = collectCone(model, gate, { extents, holes }, depth);
    if (cone === undefined || !isPromising(cone)) continue;
    const key = cone.leaves.map(referenceKey).join();
    if (key === before) continue;
    before = key;
    const states = reachableStates(model, cone.leaves, extents, holes);
    if (states === undefined || states.count === 0) continue;
    const found = formulaOfTable(model, cone, states, axes, { extents, holes }, options);
    const cost = found === undefined ? Infinity : costToRead(found.formula);
    if (found !== undefined && (best === undefined || cost < best.cost)) best = { found, cost };
    // Where the cone reaches the inputs there is nothing to gain from stopping earlier.
    if (cone.leaves.every((leaf) => leaf.source.kind === 'input')) break;
  }
  return best?.found;
}

/** Layers that are looked through: all, then few, where all the way down is not the shortest. */
const DEPTHS: readonly number[] = [MAX_DEPTH, 3, 2, 1, 0];

/** What a sum and another value's array add to the reading of a formula that needs them. */
const SUM_COST = 3;
const ARRAY_COST = 4;

/** The cost of a formula with the sums and the other values that have to be read before it. */
function costToRead({ expression, features }: Formula): number {
  const references = features.flatMap((feature) => feature.parts.map((part) => part.reference));
  const sums = references.filter((reference) => !isPoint(reference)).length;
  const values = new Set(
    references.flatMap(({ source }) => (source.kind === 'value' ? [source.id] : [])),
  );
  return costOf(expression) + SUM_COST * sums + ARRAY_COST * values.size;
}

/** False for cones whose gates already are what a person would write. */
function isPromising(cone: Cone): boolean {
  const gates = cone.nodes.filter(
    (node) => node.activation.kind !== 'identity' || node.inputs.length > 1,
  );
  const sums = cone.leaves.filter((leaf) => !isPoint(leaf));
  if (sums.filter((leaf) => leaf.source.kind === 'value').length > 1) return false;
  if (gates.length > 1) return true;
  // A lone sum is as short as it gets; a lone threshold on several sums nearly so.
  if (gates.length === 0 || gates[0].activation.kind === 'identity') return false;
  return sums.length <= 1 && cone.leaves.length <= MAX_SINGLE_GATE_CELLS;
}

/** Cells beyond which a lone gate is a weighted sum, not a rule. */
const MAX_SINGLE_GATE_CELLS = 4;

interface Choice {
  readonly proposal: Proposal;
  readonly problem: TableProblem;
  readonly shift: number;
  readonly cost: number;
}

function formulaOfTable(
  model: Model,
  cone: Cone,
  states: States,
  axes: readonly ClusterAxis[],
  indexSet: IndexSet,
  options: FormulaOptions,
): FoundFormula | undefined {
  const exact = tabulateCone(cone, states);
  const merged = mergeValues(exact, options.slack ?? 0);
  const noise = FLOAT_NOISE * exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const allowed = Math.max(options.slack ?? 0, noise);
  const taken = merged.change <= allowed ? merged : { table: exact, change: 0 };
  const direct = directCost(cone, states);
  let best: Choice | undefined;
  for (const shift of options.shift === true ? shiftsOf(taken.table) : [0]) {
    const table = taken.table.map((value) => value - shift);
    const plain = relevantProblem(model, cone, states, axes, table);
    const apart = withoutOwnCells(model, plain, indexSet);
    // A sum without the cells beside it is preferred: `neighbours === 2` says more than `sum === 3`.
    for (const problem of apart === undefined ? [plain] : [apart, plain]) {
      const proposal = searchOnce(model, problem);
      if (proposal === undefined) continue;
      const cost = proposal.cost + (shift === 0 ? 0 : 1 + costOf(num(shift)));
      if (best === undefined || cost < best.cost) best = { proposal, problem, shift, cost };
    }
  }
  if (best === undefined || best.cost >= direct) return undefined;
  const { problem } = best;
  const range = [...new Set(exact)].sort((a, b) => a - b);
  const listed = range.length <= MAX_RANGE && range.every(Number.isInteger);
  return {
    formula: {
      features: best.proposal.features.map((feature) => ({
        symbol: feature.symbol,
        parts: partsOf(problem, cone, feature.leaf),
        ...(feature.truth === undefined ? {} : { truth: feature.truth }),
        ...(feature.whole === undefined ? {} : { whole: feature.whole }),
      })),
      expression: best.proposal.expression,
    },
    shift: best.shift,
    ...(listed ? { range } : {}),
    ...(isNearlyFlag(range) ? { nearlyFlag: true as const } : {}),
    error: taken.change,
  };
}

/** The leaf, and less it what the problem takes away from it. */
function partsOf(problem: TableProblem, cone: Cone, leaf: number): FeatureUse['parts'] {
  const without = problem.without?.get(leaf) ?? [];
  return [
    { coefficient: 1, reference: cone.leaves[leaf] },
    ...without.map((own) => ({ coefficient: -1 as const, reference: cone.leaves[own] })),
  ];
}

/** Tables with more states are not worth a key. */
const MAX_KEYED_STATES = 4096;

/** The rules' answer; equal tables over leaves of equal numbers are searched once. */
function searchOnce(model: Model, problem: TableProblem): Proposal | undefined {
  // A pick names positions, which the key of a table does not hold; and nothing reads better.
  const pick = selectionRule(problem);
  if (pick !== undefined) return pick;
  if (problem.states > MAX_KEYED_STATES) return cheapestProposal(problem);
  const columns = problem.columns.map((column) => column.join());
  const key = [problem.leafNumbers.join(), ...columns, problem.target.join()].join('|');
  if (!model.searches.has(key)) {
    const effort = effortOf(model.searches.size);
    model.searches.set(key, cheapestProposal({ ...problem, effort }));
  }
  const found = model.searches.get(key);
  return found === undefined ? undefined : inWordsOf(problem, found);
}

/** So many different cones get the whole effort; a model with more of them has no few short ones. */
const FULL_SEARCHES = 16;

/** What one more search may spend after so many others. */
function effortOf(searches: number): number {
  return searches < FULL_SEARCHES
    ? SEARCH_EFFORT
    : (SEARCH_EFFORT * FULL_SEARCHES) / (searches + 1);
}

/** The proposal with this problem's words: it may be remembered from leaves that had other names. */
function inWordsOf(problem: TableProblem, proposal: Proposal): Proposal {
  const renamed = new Map<ProgramSymbol, Expression>();
  const features = proposal.features.map((feature) => {
    const hint = problem.hints[problem.leafNumbers.indexOf(feature.leaf)];
    if (hint === feature.symbol.hint) return feature;
    const own = symbol(hint, feature.symbol.type.scalar);
    renamed.set(feature.symbol, ref(own));
    return { ...feature, symbol: own };
  });
  return renamed.size === 0
    ? proposal
    : { ...proposal, features, expression: substituteSymbols(proposal.expression, renamed) };
}

/** Constants that a summed table may be freed of: none when it already holds a zero. */
function shiftsOf(table: Float64Array): readonly number[] {
  const values = [...new Set(table)].sort((a, b) => a - b);
  if (values.includes(0) || values.length < 2) return [0];
  const [low, high] = [values[0], values[values.length - 1]];
  return [...new Set([0, low, high, (low + high) / 2])];
}

/** The table over the leaves that it depends on, in the order of the cone's leaves. */
function relevantProblem(
  model: Model,
  cone: Cone,
  states: States,
  axes: readonly ClusterAxis[],
  target: Float64Array,
): TableProblem {
  const features = cone.leaves.map((leaf) => {
    // Cells at fixed positions are the same for every iteration: suspects, dropped first.
    const fixed = axes.length > 0 && leaf.accesses.every((access) => !dependsOnIterator(access));
    // A sum that the cells beside it already tell is a loop too many.
    const cost = fixed ? 3 : isPoint(leaf) ? 1 : 2;
    return { symbol: symbol('leaf'), kind: 'real' as const, cost };
  });
  const problem = { features, columns: states.columns, states: states.count, target };
  const kept = dropIrrelevant({ ...problem, type: 'number' });
  const leaves = kept.features.map((feature) => features.findIndex((own) => own === feature));
  return {
    leaves: leaves.map((leaf) => cone.leaves[leaf]),
    hints: leaves.map((leaf) => hintOf(model, cone.leaves[leaf], axes, cone.leaves)),
    leafNumbers: leaves,
    columns: kept.columns,
    states: kept.states,
    target: kept.target,
  };
}

function dependsOnIterator(access: Cone['leaves'][number]['accesses'][number]): boolean {
  if (access.kind === 'at') {
    return access.index.kind === 'lookup' || access.index.coefficients.some((c) => c !== 0);
  }
  return access.kind === 'range';
}

/** What the cone costs when every gate is written as it stands. */
function directCost(cone: Cone, states: States): number {
  const names = [...cone.leaves, ...cone.nodes].map(() => ref(symbol('part')));
  let cost = 0;
  for (const node of cone.nodes) {
    if (node.repeats === true) continue;
    const expression = activate(node.activation, {
      parts: node.inputs.map((input) => ({
        coefficient: input.coefficient,
        value: names[input.kind === 'leaf' ? input.leaf : cone.leaves.length + input.node],
      })),
      constant: node.bias,
      integers: node.inputs.every(
        (input) => input.kind === 'node' || states.columns[input.leaf].every(Number.isInteger),
      ),
    });
    cost += costOf(expression);
  }
  return cost;
}
