/**
 * Exact rules: where all inputs are few, the network is asked at each of them, and the shortest tree and the
 * shortest disjunction of the whole function are looked for. Nothing is left to be approximated.
 */
import { sizeOf } from '../ir/model-interface.js';
import { minimalDnf } from '../students/logic/exact/finite-dnf.js';
import { blockOfDnf } from '../students/logic/exact/dnf-block.js';
import { countPoints, MAX_POINTS, tabulate } from '../students/logic/exact/finite-table.js';
import type { FiniteTable } from '../students/logic/exact/finite-table.js';
import { minimalTree } from '../students/logic/exact/finite-tree.js';
import { buildRegionTree } from '../students/logic/exact/regions.js';
import { inputBox, reluLayersOf } from '../students/logic/exact/regions-network.js';
import { blockOf, countAsks } from '../students/logic/guards.js';
import type { Block } from '../students/logic/guards.js';
import { withoutLastDigit } from '../students/logic/round/round-answers.js';
import { leavesOf } from '../students/logic/tree.js';
import { createAsk } from './create-ask.js';
import { countAnswers } from './logic-measure.js';
import type { LogicChoice } from './logic-measure.js';
import type { LogicSubject } from './logic-subject.js';

/** A network of more different answers computes numbers, which rules do not tell. */
const MOST_ANSWERS = 16;

/** Longer rules than this nobody reads; what approximates is shorter. */
const MOST_ASKS = 64;

/** `undefined` where the domain is not small and finite, or the rules have more questions than `mostAsks`. */
export function exactRulesOf(subject: LogicSubject, mostAsks = MOST_ASKS): LogicChoice | undefined {
  const found = tableOf(subject);
  if (found === undefined) return undefined;
  const { table, explains, points } = found;
  const smallest = minimalTree(table);
  const dnf = minimalDnf(table);
  const ways: { readonly block: Block; readonly isMinimal: boolean }[] = [
    { block: blockOf(smallest.tree), isMinimal: smallest.isMinimal },
    ...(dnf === undefined ? [] : [{ block: blockOfDnf(dnf), isMinimal: dnf.isMinimal }]),
  ];
  const shortest = ways.reduce((a, b) => (countAsks(b.block) < countAsks(a.block) ? b : a));
  if (countAsks(shortest.block) > mostAsks) return undefined;
  const leaves = leavesOf(smallest.tree).length;
  return {
    asked: points,
    front: [{ leaves, trainingFidelity: 1, fidelity: 1, tree: smallest.tree }],
    selected: 0,
    selection: 'exact',
    tree: smallest.tree,
    block: countAnswers(shortest.block, subject.inRange, true),
    rounded: [],
    exact: { points, isMinimal: shortest.isMinimal, explains },
  };
}

/**
 * The linear regions of a small ReLU network, or what it decides in them; `undefined` for other networks,
 * unbounded inputs, and where there are too many regions.
 */
export function regionRulesOf(subject: LogicSubject): LogicChoice | undefined {
  const { network, declared } = subject;
  if (network === undefined || declared !== undefined || !isWhole(subject)) return undefined;
  const layers = reluLayersOf(network);
  const box = inputBox(network);
  if (layers === undefined || box === undefined) return undefined;
  const { tree: found, regions } = buildRegionTree(layers, box);
  if (found === undefined) return undefined;
  const tree = withoutLastDigit(found);
  const leaves = leavesOf(tree).length;
  return {
    asked: 0,
    front: [{ leaves, trainingFidelity: 1, fidelity: 1, tree }],
    selected: 0,
    selection: 'exact',
    tree,
    block: countAnswers(blockOf(tree), subject.inRange, true),
    rounded: [],
    exact: { regions, isMinimal: false, explains: subject.decides ? 'decisions' : 'scores' },
  };
}

/** Whether all input cells are features, in order. */
function isWhole({ model, inputs }: LogicSubject): boolean {
  const cells = model.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return inputs.length === cells && inputs.every((cell, feature) => cell === feature);
}

interface Tabulated {
  readonly table: FiniteTable;
  readonly explains: 'scores' | 'decisions';
  readonly points: number;
}

/** The numbers of the network where they are few, else its decisions. */
function tableOf(subject: LogicSubject): Tabulated | undefined {
  const { problem, network, declared } = subject;
  const points = countPoints(problem.domains);
  if (network === undefined || points === undefined || points > MAX_POINTS) return undefined;
  if (!isWhole(subject)) return undefined;
  const isOneNumber = network.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0) === 1;
  if (!isOneNumber && !subject.decides && declared === undefined) return undefined;
  if (isOneNumber && declared === undefined) {
    const ask = createAsk({ network, target: { kind: 'output', output: 0, cell: 0 } });
    const table = tabulate({ ...problem, classes: 0, ask });
    if (table !== undefined && table.predictions.length <= MOST_ANSWERS) {
      return { table, explains: 'scores', points };
    }
  }
  const table = tabulate(problem);
  if (table === undefined || table.predictions.length > MOST_ANSWERS) return undefined;
  return { table, explains: 'decisions', points };
}
