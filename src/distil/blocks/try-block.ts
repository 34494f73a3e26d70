/** One block tried: pruned if asked for, searched, told at a complexity, and the module with it alone measured. */
import { programCost } from '../../infer/index.js';
import type { BlockFindings, HybridFigures } from '../../ir/hybrid.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { finish } from '../auto/finish.js';
import type { Finished } from '../auto/finish.js';
import { membersOf } from '../findings.js';
import type { Block } from './block.js';
import { findEquations } from './equations.js';
import type { Equation, SearchSettings } from './equations.js';
import { levelsOf, switchBlock } from './levels.js';
import type { Switched } from './levels.js';
import { exactSpans, joinParts } from './parts.js';
import type { Parts } from './parts.js';
import { pruneBlock } from './prune.js';
import type { PruneOptions } from './prune.js';
import { valuesAt } from './record.js';
import type { Records } from './record.js';
import { Unsuited } from './unsuited.js';
import type { Told } from './whole.js';

/** What all blocks of a network are tried with. */
export interface Trial {
  readonly network: StagedNetwork;
  readonly records: Records;
  readonly parts: Parts;
  /** The least fidelity of the whole. */
  readonly fidelity: number;
  readonly prune?: Omit<PruneOptions, 'fidelity'>;
  readonly search: Omit<SearchSettings, 'hooksOf' | 'fidelity'>;
  /** `faithful`, or what else is selected on every front. */
  readonly selection: string;
}

/** A module in which some blocks are told by equations. */
export interface Made {
  readonly finished: Finished;
  /** Absent where the module does not give numbers. */
  readonly figures?: HybridFigures;
}

/** A block that was tried. */
export interface Tried {
  readonly switched: Switched;
  readonly made: Made;
  readonly findings: BlockFindings;
}

/** What is known of a block before it is tried. */
export function untried(
  { records }: Pick<Trial, 'records'>,
  block: Block,
  reason: string,
): BlockFindings {
  return { ...headOf(records, block), equations: [], levels: [], isReplaced: false, reason }; // prettier-ignore
}

function headOf({ training }: Records, block: Block) {
  const { name, layers, first, end } = block;
  const inputs = valuesAt(training, first).length;
  return { name, layers, inputs, outputs: valuesAt(training, end).length };
}

/**
 * Tries a block.
 *
 * @param complexity at which it is to be told; `undefined`: see `switchBlock`.
 * @throws Unsuited; Diagnostic HYBRID_COMPLEXITY; as the search.
 */
export async function tryBlock(
  trial: Trial,
  block: Block,
  complexity: number | undefined,
  hooksOf: SearchSettings['hooksOf'],
): Promise<Tried> {
  const { network, records, parts, fidelity, selection } = trial;
  await requireExact(trial, [block]);
  const pruned =
    trial.prune &&
    pruneBlock(network, parts.inputAt, block, records.training, { ...trial.prune, fidelity });
  const settings = { ...trial.search, fidelity, hooksOf };
  const equations = await findEquations(network, block, records, parts, pruned, settings);
  const levels = levelsOf(network, parts.inputAt, block, equations, records);
  const wanted = { complexity, fidelity, selection };
  const switched = switchBlock(block, equations, levels, wanted);
  const made = await makeModule(trial, [switched]);
  const { figures, finished } = made;
  return {
    switched,
    made,
    findings: {
      ...headOf(records, block),
      equations: equations.map((equation, k) => findingsOf(equation, switched.members[k])),
      levels,
      complexity: switched.complexity,
      selection: switched.selection,
      ...(pruned === undefined ? {} : { pruning: pruned.findings }),
      ...(figures === undefined
        ? { reason: `the module was ${finished.verdict.status}: ${finished.verdict.method}` }
        : { alone: figures }),
      isReplaced: false,
    },
  };
}

function findingsOf(equation: Equation, selected: number): BlockFindings['equations'][number] {
  const { name, reads, front, cell, isPruned } = equation;
  return {
    cell: name,
    reads,
    front: membersOf(cell, front),
    selected,
    ...(isPruned ? { pruned: true } : {}),
  };
}

/** The module with these blocks told by equations, from the front, and what it is worth. */
export async function makeModule(trial: Trial, switched: readonly Switched[]): Promise<Made> {
  const { network, parts, records, fidelity, search } = trial;
  const told = switched.map((one) => one.told);
  await requireExact(trial, told.map(({ block }) => block)); // prettier-ignore
  const program = await joinParts(network, parts, told);
  const { ranges } = records;
  const attempt = {
    program,
    complexity: switched.reduce((sum, one) => sum + one.complexity, 0),
    ...(ranges === undefined ? {} : { ranges }),
  };
  const names = told.map(({ block }) => block.name).join(', ');
  const finished = await finish(network, attempt, {
    seed: search.seed,
    settings: `equations for ${names} at fidelity ${fidelity}, seed ${search.seed}`,
    replaces: told.flatMap(({ block }) => block.layers),
  });
  return { finished, ...figuresOf(program, finished) };
}

function figuresOf(program: Program, { emitted, verdict }: Finished): Pick<Made, 'figures'> {
  const { fidelity, fidelityOutOfRange } = verdict;
  if (verdict.status !== 'approximate' || fidelity === undefined) return {};
  const { lines, weightsInData } = emitted;
  return {
    figures: {
      cost: programCost(program),
      lines,
      weightsInData,
      fidelity,
      ...(fidelityOutOfRange === undefined ? {} : { fidelityOutOfRange }),
    },
  };
}

/** @throws Unsuited where layers around the blocks have no exact code. */
async function requireExact(
  { network, parts }: Pick<Trial, 'network' | 'parts'>,
  blocks: readonly Block[],
): Promise<void> {
  const told = blocks.map((block): Told => ({ block, formulas: [] }));
  for (const [first, end] of exactSpans(network, told)) {
    const { verdict } = await parts.exact(first, end);
    if (verdict !== undefined) continue;
    const layers = network.layers.slice(first, end).map(({ name }) => name);
    throw new Unsuited(`the layers ${layers.join(', ')} around it have no exact code that was checked`); // prettier-ignore
  }
}
