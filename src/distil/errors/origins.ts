/**
 * Where inputs come from on which formulas for a network are analysed: the very inputs on which fidelity
 * is stated, in range and around it, and apart from these the borders of the decision, the corners of the
 * range, and ranges in which one feature has been shifted.
 *
 *   x shifted: every other feature in range, x moved by half its width up or down, so half out of range
 */
import { inRangeProbes, outOfRangeProbes } from '../../ir/fidelity-probes.js';
import type { FidelityProbe } from '../../ir/fidelity-probes.js';
import { domainHull } from '../../ir/model-interface.js';
import type { CellDomain } from '../../ir/model-interface.js';
import { createRandom } from '../../numeric/random.js';
import { drawBoundary } from '../../students/probes/boundary.js';
import { drawUniform } from '../../students/probes/box.js';
import type { BoundedDomain } from '../../students/probes/box.js';
import { createDecisionAsk } from '../create-ask.js';
import { JUDGED_PROBES } from '../judged-rows.js';
import type { Subject } from '../subject.js';
import { askOver } from '../../students/ask.js';

/** Inputs, a column for each flattened input cell of the network, or for each feature of a table. */
export interface Origin {
  readonly name: string;
  readonly columns: readonly Float64Array[];
}

const AT_BORDERS = 500;
const SHIFTED = 500;
/** Of more features there are too many corners, or too many shifts to ask for. */
const MOST_CORNERS = 256;
const MOST_SHIFTED = 16;

/** How far a feature is shifted, in widths of its range. */
const SHIFT = 0.5;

/** Tells the random numbers apart from those of other probes. */
const ORIGIN_SEED = 0x657272;

/** @throws RangeError for a subject without a network. */
export function originsOf(subject: Subject): readonly Origin[] {
  const { model, ranges, network } = subject;
  const [{ problem, inputs, teacher }] = subject.cells;
  if (network === undefined) throw new RangeError('the subject has no network');
  const { seed } = problem.settings;
  const { names } = problem.data;
  const domains = problem.domains.filter(isBounded);
  const settings = { count: JUDGED_PROBES, seed, ...(ranges === undefined ? {} : { ranges }) };
  const outside = outOfRangeProbes(model, settings);
  const random = createRandom(seed ^ ORIGIN_SEED);
  const decide = createDecisionAsk(network);
  const { varying } = teacher ?? {};
  // What does not vary rests, apart from the inputs of the stated fidelity, where everything varies.
  const spread = (columns: readonly Float64Array[]): readonly Float64Array[] =>
    Array.from(varying?.rest ?? inputs, (value, cell) => {
      const at = inputs.indexOf(cell);
      return at < 0 ? columns[0].map(() => value) : columns[at];
    });
  const asked =
    decide !== undefined && varying !== undefined
      ? askOver(decide, varying.features, varying.rest)
      : decide;
  const borders = asked && drawBoundary(domains, asked, 'steps', AT_BORDERS, random);
  const corners = cornersOf(domains);
  const found: readonly (Origin | undefined)[] = [
    { name: 'training range', columns: columnsOf(inRangeProbes(model, settings)) },
    outside && { name: 'wider', columns: columnsOf(outside) },
    borders && { name: 'boundary of the decision', columns: spread(borders) },
    corners && { name: 'corners', columns: spread(corners) },
    ...domains.map((domain, k): Origin | undefined => {
      if (k >= MOST_SHIFTED || domain.kind === 'values' || domain.min === domain.max) return undefined;
      const columns = [...drawUniform(domains, SHIFTED, random)];
      const by = SHIFT * (domain.max - domain.min);
      columns[k] = columns[k].map((value, row) => (row % 2 === 0 ? value + by : value - by));
      return { name: `${names[k]} shifted`, columns: spread(columns) };
    }),
  ]; // prettier-ignore
  return found.filter(
    (origin) => origin !== undefined && origin.columns[0].length > 0,
  ) as readonly Origin[];
}

function isBounded(domain: CellDomain): domain is BoundedDomain {
  return domain.kind !== 'real';
}

function columnsOf(probes: readonly FidelityProbe[]): readonly Float64Array[] {
  const points = probes.map((probe) => probe.flatMap((input) => Array.from(input)));
  return points[0].map((_, cell) => Float64Array.from(points, (point) => point[cell]));
}

/** All corners of the range; of a single feature they are its ends. */
function cornersOf(domains: readonly BoundedDomain[]): readonly Float64Array[] | undefined {
  const count = 2 ** domains.length;
  if (count > MOST_CORNERS) return undefined;
  return domains.map((domain, k) => {
    const ends = domainHull(domain);
    return Float64Array.from({ length: count }, (_, corner) => ends[(corner >> k) % 2]);
  });
}
