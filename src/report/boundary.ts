/** The report of a decision told by formulas with thresholds. As JSON, figures that are not finite are `null`. */
import type { BoundaryFindings, LatentFindings } from '../ir/boundary.js';
import type { Report } from './types.js';

interface LatentReport extends Omit<LatentFindings, 'reach'> {
  /** `null` of a number that decides nothing. */
  readonly reach: number | null;
}

export interface BoundaryReport extends Report {
  readonly boundary: Omit<BoundaryFindings, 'latents'> & {
    readonly latents: readonly LatentReport[];
  };
}

/** The report of a module and of what it comes from; the same findings give the same bytes. */
export function buildBoundaryReport(report: Report, findings: BoundaryFindings): BoundaryReport {
  const latents = findings.latents.map((latent) => ({
    ...latent,
    reach: Number.isFinite(latent.reach) ? latent.reach : null,
  }));
  return { ...report, boundary: { ...findings, latents } };
}
