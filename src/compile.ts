/**
 * The pipeline, and nothing else: StagedNetwork → ClusterGraph → Program → text → Verdict → report. For a
 * generic module the first half runs once for each size, and the programs become one.
 *
 * Every arrow is a pure function of another folder; this file only hands the levels on, refuses
 * illegal ones, and never lets a text leave without the verdict that the checker reached on it.
 */
import { diagnose } from './diagnostics/diagnostic.js';
import { clusterNetwork } from './cluster/index.js';
import { emitProgram } from './emit/index.js';
import type { Emitted } from './emit/index.js';
import { generaliseProgram } from './generalise/index.js';
import {
  graphError,
  inferProgram,
  joinPrograms,
  plainProgram,
  roundOperations,
} from './infer/index.js';
import type { Part } from './infer/index.js';
import type { ClusterGraph } from './ir/cluster.js';
import { checkClusterGraph } from './ir/cluster-check.js';
import { dumpClusterGraph } from './ir/cluster-dump.js';
import { integersStaySmall, isExactInFloat32, roundToFloat32 } from './ir/float32.js';
import { checkNetwork } from './ir/network-check.js';
import { dumpNetwork } from './ir/network-dump.js';
import type { Network, Node, StagedNetwork } from './ir/network.js';
import { segmentsOf } from './ir/segments.js';
import { checkProgram } from './ir/program-check.js';
import { dumpProgram } from './ir/program-dump.js';
import type { Program } from './ir/program.js';
import type { Verdict } from './ir/verdict.js';
import { weakestVerdict } from './verify/weakest.js';
import { buildReport, describeGeneric, withoutStructure } from './report/index.js';
import type { GenericReport, Report, SegmentGraph } from './report/index.js';
import { createStopwatch } from './report/stopwatch.js';
import type { Milliseconds, Stopwatch } from './report/stopwatch.js';
import { simplifyNetwork } from './simplify/index.js';
import { verify } from './verify/index.js';

/** Default of `--tolerance`: absolute, on outputs (contract). */
export const DEFAULT_TOLERANCE = 1e-6;

/**
 * Most weights that are not 0. A network of dense layers takes about 100 bytes for each weight until its
 * text is proved, and beyond this size its weights do not fit into one text. Structure needs far fewer.
 */
const MOST_WEIGHTS = 2 ** 24;

export type Level = 'network' | 'clusters' | 'program';

export interface CompileOptions {
  /**
   * Largest |module − network| allowed on an output. 0 asks for constants with all their digits; noise
   * that normalisation took out and float64 arithmetic are then judged by the default tolerance.
   */
  readonly tolerance?: number;
  /**
   * `float32`: the module rounds every result to float32, in the order that `ir/float32.ts` states, and
   * answers to the last bit what such an evaluation of the network does. Tolerance does not apply.
   */
  readonly precision?: 'float64' | 'float32';
  /** Whether the module works at every size: extents become symbols, read off its input. */
  readonly generic?: boolean;
  /** With `generic`: the same problem at further sizes, which decide where one size only suggests. */
  readonly sizes?: readonly StagedNetwork[];
  /** Text of the options for the module's header; part of the emitted bytes. */
  readonly settings?: string;
  /** Milliseconds since any fixed moment; without it the report holds no timings. */
  readonly clock?: () => number;
  /** Told when a phase begins, and how far a long one is. */
  readonly onProgress?: (phase: string, done: number, total: number) => void;
  /** Handed the text dump of every level that is reached. */
  readonly onDump?: (level: Level, text: string) => void;
  /** Asked now and then while proving; `true` ends the proof as undecided. */
  readonly shouldStop?: () => boolean;
}

export interface Compiled {
  /** The module's text, its verdict written in it. */
  readonly code: string;
  /** Text of the sibling `NAME.weights.ts`, where a part without structure needs its numbers. */
  readonly weights?: string;
  readonly verdict: Verdict;
  readonly report: Report;
  /** What the module says, before it was printed. */
  readonly program: Program;
}

/**
 * Compiles a network into one TypeScript module and verifies the text against the stored weights; a
 * generic module against those of every size given, and the verdict is the weakest of all. Pure: no
 * file access, no clock but `options.clock`.
 *
 * A `refuted` verdict is returned like every other; it is the caller who must not write such a module.
 *
 * @throws Diagnostic `NETWORK_TOO_LARGE`, `INTERNAL_ILLEGAL_LEVEL` when a phase hands over what its level
 *   forbids, `GENERIC_…` when sizes cannot become symbols.
 */
