/** Puts the report together from what the phases found; computes nothing anew. */
import type { StagedNetwork } from '../ir/network.js';
import type { Verdict } from '../ir/verdict.js';
import { describeClusters } from './clusters.js';
import type { SegmentGraph } from './clusters.js';
import type { Milliseconds } from './stopwatch.js';
import type { CodeReport, GenericReport, Report } from './types.js';
import { describeVerdict } from './verdict.js';

export interface ReportParts {
  readonly network: StagedNetwork;
  /** One for each segment of layers. */
  readonly segments: readonly SegmentGraph[];
  readonly code: CodeReport;
  readonly verdict: Verdict;
  /** Of a generic module, as `generic.ts` prints it. */
  readonly generic?: GenericReport;
  /** Left out of the report when absent. */
  readonly milliseconds?: Milliseconds;
}

/** The report of one compilation. Without `milliseconds` the same parts give the same bytes. */
export function buildReport(parts: ReportParts): Report {
  const { network, segments, code, verdict, generic, milliseconds } = parts;
  const { model, clusters, unexplainedNeurons, changes } = describeClusters(network, segments);
  return {
    schema: 1,
    model,
    code,
    clusters,
    unexplainedNeurons,
    verdict: describeVerdict(verdict),
    changes,
    ...(generic === undefined ? {} : { generic }),
    ...(milliseconds === undefined ? {} : { milliseconds }),
  };
}

/** The report of a module that follows the network as it stands, whatever structure was found in it. */
export function withoutStructure(report: Report, { layers }: StagedNetwork): Report {
  const unexplainedNeurons = layers.flatMap((node, layer) =>
    node.kind === undefined
      ? Array.from({ length: node.size }, (_, index) => ({ layer, index }))
      : [],
  );
  return { ...report, clusters: [], unexplainedNeurons, changes: [] };
}
