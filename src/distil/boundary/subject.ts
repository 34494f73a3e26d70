/**
 * A decision as a subject of the Math student: for every number that decides a problem whose rows are the
 * directions of a band around the boundary, and fresh inputs to judge decisions on.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { CellRange } from '../../ir/fidelity.js';
import { inRangeProbes, outOfRangeProbes } from '../../ir/fidelity-probes.js';
import type { FidelityProbe } from '../../ir/fidelity-probes.js';
import { interfaceOf } from '../../ir/network.js';
import type { StagedNetwork } from '../../ir/network.js';
import { sizeOf } from '../../ir/model-interface.js';
import { hasTarget, networkOfTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import { createRandom } from '../../numeric/random.js';
import { interrogate } from '../../students/interrogate.js';
import { createEvaluator } from '../../students/math/engine/evaluator.js';
import { compileTape } from '../../students/math/engine/tape.js';
import type { Formula } from '../../students/math/formula.js';
import type { Settings } from '../../students/math/problem.js';
import { createSlopes } from '../../verify/slopes.js';
import { createAsk, createDecisionAsk } from '../create-ask.js';
import { rangesOf } from '../subject.js';
import type { Cell } from '../subject.js';
import { disagreementOf, drawBand, drawEverywhere } from './band.js';
import type { AskSlopes, Band } from './band.js';
import { linkOf } from './link.js';
import { latentOfTarget, latentsOf } from './readout.js';
import type { Contrast, Latent } from './readout.js';
import type { Judged } from './rivals.js';
import { cutOf } from './threshold.js';

export interface BoundaryAsked {
  /** What is explained instead of the decision: a hidden neuron, or a score by itself. */
  readonly target?: Target;
  readonly contrast: Contrast;
  /** δ, see `drawBand`. */
  readonly band: number;
  /** Rows of a band. */
  readonly rows: number;
  readonly range?: readonly [number, number];
  readonly features?: readonly string[];
  /** Another network of the same task: how far the two part tells how far either is off. */
  readonly second?: StagedNetwork;
}

/** One number that decides, ready to be searched. */
export interface BoundaryCell extends Cell {
  readonly latent: Latent;
  readonly band: Band;
  /** Mean of 1 − cos² between the two networks in the band; absent with one. */
  readonly disagreement?: number;
  readonly tolerance?: number;
  readonly inside: Judged;
  readonly outside?: Judged;
}

export interface BoundarySubject {
  readonly network: StagedNetwork;
  readonly target?: Target;
  readonly cells: readonly [BoundaryCell, ...BoundaryCell[]];
  readonly ranges?: readonly CellRange[];
  readonly asked: BoundaryAsked;
  /** The decision at the rows of `inside`; absent of a target. */
  readonly decided?: Float64Array;
  /** Share of these rows on which the second network decides likewise. */
  readonly secondAgreement?: number;
}

/**
 * Two networks of one task share what is wrong with their training; what they do not share they have from
 * chance. So a network may be off by more than the two are from each other: by twice that, it is assumed.
 */
const TOLERANCE_FACTOR = 2;

/** Half a degree, as 1 − cos²: two networks may agree better by accident, and are not trusted further. */
const LEAST_TOLERANCE = 1e-4;

/** Rows that thresholds are chosen on; those of a stated fidelity are others. */
const JUDGED_ROWS = 4000;
const JUDGED_SEED = 0x626f72;
/** Tells the band of one number from that of the next. */
const BAND_SEED = 0x62616e64;

/** Formulas of one complexity that are shown, since gradients leave several standing. */
const PER_COMPLEXITY = 4;

/**
 * @throws Diagnostic of the readouts, of the bands or of the interrogation; BOUNDARY_OTHER_INPUTS,
 *   BOUNDARY_OTHER_TARGET for a second network of another task.
 */