export async function compile(
  network: StagedNetwork,
  options: CompileOptions = {},
): Promise<Compiled> {
  const isRounding = options.precision === 'float32' && !isExactInFloat32(network);
  if (isRounding) return compileFloat32(network, options);
  const time = createStopwatch(options.clock);
  const generic = options.generic === true;
  const networks = [network, ...(generic ? (options.sizes ?? []) : [])];
  const lifted: Lifted[] = [];
  for (const one of networks) lifted.push(await lift(one, options, time));
  const [{ segments }] = lifted;
  const programs = lifted.map(({ program }) => program);
  const { program, constants } = generic
    ? await time('generalise', () => generaliseProgram(programs))
    : { program: programs[0], constants: [] };
  if (generic) refuseIllegal('program', checkProgram(program, { lowered: true }));
  options.onDump?.('program', dumpProgram(program));

  const { emitted, verdict } = await emitAndVerify(networks, program, options, time);
  return {
    code: emitted.code,
    ...(emitted.weights === undefined ? {} : { weights: emitted.weights }),
    verdict,
    program,
    report: describe(
      network,
      segments,
      emitted,
      verdict,
      describeGeneric(program, constants),
      time.milliseconds(),
    ),
  };
}

/**
 * First with the structure that is found in the rounded network, whose loops mostly add in the network's
 * own order; where running shows that they do not, layer by layer as it stands.
 */
async function compileFloat32(network: StagedNetwork, options: CompileOptions): Promise<Compiled> {
  const time = createStopwatch(options.clock);
  refuseRoundedSigns(network);
  const exact = { ...options, tolerance: 0 };
  const rounded = roundToFloat32(network);
  const structured = await lift(rounded, exact, time);
  const plain = (): Promise<Program> =>
    time('infer', () => joinPrograms(rounded, plainParts(rounded)));
  const first = await finishFloat32(network, structured.program, exact, time);
  const isPlain = first.verdict.status === 'refuted';
  const result = isPlain ? await finishFloat32(network, await plain(), exact, time) : first;
  const { emitted, verdict } = result;
  const { segments } = structured;
  const report = describe(network, segments, emitted, verdict, undefined, time.milliseconds());
  return {
    code: emitted.code,
    ...(emitted.weights === undefined ? {} : { weights: emitted.weights }),
    verdict,
    program: result.program,
    report: isPlain ? withoutStructure(report, network) : report,
  };
}

async function finishFloat32(
  network: StagedNetwork,
  program: Program,
  options: CompileOptions,
  time: Stopwatch,
): Promise<{ emitted: Emitted; verdict: Verdict; program: Program }> {
  const rounding = roundOperations(program, { integersStaySmall: integersStaySmall(network) });
  refuseIllegal('program', checkProgram(rounding, { lowered: true }));
  options.onDump?.('program', dumpProgram(rounding));
  return { ...(await emitAndVerify([network], rounding, options, time)), program: rounding };
}

/** Where a sum is not exact, rounding would decide what the tie rule decides. */
function refuseRoundedSigns({ layers }: StagedNetwork): void {
  const isSign = (kind: string): boolean => kind === 'sign' || kind === 'step';
  const layer = layers.find((one) => one.kind === undefined && isSign(one.activation.kind));
  if (layer === undefined) return;
  throw diagnose('NETWORK_NOT_FLOAT32', {}, { layer: layer.name });
}

interface Lifted {
  readonly segments: readonly SegmentGraph[];
  readonly program: Program;
}

/** The parts of a network with their plain programs. */
function plainParts(network: StagedNetwork): readonly Part[] {
  return segmentsOf(network).map((segment): Part => {
    switch (segment.kind) {
      case 'layers':
        return { segment, program: plainProgram(segment.network) };
      case 'scan':
        return { segment, parts: plainParts(segment.scan.body) };
      case 'stage':
      case 'tap':
        return { segment };
    }
  });
}

/** Network → ClusterGraphs → Program, at one size: what lies between stages is clustered by itself. */
async function lift(
  network: StagedNetwork,
  options: CompileOptions,
  time: Stopwatch,
): Promise<Lifted> {
  refuseTooLarge(network);
  refuseIllegal('network', checkNetwork(network));
  options.onDump?.('network', dumpNetwork(network));
  const segments: SegmentGraph[] = [];
  const parts = await liftParts(network, options, time, (segment) => segments.push(segment));
  const program = await time('infer', () => joinPrograms(network, parts));
  refuseIllegal('program', checkProgram(program, { lowered: true }));
  return { segments, program };
}

