/**
 * `--student auto`: a model told by whoever tells it shortest. The compiler's exact module stands beside what
 * the students make of the whole network, and of the layers behind each cut with the layers before it exact.
 * The cheapest to read that is as faithful as was asked for is taken; without such a wish it is the exact one.
 */
import { compile } from '../../compile.js';
import type { CompileOptions, Compiled } from '../../compile.js';
import { Diagnostic } from '../../diagnostics/diagnostic.js';
import { programCost } from '../../infer/index.js';
import type { AutoFindings, Way } from '../../ir/auto.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Verdict } from '../../ir/verdict.js';
import { describeModel, describeVerdict } from '../../report/index.js';
import type { Report } from '../../report/index.js';
import type { Attempt } from './attempt.js';
import { cutsOf } from './cut.js';
import type { Cut } from './cut.js';
import { finish } from './finish.js';
import type { Finished } from './finish.js';
import { attemptLogic } from './logic-attempt.js';
import { attemptMath } from './math-attempt.js';
import type { MathAsked } from './math-attempt.js';

export interface AutoOptions extends Omit<MathAsked, 'seed'> {
  /** The least share of the network's answers that has to be kept. */
  readonly fidelity: number;
  readonly seed: number;
  /** Asked now and then; `true`: no further way is tried. */
  readonly shouldStop?: () => boolean;
  /** Told of every way when it has been tried. */
  readonly onWay?: (way: Way) => void;
  /** How the exact module is compiled. */
  readonly exact?: CompileOptions;
}

export interface ShortestTold {
  readonly code: string;
  /** Text of the sibling, where exact layers need one. */
  readonly weights?: string;
  readonly verdict: Verdict;
  readonly report: Report;
}

/** @throws Diagnostic as `compile`. */
export async function tellShortest(
  network: StagedNetwork,
  options: AutoOptions,
): Promise<ShortestTold> {
  const told: Told[] = [await tellExactly(network, options)];
  options.onWay?.(told[0].way);
  const { shouldStop } = options;
  const cuts = await cutsOf(network, shouldStop === undefined ? {} : { shouldStop });
  // Rules are found in no time; formulas take what is left.
  for (const teller of ['logic', 'math'] as const) {
    for (const cut of cuts) {
      if (shouldStop?.() === true) break;
      const one = await tellBehind(network, cut, teller, options);
      options.onWay?.(one.way);
      told.push(one);
    }
  }
  const selected = cheapest(
    told.map(({ way }) => way),
    options.fidelity,
  );
  const findings: AutoFindings = {
    asked: options.fidelity,
    ways: told.map(({ way }) => way),
    selected,
  };
  const { compiled, finished } = told[selected];
  if (compiled !== undefined) {
    return { ...compiled, report: { ...compiled.report, auto: findings } };
  }
  if (finished === undefined) throw new TypeError('a way without a module was taken');
  const { emitted, verdict } = finished;
  const report = reportOf(network, told[0], finished, told[selected].way);
  const { code, weights } = emitted;
  return {
    code,
    ...(weights === undefined ? {} : { weights }),
    verdict,
    report: { ...report, auto: findings },
  };
}

/** A way with what it led to. */
interface Told {
  readonly way: Way;
  readonly compiled?: Compiled;
  readonly finished?: Finished;
}

async function tellExactly(network: StagedNetwork, { exact }: AutoOptions): Promise<Told> {
  const compiled = await compile(network, exact);
  const { lines, weightsInData } = compiled.report.code;
  const layers = network.layers.map(({ name }) => name);
  const cost = programCost(compiled.program);
  const module = { cost, lines, weightsInData, fidelity: 1 };
  return { way: { teller: 'exact', exact: layers, replaced: [], module }, compiled };
}

async function tellBehind(
  network: StagedNetwork,
  cut: Cut,
  teller: 'logic' | 'math',
  options: AutoOptions,
): Promise<Told> {
  const layers = network.layers.map(({ name }) => name);
  const way = {
    teller,
    exact: layers.slice(0, cut.kept),
    replaced: layers.slice(cut.kept),
    ...(cut.before === undefined ? {} : { kept: cut.before.verdict }),
  };
  try {
    const attempt = await attemptBy(teller, network, cut, options);
    const finished = await finish(network, attempt, {
      seed: options.seed,
      settings: `${teller} student at fidelity ${options.fidelity}, seed ${options.seed}`,
      ...(cut.before === undefined ? {} : { replaces: way.replaced }),
    });
    const { emitted, verdict } = finished;
    const fidelity = verdict.status === 'proved' ? 1 : verdict.fidelity;
    if (fidelity === undefined) {
      return { way: { ...way, reason: `the module was ${verdict.status}: ${verdict.method}` } };
    }
    const { lines, weightsInData } = emitted;
    const cost = programCost(attempt.program);
    const module = { cost, lines, weightsInData, fidelity };
    return { way: { ...way, module }, finished };
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    return { way: { ...way, reason: error.message } };
  }
}

function attemptBy(
  teller: 'logic' | 'math',
  network: StagedNetwork,
  cut: Cut,
  options: AutoOptions,
): Attempt | Promise<Attempt> {
  return teller === 'logic'
    ? attemptLogic(network, cut, options)
    : attemptMath(network, cut, options);
}

/**
 * The first of the cheapest that are faithful enough. The exact way always is, and where all answers have to be
 * kept it alone is: samples cannot show that.
 */
function cheapest(ways: readonly Way[], fidelity: number): number {
  if (fidelity === 1) return 0;
  let best = 0;
  ways.forEach(({ module }, position) => {
    const least = ways[best].module?.cost ?? Infinity;
    if (module !== undefined && module.fidelity >= fidelity && module.cost < least) best = position;
  });
  return best;
}

/** The report of a module that a student wrote a part of: of the structure, what the exact layers have. */
function reportOf(
  network: StagedNetwork,
  { compiled }: Told,
  { emitted, verdict }: Finished,
  { exact }: Way,
): Report {
  const { lines, bytes, weightsInData } = emitted;
  const isExact = ({ layer }: { readonly layer: number }): boolean => layer < exact.length;
  return {
    schema: 1,
    model: describeModel(network),
    code: { lines, bytes, weightsInData },
    clusters: compiled?.report.clusters.filter(isExact) ?? [],
    unexplainedNeurons: compiled?.report.unexplainedNeurons.filter(isExact) ?? [],
    changes: [],
    verdict: describeVerdict(verdict),
  };
}