export function subjectOfBoundary(
  network: StagedNetwork,
  asked: BoundaryAsked,
  settings: Settings,
): BoundarySubject {
  const { target, contrast, second, features, range } = asked;
  const latents = target === undefined ? latentsOf(network, contrast) : [latentOfTarget(network, target)]; // prettier-ignore
  const others =
    second === undefined ? undefined : secondLatents(network, second, target, contrast);
  // What varies, in which ranges: as the values of a network are asked.
  const asking = { seed: settings.seed, rows: 2, strategy: 'uniform' as const };
  const limits = { ...(features === undefined ? {} : { features }), ...(range === undefined ? {} : { range }) }; // prettier-ignore
  const asks = createAsk({ network, target: target ?? { kind: 'output', output: 0, cell: 0 } });
  const whole = interrogate(network, asks, { ...asking, ...limits });
  const model = interfaceOf(target === undefined ? network : networkOfTarget(network, target));
  const ranges = rangesOf(model, whole.features, whole.domains);
  const probing = { count: JUDGED_ROWS, seed: settings.seed ^ JUDGED_SEED, ...(ranges === undefined ? {} : { ranges }) }; // prettier-ignore
  const inside = columnsOf(inRangeProbes(model, probing));
  const around = outOfRangeProbes(model, probing);
  const outside = around === undefined ? undefined : columnsOf(around);
  const cells = latents.map((latent, k): BoundaryCell => {
    const over = (from: StagedNetwork, { layer, readout }: Latent): AskSlopes => {
      const ask = createSlopes(from, layer, readout);
      return (columns) => {
        const all = Array.from(whole.rest, (value, cell) => {
          const at = whole.features.indexOf(cell);
          return at < 0 ? new Float64Array(columns[0].length).fill(value) : columns[at];
        });
        const { values, byInput } = ask(all);
        return { values, byInput: whole.features.map((cell) => byInput[cell]) };
      };
    };
    const own = over(network, latent);
    const random = createRandom((settings.seed ^ BAND_SEED) + k);
    const { name, isLogOdds, border } = latent;
    const domains = whole.domains.map((domain) => {
      if (domain.kind === 'real') throw new TypeError('the box has an open side');
      return domain;
    });
    const band =
      border === undefined
        ? drawEverywhere(domains, own, asked.rows, random)
        : drawBand(domains, own, border, { rows: asked.rows, band: asked.band, isLogOdds, name }, random); // prettier-ignore
    const disagreement =
      second === undefined || others === undefined
        ? undefined
        : disagreementOf(band, over(second, others[k]));
    const tolerance =
      disagreement === undefined
        ? undefined
        : Math.max(LEAST_TOLERANCE, TOLERANCE_FACTOR * disagreement);
    const sideAt = createSlopes(network, latent.layer, latent.readout);
    const judge = (columns: readonly Float64Array[]): Judged => ({
      columns: whole.features.map((cell) => columns[cell]),
      isAbove: Uint8Array.from(sideAt(columns).values, (value) => Number(value > (border ?? 0))),
    });
    const judged = judge(inside);
    const values = sideAt(inside).values;
    const evaluator = createEvaluator(judged.columns, values.length);
    return {
      name,
      latent,
      band,
      ...(disagreement === undefined ? {} : { disagreement }),
      ...(tolerance === undefined ? {} : { tolerance }),
      problem: {
        data: {
          names: whole.features.map((cell) => whole.training.names[whole.features.indexOf(cell)]),
          columns: band.columns,
          target: band.values,
          directions: band.directions,
        },
        settings: {
          ...settings,
          loss: { kind: 'direction', ...(tolerance === undefined ? {} : { tolerance }) },
          perComplexity: Math.max(settings.perComplexity, PER_COMPLEXITY),
        },
        domains: whole.domains,
      },
      inputs: whole.features,
      inRange: { names: whole.training.names, columns: judged.columns, target: values },
      worthOf: (formula: Formula): number => {
        const found = evaluator.values(compileTape(formula));
        if (found === undefined) return NaN;
        if (border === undefined) return linkOf(found, values)?.share ?? 0;
        return cutOf(found, judged.isAbove).agreement;
      },
      inside: judged,
      ...(outside === undefined ? {} : { outside: judge(outside) }),
    };
  });
  const [first, ...rest] = cells;
  const decide = target === undefined ? createDecisionAsk(network) : undefined;
  const decided = decide?.(inside);
  const decideSecond = second === undefined || target !== undefined ? undefined : createDecisionAsk(second); // prettier-ignore
  const ofSecond = decideSecond?.(inside);
  return {
    network,
    ...(target === undefined ? {} : { target }),
    cells: [first, ...rest],
    ...(ranges === undefined ? {} : { ranges }),
    asked,
    ...(decided === undefined ? {} : { decided }),
    ...(decided === undefined || ofSecond === undefined
      ? {}
      : { secondAgreement: shareOfEqual(decided, ofSecond) }),
  };
}

/** @throws Diagnostic BOUNDARY_OTHER_INPUTS, BOUNDARY_OTHER_TARGET. */
function secondLatents(
  network: StagedNetwork,
  second: StagedNetwork,
  target: Target | undefined,
  contrast: Contrast,
): readonly Latent[] {
  const width = ({ inputs }: StagedNetwork): number =>
    inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (width(second) !== width(network)) {
    throw diagnose('BOUNDARY_OTHER_INPUTS', {}, { expected: width(network), actual: width(second) }); // prettier-ignore
  }
  if (target !== undefined) {
    // Hidden neurons of two networks have nothing to do with each other.
    if (target.kind === 'neuron' || !hasTarget(second, target)) {
      throw diagnose('BOUNDARY_OTHER_TARGET', {}, { name: latentOfTarget(network, target).name });
    }
    return [latentOfTarget(second, target)];
  }
  const own = latentsOf(network, contrast);
  const found = latentsOf(second, contrast);
  const missing = own.find(({ name }, k) => found.at(k)?.name !== name);
  if (missing !== undefined) throw diagnose('BOUNDARY_OTHER_TARGET', {}, { name: missing.name });
  return found;
}

function columnsOf(probes: readonly FidelityProbe[]): readonly Float64Array[] {
  const points = probes.map((probe) => probe.flatMap((input) => Array.from(input)));
  return points[0].map((_, cell) => Float64Array.from(points, (point) => point[cell]));
}

function shareOfEqual(left: Float64Array, right: Float64Array): number {
  return left.filter((value, row) => value === right[row]).length / left.length;
}
