/**
 * A hybrid module (SymTorch, module by module): some blocks of a network become equations, the rest stays exact,
 * and the fidelity of the whole is measured. Blocks are named by the user, or all are tried and those taken
 * with which the module is shortest and still faithful enough. Each is also measured alone: the ablation.
 */
import { compile } from '../../compile.js';
import type { Compiled } from '../../compile.js';
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import { programCost } from '../../infer/index.js';
import type { BlockFindings, HybridFigures, HybridFindings, Schedule } from '../../ir/hybrid.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Verdict } from '../../ir/verdict.js';
import { describeModel, describeVerdict } from '../../report/index.js';
import type { Report } from '../../report/index.js';
import type { Transport } from '../../students/math/jobs.js';
import type { Selection } from '../../students/math/front.js';
import type { SearchHooks } from '../../students/math/search.js';
import type { Cell } from '../subject.js';
import { blocksOf, findBlocks, layersOf, layerWord } from './block.js';
import type { Block } from './block.js';
import { FAITHFUL } from './levels.js';
import { createParts, keptOf } from './parts.js';
import { recordBlocks } from './record.js';
import { makeModule, tryBlock, untried } from './try-block.js';
import type { Made, Trial, Tried } from './try-block.js';
import { Unsuited } from './unsuited.js';
import { fidelityOfWhole } from './whole.js';

/** Evaluations of a search: some seconds. */
const MOST_EVALUATIONS = 30_000;

/** Blocks that are tried where none are named, short ones first. */
const MOST_BLOCKS = 24;

/** A block is tried where its exact code is at least this share of what is to be read. */
const LEAST_SHARE = 0.1;

