/**
 * The report of a student: that of the module it wrote, and what was found. As JSON, figures that are not
 * finite are `null`.
 */
import type { ErrorAnalysis, ErrorFigures, WorstInput } from '../ir/error-analysis.js';
import type { FrontMember, StudentFindings } from '../ir/student.js';
import type { Report } from './types.js';

/** A number, or `null` for one that JSON cannot write. */
type Figure = number | null;

export interface FrontReport extends Omit<
  FrontMember,
  'loss' | 'score' | 'fidelity' | 'fidelityOutOfRange' | 'shortExpression'
> {
  readonly loss: Figure;
  readonly score: Figure;
  readonly fidelity: Figure;
  readonly fidelityOutOfRange?: Figure;
}

interface TargetReport extends Omit<StudentFindings, 'front' | 'errors'> {
  readonly front: readonly FrontReport[];
  readonly errors?: ErrorReport;
}

interface ErrorReport {
  readonly figures: readonly (Omit<ErrorFigures, 'fidelity' | 'rms' | 'worst'> & {
    readonly fidelity: Figure;
    readonly rms: Figure;
    readonly worst: Figure;
  })[];
  readonly worst: readonly (Omit<WorstInput, 'actual' | 'error'> & {
    readonly actual: Figure;
    readonly error: Figure;
  })[];
}

/** What was found for the only target, or for the first. */
export interface StudentReport extends Report, TargetReport {
  /** What was found for each target, the first included; absent where there is only one. */
  readonly targets?: readonly TargetReport[];
}

/**
 * The report of a module and of the searches that it comes from, one for each target; the same findings
 * give the same bytes.
 */
export function buildStudentReport(
  report: Report,
  findings: readonly [StudentFindings, ...StudentFindings[]],
): StudentReport {
  const targets = findings.map(describeFindings);
  return {
    ...report,
    ...describeFindings(findings[0]),
    ...(targets.length > 1 ? { targets } : {}),
  };
}

function describeFindings(findings: StudentFindings): TargetReport {
  const { errors, ...others } = findings;
  return {
    ...others,
    front: findings.front.map(describeMember),
    ...(errors === undefined ? {} : { errors: describeErrors(errors) }),
  };
}

function describeErrors({ figures, worst }: ErrorAnalysis): ErrorReport {
  return {
    figures: figures.map((one) => ({
      ...one,
      fidelity: figureOf(one.fidelity),
      rms: figureOf(one.rms),
      worst: figureOf(one.worst),
    })),
    worst: worst.map((one) => ({
      ...one,
      actual: figureOf(one.actual),
      error: figureOf(one.error),
    })),
  };
}

function describeMember(member: FrontMember): FrontReport {
  const { complexity, loss, score, fidelity, fidelityOutOfRange, expression, origin } = member;
  return {
    complexity,
    loss: figureOf(loss),
    score: figureOf(score),
    fidelity: figureOf(fidelity),
    ...(fidelityOutOfRange === undefined
      ? {}
      : { fidelityOutOfRange: figureOf(fidelityOutOfRange) }),
    expression,
    origin,
  };
}

function figureOf(value: number): Figure {
  return Number.isFinite(value) ? value : null;
}
