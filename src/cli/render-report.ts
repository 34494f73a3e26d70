/** A report as the bytes of its file: JSON as it stands, or Markdown. */
import { diagnose } from '../diagnostics/diagnostic.js';
import { textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { Report } from '../report/index.js';

export type ReportKind = 'json' | 'md';

/** The kind that a file's name asks for. @throws Diagnostic `CLI_OPTION_VALUE` for another ending. */
export function reportKind(path: string): ReportKind {
  if (path.endsWith('.json')) return 'json';
  if (path.endsWith('.md')) return 'md';
  const expected = 'a file that ends in .json or .md';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'report', value: path, expected });
}

/** The file of a picture that an option names. @throws Diagnostic `CLI_OPTION_VALUE` for another ending. */
export function readPicture(parsed: Arguments, option: string): string | undefined {
  const value = textOption(parsed, option);
  if (value === undefined || value.endsWith('.svg')) return value;
  throw diagnose('CLI_OPTION_VALUE', {}, { option, value, expected: 'a file that ends in .svg' });
}

export async function renderReport(report: Report, kind: ReportKind): Promise<string> {
  if (kind === 'json') return `${JSON.stringify(report, undefined, 2)}\n`;
  const { renderReportMarkdown } = await import('../report/index.js');
  return renderReportMarkdown(report);
}

/** The reports of several models in one file: JSON in `reports`, Markdown one section each. */
export async function renderReports(reports: readonly Report[], kind: ReportKind): Promise<string> {
  if (reports.length === 1) return renderReport(reports[0], kind);
  if (kind === 'json') return `${JSON.stringify({ schema: 1, reports }, undefined, 2)}\n`;
  const { renderReportsMarkdown } = await import('../report/index.js');
  return renderReportsMarkdown(reports);
}
