/**
 * The Math student on a decision (Wetzel, arXiv 2401.04978): a formula is searched whose gradients are parallel
 * to the network's in a band around the boundary, so that it grows or falls with what the network compares; then
 * the threshold that makes it decide, and what else decides likewise. What leaves has been measured from its text.
 */
import type { BoundaryFindings } from '../../ir/boundary.js';
import { declareTarget } from '../../ir/target.js';
import type { Verdict } from '../../ir/verdict.js';
import { buildBoundaryReport, describeModel, describeVerdict } from '../../report/index.js';
import type { BoundaryReport } from '../../report/index.js';
import type { Transport } from '../../students/math/jobs.js';
import { finish } from '../auto/finish.js';
import { searchFormulas } from '../index.js';
import type { CellHooks, DistilOptions } from '../index.js';
import type { Cell } from '../subject.js';
import { findingsOf } from './findings.js';
import { decidingProgram, linkedProgram } from './program.js';
import type { BoundarySubject } from './subject.js';
import { tell } from './told.js';

export interface BoundaryDistilled {
  readonly code: string;
  readonly verdict: Verdict;
  readonly report: BoundaryReport;
  readonly findings: BoundaryFindings;
}

/** @throws Diagnostic STUDENT_NO_FORMULA when the front is empty; what the transport rejects with. */
export async function distilBoundary(
  subject: BoundarySubject,
  options: DistilOptions,
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks = () => ({}),
): Promise<BoundaryDistilled> {
  const { choices } = await searchFormulas(subject, options, createTransport, hooksOf);
  const told = subject.cells.map((cell, k) => tell(cell, choices[k]));
  const { network, target, ranges } = subject;
  const { program, complexity } = target === undefined ? decidingProgram(subject, told) : linkedProgram(subject, told[0]); // prettier-ignore
  const { emitted, verdict } = await finish(
    network,
    {
      program,
      complexity,
      ...(target === undefined
        ? { explains: 'decisions' as const, counts: 'formulas' as const }
        : {}),
      ...(ranges === undefined ? {} : { ranges }),
    },
    {
      seed: subject.cells[0].problem.settings.seed,
      settings: options.settings ?? 'math student, by gradients',
      ...(target === undefined ? {} : { target: declareTarget(network, target) }),
    },
  );
  const findings = findingsOf(subject, told, options);
  const { lines, bytes, weightsInData } = emitted;
  const report = buildBoundaryReport(
    {
      schema: 1,
      model: describeModel(network),
      code: { lines, bytes, weightsInData },
      clusters: [],
      unexplainedNeurons: [],
      changes: [],
      verdict: describeVerdict(verdict),
    },
    findings,
  );
  return { code: emitted.code, verdict, report, findings };
}
