/** A module with its verdict and its reports: told, and written if it was not refuted. */
import type { Verdict } from '../ir/verdict.js';
import type { Report } from '../report/index.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { renderReport } from './render-report.js';
import type { ReportKind } from './render-report.js';
import { describeRefusal, describeVerdict } from './verdict-text.js';
import { writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';
import { printModule, writeModule } from './write-module.js';
import type { ModuleTexts } from './write-module.js';

/** The path that means stdout. */
export const STDOUT = '-';

export interface Told extends ModuleTexts {
  readonly verdict: Verdict;
  readonly report: Report;
}

/**
 * @param name what the module is called where it has no file. @param path of the module, or `STDOUT`.
 * @returns the exit code; of a refuted module nothing is written.
 */
export async function deliverModule(
  told: Told,
  name: string,
  path: string,
  reports: readonly { readonly path: string; readonly kind: ReportKind }[],
  io: CliIo,
): Promise<number> {
  const { verdict, report } = told;
  io.stderr.write(`${path === STDOUT ? name : path}: ${describeVerdict(verdict)}\n`);
  if (verdict.status === 'refuted') {
    io.stderr.write(describeRefusal(verdict));
    return EXIT.negative;
  }
  const pending: PendingFile[] = [];
  for (const one of reports) {
    pending.push({ path: one.path, text: await renderReport(report, one.kind) });
  }
  if (path === STDOUT) {
    writeFilesWhole(pending, io.cwd);
    printModule(told, io);
  } else {
    writeModule(told, path, pending, io);
  }
  return EXIT.done;
}
