/** Plays the compiled module: a glider on the torus, four generations at a time. */
import type { Answer } from '../../src/verify/run-module.js';
import { PUBLISHED_SIDE } from './build.js';

const SIDE = PUBLISHED_SIDE;
const GLIDER: readonly (readonly [row: number, column: number])[] = [[0, 1], [1, 2], [2, 0], [2, 1], [2, 2]]; // prettier-ignore

/** After four generations a glider is itself, one cell further down and right. */
const PERIOD = 4;

/** Pictures of the glider's corner, and how many of the steps around the torus put it where it belongs. */
export function showLife(run: (inputs: readonly ArrayLike<number>[]) => Answer): string {
  let board: readonly number[] = gliderAt(0);
  const pictures = [corner(board)];
  let right = 0;
  for (let moved = 1; moved <= SIDE; moved++) {
    for (let k = 0; k < PERIOD; k++) {
      [board] = run([board]).scores;
      if (moved === 1) pictures.push(corner(board));
    }
    if (gliderAt(moved).join() === board.join()) right++;
  }
  const rows = pictures[0].map((_, row) => pictures.map((picture) => picture[row]).join('   '));
  return `${rows.join('\n')}\n\na glider goes round the torus in ${SIDE * PERIOD} generations: ${right} of ${SIDE} times in place\n`;
}

function gliderAt(offset: number): number[] {
  const board = new Array<number>(SIDE * SIDE).fill(0);
  for (const [row, column] of GLIDER) {
    board[((row + offset) % SIDE) * SIDE + ((column + offset) % SIDE)] = 1;
  }
  return board;
}

function corner(board: readonly number[]): string[] {
  return [0, 1, 2, 3, 4].map((row) =>
    [0, 1, 2, 3, 4].map((column) => (board[row * SIDE + column] === 1 ? '#' : '.')).join(''),
  );
}
