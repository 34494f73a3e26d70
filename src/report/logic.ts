/** The report of the Logic student: that of the module it wrote, and what was found. */
import type { LogicFindings } from '../ir/student.js';
import type { Report } from './types.js';

export interface LogicReport extends Report, LogicFindings {}

/** The same findings give the same bytes. */
export function buildLogicReport(report: Report, findings: LogicFindings): LogicReport {
  return { ...report, ...findings };
}