export interface HybridOptions {
  /** The least share of the network's answers that has to be kept; blocks that are named are told all the same. */
  readonly fidelity: number;
  readonly seed: number;
  /** The blocks that are told by equations, such as `hidden+distance`; absent: those that are worth it. */
  readonly blocks?: readonly string[];
  /** Layers that stay exact. */
  readonly exact?: readonly string[];
  /** By block the complexity at which it is told. */
  readonly complexities?: ReadonlyMap<string, number>;
  /** Which formula of each front is taken; absent: those with which the whole is just faithful enough. */
  readonly selection?: Exclude<Selection, object>;
  /** Whether cells that hardly matter are left out, and how many are kept at least. */
  readonly prune?: { readonly schedule: Schedule; readonly keep: number };
  /** Evaluations of each search. */
  readonly maxEvaluations?: number;
  /** Threads for everything that runs at once. */
  readonly workers: number;
  readonly createTransport: (cell: Cell, workers: number) => Transport;
  readonly hooksOf?: (cell: Cell) => SearchHooks;
  /** Asked now and then: whether so large a share (0 … 1) of the time is over, or the user wants no more. */
  readonly shouldStop?: (share: number) => boolean;
  /** Told of every block when it has been tried, or not. */
  readonly onBlock?: (block: BlockFindings) => void;
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

export interface HybridTold {
  readonly code: string;
  /** Text of the sibling, where exact layers need one. */
  readonly weights?: string;
  readonly verdict: Verdict;
  readonly report: Report;
}

/**
 * Makes the hybrid module of a network. Deterministic, unless it is stopped.
 *
 * @throws Diagnostic HYBRID_… for blocks that are named wrongly or cannot be told by equations, and where none
 *   is worth it; as `compile` and the search.
 */
export async function tellByBlocks(
  network: StagedNetwork,
  options: HybridOptions,
): Promise<HybridTold> {
  const { shouldStop, onProgress, fidelity } = options;
  const wanted = chooseBlocks(network, options);
  const complexities = complexitiesOf(network, wanted, options);
  const records = recordBlocks(network, options.seed);
  const compiling = {
    shouldStop: () => shouldStop?.(1) === true,
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const compiled = await compile(network, compiling);
  const { seed, workers, createTransport, prune, selection } = options;
  const { maxEvaluations = MOST_EVALUATIONS } = options;
  const trial: Trial = {
    network,
    records,
    parts: createParts(network, records, { shouldStop: compiling.shouldStop }),
    fidelity,
    ...(prune === undefined ? {} : { prune }),
    search: { seed, workers, createTransport, maxEvaluations, selection: selection ?? 'best' },
    selection: selection ?? FAITHFUL,
  };
  const outcomes = await tryAll(trial, wanted, complexities, costOf(compiled), options);
  const taken = options.blocks === undefined ? worthwhile(trial, outcomes, costOf(compiled)) : triedOf(outcomes); // prettier-ignore
  if (taken.length === 0) throw nothingTaken(fidelity, outcomes);
  const made = taken.length === 1 ? taken[0].made : await makeModule(trial, taken.map(({ switched }) => switched)); // prettier-ignore
  const findings = await describe(trial, outcomes, taken, made, compiled);
  return toldOf(network, made, compiled, findings);
}

/** A block, and what came of it. */
interface Outcome {
  readonly block: Block;
  readonly tried?: Tried;
  readonly findings: BlockFindings;
}

/** @throws Diagnostic HYBRID_KEPT, HYBRID_NO_BLOCKS, and those of `findBlocks`. */
function chooseBlocks(
  network: StagedNetwork,
  { blocks, exact = [] }: HybridOptions,
): readonly Block[] {
  const kept = new Set(exact.flatMap((text) => layersOf(network, text)));
  const keptIn = ({ first, end }: Block): number | undefined => [...kept].find((layer) => layer >= first && layer < end); // prettier-ignore
  if (blocks === undefined) {
    const all = blocksOf(network).filter((block) => keptIn(block) === undefined);
    if (all.length === 0) throw diagnose('HYBRID_NO_BLOCKS', {}, {});
    return all;
  }
  const named = findBlocks(network, blocks);
  for (const block of named) {
    const layer = keptIn(block);
    if (layer === undefined) continue;
    const word = layerWord(network.layers[layer]);
    throw diagnose('HYBRID_KEPT', {}, { block: block.name, layer: word });
  }
  return named;
}

/** @throws Diagnostic HYBRID_COMPLEXITY_BLOCK for a block that is not told by equations. */
function complexitiesOf(
  network: StagedNetwork,
  blocks: readonly Block[],
  { complexities = new Map() }: HybridOptions,
): ReadonlyMap<Block, number> {
  const known = blocks.map(({ name }) => name);
  return new Map(
    [...complexities].map(([text, complexity]) => {
      const positions = layersOf(network, text);
      const block = blocks.find(
        ({ first, end }) => first === positions[0] && end === first + positions.length,
      );
      if (block !== undefined) return [block, complexity];
      throw diagnose('HYBRID_COMPLEXITY_BLOCK', {}, { word: text, nearest: nearestWord(text, known), known }); // prettier-ignore
    }),
  );
}

/** All blocks one after the other. Of blocks that are named, each has to be told. */
async function tryAll(
  trial: Trial,
  blocks: readonly Block[],
  complexities: ReadonlyMap<Block, number>,
  exactCost: number,
  { shouldStop, hooksOf, onBlock, blocks: named }: HybridOptions,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const count = Math.min(blocks.length, named === undefined ? MOST_BLOCKS : Infinity);
  for (const [position, block] of blocks.entries()) {
    const share = (position + 1) / count;
    const hooks = (cell: Cell): SearchHooks => ({
      ...hooksOf?.(cell),
      shouldStop: () => shouldStop?.(share) === true,
    });
    const outcome = await tryOne(position < count && (named !== undefined || shouldStop?.(1) !== true)); // prettier-ignore
    onBlock?.(outcome.findings);
    outcomes.push(outcome);

    async function tryOne(isWanted: boolean): Promise<Outcome> {
      if (!isWanted) {
        const reason =
          position < count
            ? 'stopped before it was tried'
            : `not tried: the first ${MOST_BLOCKS} blocks are`;
        return { block, findings: untried(trial, block, reason) };
      }
      try {
        if (named === undefined) await refuseShort(trial, block, exactCost);
        const tried = await tryBlock(trial, block, complexities.get(block), hooks);
        return { block, tried, findings: tried.findings };
      } catch (error) {
        if (!(error instanceof Unsuited)) throw error;
        const reason = error.message;
        if (named !== undefined) throw diagnose('HYBRID_BLOCK', {}, { block: block.name, reason });
        return { block, findings: untried(trial, block, reason) };
      }
    }
  }
  return outcomes;
}

/** @throws Unsuited where the exact code of a block is so short that equations cannot save much. */
async function refuseShort({ parts }: Trial, { first, end }: Block, whole: number): Promise<void> {
  const cost = programCost((await parts.exact(first, end)).program);
  if (cost >= LEAST_SHARE * whole) return;
  throw new Unsuited(`its exact code is short already, cost ${cost}`);
}

function triedOf(outcomes: readonly Outcome[]): readonly Tried[] {
  return outcomes.flatMap(({ tried }) => (tried === undefined ? [] : [tried]));
}

function costOf({ program }: Compiled): number {
  return programCost(program);
}

/**
 * The blocks with which the module is shorter: the one that makes it shortest first, then each that has no layer
 * in common with those taken, as long as the whole is faithful enough.
 */
function worthwhile(
  { network, records, parts, fidelity }: Trial,
  outcomes: readonly Outcome[],
  exactCost: number,
): readonly Tried[] {
  const costOfAlone = ({ findings }: Tried): number => findings.alone?.cost ?? Infinity;
  const good = triedOf(outcomes).filter(
    (tried) => costOfAlone(tried) < exactCost && (tried.findings.alone?.fidelity ?? 0) >= fidelity,
  );
  good.sort((a, b) => costOfAlone(a) - costOfAlone(b));
  let taken: readonly Tried[] = [];
  for (const one of good) {
    const { first, end } = one.switched.told.block;
    const isApart = taken.every(({ switched: { told } }) => told.block.end <= first || end <= told.block.first); // prettier-ignore
    if (!isApart) continue;
    const all = [...taken, one].sort((a, b) => a.switched.told.block.first - b.switched.told.block.first); // prettier-ignore
    const told = all.map(({ switched }) => switched.told);
    if (fidelityOfWhole(network, parts.inputAt, told, records.inRange) >= fidelity) taken = all;
  }
  return taken;
}

function nothingTaken(fidelity: number, outcomes: readonly Outcome[]): Diagnostic {
  const blocks = outcomes.map(({ findings: { name, alone, reason } }) =>
    alone === undefined ? `${name}: ${reason ?? ''}` : `${name}: fidelity ${alone.fidelity}`,
  );
  return diagnose('HYBRID_NOTHING', {}, { fidelity, blocks });
}

async function describe(
  trial: Trial,
  outcomes: readonly Outcome[],
  taken: readonly Tried[],
  { figures }: Made,
  compiled: Compiled,
): Promise<HybridFindings> {
  const { network, parts, records, fidelity } = trial;
  const { lines, weightsInData } = compiled.report.code;
  const exact: HybridFigures = { cost: costOf(compiled), lines, weightsInData, fidelity: 1 };
  return {
    asked: fidelity,
    rows: records.training.count,
    exact,
    blocks: outcomes.map(({ findings, tried }) =>
      tried !== undefined && taken.includes(tried) ? { ...findings, isReplaced: true } : findings,
    ),
    kept: await keptOf(network, parts, taken.map(({ switched }) => switched.told)), // prettier-ignore
    ...(figures === undefined ? {} : { whole: figures }),
  };
}

/** The report: of the structure, what the exact layers have. */
function toldOf(
  network: StagedNetwork,
  { finished: { emitted, verdict } }: Made,
  compiled: Compiled,
  hybrid: HybridFindings,
): HybridTold {
  const { code, weights, lines, bytes, weightsInData } = emitted;
  const replaced = new Set(hybrid.blocks.flatMap(({ isReplaced, layers }) => (isReplaced ? layers : []))); // prettier-ignore
  const isExact = ({ layer }: { readonly layer: number }): boolean => !replaced.has(network.layers[layer].name); // prettier-ignore
  return {
    code,
    ...(weights === undefined ? {} : { weights }),
    verdict,
    report: {
      schema: 1,
      model: describeModel(network),
      code: { lines, bytes, weightsInData },
      clusters: compiled.report.clusters.filter(isExact),
      unexplainedNeurons: compiled.report.unexplainedNeurons.filter(isExact),
      changes: [],
      verdict: describeVerdict(verdict),
      hybrid,
    },
  };
}
