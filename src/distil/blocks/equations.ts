/**
 * Equations for the cells that a block gives: one search for each, several at once, over the few cells of the
 * block's input that it depends on. Searches know nothing of each other, so that their number at a time
 * changes nothing.
 */
import type { StagedNetwork } from '../../ir/network.js';
import type { CellDomain } from '../../ir/model-interface.js';
import { hullOf } from '../../numeric/hull.js';
import { createEngine } from '../../students/math/engine/engine.js';
import { dataSizeOf } from '../../students/math/fit/polish.js';
import type { Transport } from '../../students/math/jobs.js';
import { constant } from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';
import { selectFromFront } from '../../students/math/front.js';
import type { Selection } from '../../students/math/front.js';
import { DEFAULT_SETTINGS } from '../../students/math/problem.js';
import type { Candidate, Dataset } from '../../students/math/problem.js';
import type { SearchHooks } from '../../students/math/search.js';
import { selectBest } from '../../students/math/select.js';
import { searchFormulas } from '../index.js';
import { overInputs } from '../over-inputs.js';
import type { Cell } from '../subject.js';
import { runAtOnce } from './at-once.js';
import { partOf } from './block.js';
import type { Block } from './block.js';
import { cellNamesOf } from './cell-names.js';
import { dependencesOf, varianceOf } from './dependence.js';
import type { Dependence } from './dependence.js';
import type { Parts } from './parts.js';
import type { Pruned } from './prune.js';
import { Unsuited } from './unsuited.js';
import { valuesAt } from './record.js';
import type { Recorded, Records } from './record.js';
import { shortenConstants } from './shorten.js';

/** A formula of more variables is no shorter than what it replaces. */
const MOST_VARIABLES = 6;

/** Equations of a block; with more there is nothing that a reader could take in. */
export const MOST_EQUATIONS = 16;

/** Rows of a search; more make it slower than they make it better. */
const MOST_ROWS = 500;

/** Input cells that explain less of a cell's variance together than this are not read. */
const NEGLIGIBLE = 1e-3;

/** What cells that no formula reads may explain, before the block is too wide for equations. */
const MOST_LOST = 0.05;

/** A cell of at most so many values, of inputs with more, is a decision: no formula is one. */
const FEW_VALUES = 8;

/** A search ends where a formula leaves less than this share of what the whole may lose. */
const ENOUGH = 0.01;

export interface SearchSettings {
  readonly seed: number;
  /** The least fidelity of the whole. */
  readonly fidelity: number;
  readonly maxEvaluations: number;
  readonly selection: Selection;
  /** Threads for everything that runs at once. */
  readonly workers: number;
  readonly createTransport: (cell: Cell, workers: number) => Transport;
  readonly hooksOf: (cell: Cell) => SearchHooks;
}

/** What was found for one cell that a block gives. */
export interface Equation {
  readonly name: string;
  /** Names of the cells that it reads, and their positions among the block's input cells. */
  readonly reads: readonly string[];
  /** Over the cells that it reads. */
  readonly front: readonly Candidate[];
  readonly selected: number;
  /** The cell as it was searched. */
  readonly cell: Cell;
  readonly isPruned: boolean;
}

/** The formula of a member of the front, over the block's input cells. */
export function formulaOf({ front, cell }: Equation, member: number): Formula {
  return overInputs(front[member].formula, cell);
}

/**
 * Searches a formula for every cell of the block that is not left out.
 *
 * @throws Unsuited where the block gives or reads too much for equations; as the search.
 */