/** The parts of a network between its stages, and those of its scans' bodies; `onGraph` is told of each. */
async function liftParts(
  network: StagedNetwork,
  options: CompileOptions,
  time: Stopwatch,
  onGraph: (segment: SegmentGraph) => void,
  isBody = false,
): Promise<readonly Part[]> {
  const cut = segmentsOf(network);
  // Nothing is rounded before a stage, which may stretch any difference, nor within a scan.
  const isAlone = cut.length === 1 && !isBody;
  const tolerance = isAlone ? (options.tolerance ?? DEFAULT_TOLERANCE) : 0;
  // With all digits asked for, noise is still judged by the default.
  const evening = isAlone && tolerance === 0 ? DEFAULT_TOLERANCE : tolerance;
  const parts: Part[] = [];
  for (const segment of cut) {
    if (segment.kind === 'scan') {
      const { scan, layer } = segment;
      // What a scan's body computes stands, for those outside, at the place of the scan.
      const onInner: typeof onGraph = (inner) => {
        onGraph({ ...inner, layers: inner.layers.map(() => layer) });
      };
      parts.push({ segment, parts: await liftParts(scan.body, options, time, onInner, true) });
      continue;
    }
    if (segment.kind !== 'layers') {
      parts.push({ segment });
      continue;
    }
    options.onProgress?.('cluster', 0, 1);
    const simplified = await time('cluster', () => simplifyNetwork(segment.network, evening));
    refuseIllegal('network', checkNetwork(simplified.network));
    const graph = await time('cluster', () => clusterWithin(simplified.network, evening));
    refuseIllegal('clusters', checkClusterGraph(graph));
    options.onDump?.('clusters', dumpClusterGraph(graph));
    onGraph({ graph, layers: segment.layers, simplified: simplified.changes });

    options.onProgress?.('infer', 0, 1);
    const program = await time('infer', () => inferProgram(graph, { tolerance }));
    refuseIllegal('program', checkProgram(program, { lowered: true }));
    parts.push({ segment, program });
  }
  return parts;
}

/** Noise is left out where the tolerance has room for it, else it stays. */
function clusterWithin(network: Network, tolerance: number): ClusterGraph {
  const graph = clusterNetwork(network);
  const isMoved = graph.clusters.some(({ snapError = 0 }) => snapError > 0);
  if (!isMoved || graphError(graph) <= tolerance) return graph;
  return clusterNetwork(network, { dropsResidue: false });
}

/**
 * The text is proved before its verdict is known, so it is printed claiming a proof, checked with the
 * claim left out, and printed again where the claim was too bold.
 */
async function emitAndVerify(
  networks: readonly StagedNetwork[],
  program: Program,
  options: CompileOptions,
  time: Stopwatch,
): Promise<{ emitted: Emitted; verdict: Verdict }> {
  const rounding = options.tolerance ?? DEFAULT_TOLERANCE;
  const isFloat32 = program.precision === 'float32';
  const settings = { settings: options.settings ?? describeSettings(options, isFloat32) };
  const tolerance = rounding === 0 && !isFloat32 ? DEFAULT_TOLERANCE : rounding;
  options.onProgress?.('emit', 0, 1);
  const claimed = await time('emit', () =>
    emitProgram(program, { verdict: 'proved', tolerance, ...settings }),
  );
  const verdicts: Verdict[] = [];
  for (const network of networks) {
    options.onProgress?.('verify', 0, 1);
    const one = await time('verify', () =>
      verify(network, claimed.code, {
        tolerance,
        ignoreVerdictString: true,
        ...(claimed.weights === undefined ? {} : { weights: claimed.weights }),
        ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
        onProgress: (done, total) => options.onProgress?.('verify', done, total),
      }),
    );
    verdicts.push(one);
  }
  const verdict = weakestVerdict(networks, verdicts);
  if (verdict.status === 'proved') return { emitted: claimed, verdict };
  const emitted = await time('emit', () =>
    emitProgram(program, { verdict: verdict.status, tolerance, ...settings }),
  );
  return { emitted, verdict };
}

/** The options as the module's header names them: what shaped the text, and nothing else. */
function describeSettings(options: CompileOptions, isRounding: boolean): string {
  const { generic, precision, tolerance = DEFAULT_TOLERANCE } = options;
  if (precision === 'float32') return `precision float32${isRounding ? '' : ', exact in integers'}`;
  const digits = tolerance === 0 ? 'all digits of constants' : `tolerance ${tolerance}`;
  return generic === true ? `generic, ${digits}` : digits;
}

function describe(
  network: StagedNetwork,
  segments: readonly SegmentGraph[],
  emitted: Emitted,
  verdict: Verdict,
  generic: GenericReport | undefined,
  milliseconds: Milliseconds | undefined,
): Report {
  const { lines, bytes, weightsInData } = emitted;
  return buildReport({
    network,
    segments,
    ...(generic === undefined ? {} : { generic }),
    code: { lines, bytes, weightsInData },
    verdict,
    ...(milliseconds === undefined ? {} : { milliseconds }),
  });
}

function refuseTooLarge({ layers }: StagedNetwork): void {
  const weights = weightsOf(layers);
  if (weights <= MOST_WEIGHTS) return;
  throw diagnose('NETWORK_TOO_LARGE', {}, { weights, most: MOST_WEIGHTS });
}

function weightsOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => {
    if (node.kind === 'scan') return sum + weightsOf(node.body.layers);
    return sum + (node.kind === undefined ? node.weights.values.length : 0);
  }, 0);
}

function refuseIllegal(level: Level, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw diagnose('INTERNAL_ILLEGAL_LEVEL', {}, { level, problem: problems[0] });
}
