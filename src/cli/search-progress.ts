/**
 * The progress of a search on stderr: the best formula so far, evaluations in a second, the time left. One
 * line that is written over on a terminal; elsewhere a plain line now and then.
 */
import { toldFormula } from '../distil/over-inputs.js';
import type { Cell } from '../distil/subject.js';
import type { SearchProgress } from '../students/math/search.js';
import { printFormula } from '../students/math/text/print-formula.js';
import type { CliIo } from './io.js';

export interface SearchProgressLine {
  readonly report: (cell: Cell, reached: SearchProgress) => void;
  /** A line that stays. */
  readonly note: (text: string) => void;
  readonly end: () => void;
}

const TERMINAL_INTERVAL = 200;
const PLAIN_INTERVAL = 5000;
const QUIET_MILLISECONDS = 1000;
const ERASE_LINE = '\r\u001b[K';
const DIGITS = 4;
/** Columns of a terminal line; what is longer would wrap and could not be written over. */
const LINE_LENGTH = 100;

/** `started` and `limit`: when the command began, and milliseconds until it ends. */
export function createSearchProgress(
  io: CliIo,
  started: number,
  limit: number,
): SearchProgressLine {
  const { stderr } = io;
  let lastShown = -Infinity;
  let isOpen = false;
  const erase = (): void => {
    if (isOpen) stderr.write(ERASE_LINE);
    isOpen = false;
  };
  return {
    report(cell, reached) {
      const now = io.clock();
      const interval = stderr.isTerminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
      if (now - started < QUIET_MILLISECONDS || now - lastShown < interval) return;
      lastShown = now;
      const line = lineOf(cell, reached, now - started, limit);
      stderr.write(stderr.isTerminal ? `${ERASE_LINE}${line.slice(0, LINE_LENGTH)}` : `${line}\n`);
      isOpen = stderr.isTerminal;
    },
    note(text) {
      erase();
      stderr.write(`${text}\n`);
    },
    end: erase,
  };
}

function lineOf(
  cell: Cell,
  { evaluations, epoch, best }: SearchProgress,
  elapsed: number,
  limit: number,
): string {
  const rate = Math.round(evaluations / Math.max(1, elapsed));
  const left = Math.max(0, Math.round((limit - elapsed) / 1000));
  const names = cell.problem.data.names;
  const found =
    best === undefined
      ? 'nothing yet'
      : `${printFormula(toldFormula(best.formula, cell), names, { digits: DIGITS })} (loss ${best.loss.toPrecision(3)})`;
  return `${cell.name}: epoch ${epoch}, ${rate}k evaluations/s, at most ${left} s left, best ${found}`;
}