export async function findEquations(
  network: StagedNetwork,
  block: Block,
  records: Records,
  parts: Parts,
  pruned: Pruned | undefined,
  settings: SearchSettings,
): Promise<readonly Equation[]> {
  const { training } = records;
  const targets = valuesAt(training, block.end);
  const kept = pruned?.kept ?? [...targets.keys()];
  if (kept.length > MOST_EQUATIONS) {
    throw new Unsuited(`it gives ${kept.length} numbers, equations are searched for ${MOST_EQUATIONS} at most`); // prettier-ignore
  }
  const names = namesAt(network, block.first);
  const outputs = namesAt(network, block.end);
  const input = block.first === 0 ? undefined : parts.inputAt(block.first);
  const dependences = dependencesOf(
    partOf(network, block.first, block.end, input),
    valuesAt(training, block.first),
  );
  const cells = targets.map(
    (_, position) =>
    cellOf(records, block, position, outputs[position], names, readOf(outputs[position], dependences[position]), settings.seed), // prettier-ignore
  );
  const atOnce = Math.max(1, Math.min(settings.workers, kept.length));
  const each = Math.max(1, Math.floor(settings.workers / atOnce));
  return runAtOnce(cells, atOnce, async (cell, position): Promise<Equation> => {
    const { names: reads } = cell.problem.data;
    const isPruned = !kept.includes(position);
    const found = { name: cell.name, reads, cell, isPruned };
    if (isPruned) return { ...found, reads: [], front: [heldAt(pruned?.means[position] ?? 0)], selected: 0 }; // prettier-ignore
    if (reads.length === 0) return { ...found, front: [heldAt(targets[position][0])], selected: 0 };
    refuseDecisions(cell);
    const { maxEvaluations, selection, fidelity } = settings;
    const targetLoss = ENOUGH * (1 - fidelity) * varianceOf(cell.problem.data.target);
    const { choices } = await searchFormulas(
      { cells: [cell] },
      { maxEvaluations, selection, targetLoss },
      (one) => settings.createTransport(one, each),
      settings.hooksOf,
    );
    const front = shortenConstants(cell.problem, choices[0].front);
    const size = dataSizeOf(createEngine(cell.problem));
    const selected = selectFromFront(front, selection, (members) => selectBest(members, size));
    return { ...found, front, selected };
  });
}

/** @throws Unsuited for a cell of few values over cells of many. */
function refuseDecisions({ name, problem: { data } }: Cell): void {
  const values = new Set(data.target).size;
  if (values > FEW_VALUES) return;
  if (data.columns.every((column) => new Set(column).size <= FEW_VALUES)) return;
  throw new Unsuited(
    `its cell "${name}" takes ${values} values only: it decides, and rules tell that`,
  );
}

function heldAt(value: number): Candidate {
  return { formula: constant(value), complexity: 1, loss: 0, origin: 'constant' };
}

/** The cells behind so many layers: the features of the inputs, or as the layer is called. */
export function namesAt(network: StagedNetwork, kept: number): readonly string[] {
  if (kept > 0) return cellNamesOf(network.layers[kept - 1], undefined, network);
  return network.inputs.flatMap((input) => input.features ?? cellNamesOf(input));
}

/** Positions of the input cells that are worth reading. @throws Unsuited where they are too many. */
function readOf(cell: string, { cells, effects }: Dependence): readonly number[] {
  const total = effects.reduce((sum, effect) => sum + effect, 0);
  let rest = total;
  const count = effects.findIndex((effect) => {
    const isLittle = rest <= NEGLIGIBLE * total;
    rest -= effect;
    return isLittle;
  });
  const wanted = count < 0 ? cells.length : count;
  const lost = effects.slice(MOST_VARIABLES, wanted).reduce((sum, effect) => sum + effect, 0);
  if (wanted > MOST_VARIABLES && lost > MOST_LOST * total) {
    throw new Unsuited(`its cell "${cell}" depends on ${wanted} cells, a formula is searched over ${MOST_VARIABLES} at most`); // prettier-ignore
  }
  // Variables stand in the order of the tensor: what matters most may change with the rows.
  return cells.slice(0, Math.min(wanted, MOST_VARIABLES)).sort((a, b) => a - b);
}

function cellOf(
  { training, inRange, outOfRange }: Records,
  { first, end }: Block,
  position: number,
  name: string,
  names: readonly string[],
  inputs: readonly number[],
  seed: number,
): Cell {
  const rowsOf = (recorded: Recorded): Dataset => ({
    names: inputs.map((input) => names[input]),
    columns: inputs.map((input) => valuesAt(recorded, first)[input]),
    target: valuesAt(recorded, end)[position],
  });
  const data = rowsOf(training);
  return {
    name,
    problem: {
      data: {
        ...data,
        columns: data.columns.map((column) => column.slice(0, MOST_ROWS)),
        target: data.target.slice(0, MOST_ROWS),
      },
      settings: { ...DEFAULT_SETTINGS, seed },
      domains: data.columns.map(domainOf),
    },
    inputs,
    inRange: rowsOf(inRange),
    ...(outOfRange === undefined ? {} : { outOfRange: rowsOf(outOfRange) }),
  };
}

function domainOf(column: Float64Array): CellDomain {
  const [min, max] = hullOf(column);
  return min === max ? { kind: 'values', values: [min] } : { kind: 'interval', min, max };
}
