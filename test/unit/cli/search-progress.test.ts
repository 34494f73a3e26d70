import { describe, expect, it } from 'vitest';
import type { CliIo } from '../../../src/cli/io.js';
import { createSearchProgress } from '../../../src/cli/search-progress.js';
import type { Cell } from '../../../src/distil/subject.js';
import { variable } from '../../../src/students/math/formula.js';
import { searchProblem } from '../../helpers/search-problem.js';

const PROBLEM = searchProblem();
const CELL: Cell = { name: 'y', problem: PROBLEM, inputs: [0, 1], inRange: PROBLEM.data };
const BEST = { formula: variable(1), complexity: 1, loss: 0.25, origin: 'evolution' };
const REACHED = { evaluations: 6_000_000, epoch: 2, best: BEST };

/** A terminal or a file, and a clock that is set by hand. */
function recorded(isTerminal: boolean) {
  const state = { now: 0, text: '' };
  const stream = { write: (text: string) => void (state.text += text), isTerminal };
  const io: CliIo = { cwd: '.', stdout: stream, stderr: stream, clock: () => state.now };
  return { state, line: createSearchProgress(io, 0, 120_000) };
}

describe('the progress of a search', () => {
  it('is silent for a second, then a line every five', () => {
    const { state, line } = recorded(false);
    for (const now of [500, 2000, 3000, 8000]) {
      state.now = now;
      line.report(CELL, REACHED);
    }
    line.end();
    expect(state.text).toBe(
      'y: epoch 2, 3000k evaluations/s, at most 118 s left, best b (loss 0.250)\n' +
        'y: epoch 2, 750k evaluations/s, at most 112 s left, best b (loss 0.250)\n',
    );
  });

  it('writes over its line on a terminal, and clears it for notes and at the end', () => {
    const { state, line } = recorded(true);
    state.now = 2000;
    line.report(CELL, { ...REACHED, best: undefined });
    line.note('stopping');
    line.end();
    const shown = 'y: epoch 2, 3000k evaluations/s, at most 118 s left, best nothing yet';
    expect(state.text).toBe(`\r\u001b[K${shown}\r\u001b[Kstopping\n`);
    state.now = 4000;
    line.report(CELL, REACHED);
    line.end();
    expect(state.text.endsWith('\r\u001b[K')).toBe(true);
  });
});
