/** The files that a search keeps up to date while it runs: the front as CSV, JSON or picture, the state. */
import { diagnose } from '../diagnostics/diagnostic.js';
import { membersOf } from '../distil/findings.js';
import { toldFormula } from '../distil/over-inputs.js';
import type { Cell } from '../distil/subject.js';
import { renderFrontPlot } from '../report/index.js';
import { createEngine } from '../students/math/engine/engine.js';
import { dataSizeOf } from '../students/math/fit/polish.js';
import { kneeOf, mostAccurateOf } from '../students/math/front.js';
import { frontToCsv, frontToJson } from '../students/math/front-text.js';
import type { Candidate } from '../students/math/problem.js';
import { selectBest } from '../students/math/select.js';
import { writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

const ENDINGS = ['.csv', '.json', '.svg'] as const;

/** @throws Diagnostic `CLI_OPTION_VALUE` for a file of another ending. */
export function checkFrontPaths(paths: readonly string[]): void {
  for (const path of paths) {
    if (ENDINGS.some((ending) => path.endsWith(ending))) continue;
    const expected = 'a file that ends in .csv, .json or .svg';
    throw diagnose('CLI_OPTION_VALUE', {}, { option: 'front', value: path, expected });
  }
}

/** Writes the front to each of the paths, as their endings say. */
export function writeFront(
  paths: readonly string[],
  cell: Cell,
  front: readonly Candidate[],
  cwd: string,
): void {
  if (paths.length === 0 || front.length === 0) return;
  const files = paths.map((path): PendingFile => ({ path, text: textOf(path, cell, front) }));
  writeFilesWhole(files, cwd);
}

function textOf(path: string, cell: Cell, front: readonly Candidate[]): string {
  const { names } = cell.problem.data;
  const told = front.map((one) => ({ ...one, formula: toldFormula(one.formula, cell) }));
  if (path.endsWith('.csv')) return frontToCsv(told, names);
  if (path.endsWith('.json')) return frontToJson(told, names);
  return renderFrontPlot({
    name: cell.name,
    front: membersOf(cell, front),
    selected: selectBest(front, dataSizeOf(createEngine(cell.problem))),
    knee: kneeOf(front),
    mostAccurate: mostAccurateOf(front),
  });
}
