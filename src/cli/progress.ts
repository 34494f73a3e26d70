/**
 * Progress on stderr for work that lasts: nothing within the first second, then one line that is
 * written over on a terminal, and plain lines now and then elsewhere.
 */
import type { CliIo } from './io.js';

/** Shorter work needs no progress (contract). */
const QUIET_MILLISECONDS = 1000;
const TERMINAL_INTERVAL = 100;
const PLAIN_INTERVAL = 5000;

const ERASE_LINE = '\r\u001b[K';

export interface Progress {
  /** `done` of `total` steps of a phase; called as often as one likes. */
  readonly report: (phase: string, done: number, total: number) => void;
  /** Clears the line on a terminal; call before any other message. */
  readonly end: () => void;
}

/** `start`: when the command began, by the clock; the quiet second runs from there. */
export function createProgress(io: CliIo, start = io.clock()): Progress {
  let lastShown = start - PLAIN_INTERVAL;
  let lastPhase = '';
  let lineOpen = false;
  return {
    report(phase, done, total) {
      const now = io.clock();
      if (now - start < QUIET_MILLISECONDS) return;
      const interval = io.stderr.isTerminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
      if (phase === lastPhase && now - lastShown < interval) return;
      lastShown = now;
      lastPhase = phase;
      const share = total > 1 ? ` ${Math.floor((100 * done) / total)} %` : '';
      const line = `${phase}${share} (${Math.round((now - start) / 1000)} s)`;
      io.stderr.write(io.stderr.isTerminal ? `${ERASE_LINE}${line}` : `${line}\n`);
      lineOpen = io.stderr.isTerminal;
    },
    end() {
      if (lineOpen) io.stderr.write(ERASE_LINE);
      lineOpen = false;
    },
  };
}
