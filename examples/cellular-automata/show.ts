/** Plays the module that knows all rules: a picture of one, and a count over all. */
import { createRandom } from '../../src/numeric/random.js';
import type { Answer } from '../../src/verify/run-module.js';
import { WIDTH } from './build.js';

const PICTURED = 30;
const STATES = 16;

/** Eight generations of rule 30, and how many next states of all rules are right. */
export function showAutomata(run: (inputs: readonly ArrayLike<number>[]) => Answer): string {
  const step = (rule: number, cells: readonly number[]): readonly number[] =>
    run([cells, Array.from({ length: 8 }, (_, bit) => (rule >> bit) & 1)]).scores[0];
  let cells: readonly number[] = Array.from({ length: WIDTH }, (_, k) => Number(k === WIDTH >> 1));
  const picture: string[] = [];
  for (let generation = 0; generation < WIDTH / 2; generation++) {
    picture.push(cells.map((cell) => (cell === 1 ? '#' : '.')).join(''));
    cells = step(PICTURED, cells);
  }
  const random = createRandom(1);
  let right = 0;
  for (let rule = 0; rule < 256; rule++) {
    for (let k = 0; k < STATES; k++) {
      const state = Array.from({ length: WIDTH }, () => random.below(2));
      if (step(rule, state).join() === nextByRule(rule, state).join()) right++;
    }
  }
  return `${picture.join('\n')}\n\n${right} of ${256 * STATES} steps of all 256 rules are right\n`;
}

function nextByRule(rule: number, cells: readonly number[]): number[] {
  return cells.map((own, k) => {
    const left = cells[(k + WIDTH - 1) % WIDTH];
    const right = cells[(k + 1) % WIDTH];
    return (rule >> (4 * left + 2 * own + right)) & 1;
  });
}
