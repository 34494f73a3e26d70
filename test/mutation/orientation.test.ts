/** The checker can fail: hand-listed mutations of both orientation texts must be refuted. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/verify/index.js';
import { orientationNetwork } from '../helpers/networks.js';
import { otherOrientation, plainOrientation } from '../unit/verify/checker/texts.js';
import { mutate } from './mutations.js';
import type { Mutation } from './mutations.js';

const SIZE = 6;
const network = orientationNetwork(SIZE);

const PLAIN: readonly Mutation[] = [
  { from: 'input.length !== 6', to: 'input.length !== 7' },
  { from: 'input.length !== 6', to: 'input.length > 6' },
  { from: 'row < 6', to: 'row < 5' },
  { from: 'input[row].length !== 6', to: 'input[row].length > 6' },
  { from: 'input[row].length !== 6', to: 'input[0].length !== 6' },
  { from: 'throw new RangeError(`row', to: 'throw new TypeError(`row' },
  { from: '  checkShape(image);', to: '' },
  { from: 'new Array<number>(6).fill(0)', to: 'new Array<number>(6).fill(1)' },
  { from: 'new Array<number>(6).fill(0)', to: 'new Array<number>(6).fill(1)', at: 1 },
  { from: 'new Array<number>(6).fill(0)', to: 'new Array<number>(6).fill(1)', at: 2 },
  { from: 'new Array<number>(6).fill(0)', to: 'new Array<number>(5).fill(0)' },
  { from: 'let row = 0; row < 6', to: 'let row = 1; row < 6', at: 1 },
  { from: 'let row = 0; row < 6', to: 'let row = 0; row < 5', at: 1 },
  { from: 'let row = 0; row < 6', to: 'let row = 0; row <= 6', at: 1 },
  { from: 'row < 6; row++', to: 'row < 6; row += 2', at: 1 },
  { from: 'column < 6; column++', to: 'column < 5; column++' },
  { from: 'columnSums[column] += image[row][column]', to: 'columnSums[column] -= image[row][column]' },
  { from: 'columnSums[column] += image[row][column]', to: 'columnSums[column] = image[row][column]' },
  { from: 'rowSums[row] += image[row][column]', to: 'rowSums[row] += image[column][row]' },
  { from: 'rowSums[row] += image[row][column]', to: 'rowSums[column] += image[row][column]' },
  { from: 'let total = 0', to: 'let total = 1' },
  { from: 'Math.sign(columnSums[column] - rowSums[row])', to: 'Math.sign(rowSums[row] - columnSums[column])' },
  { from: 'Math.sign(columnSums[column] - rowSums[row])', to: 'Math.sign(columnSums[column] - rowSums[column])' },
  { from: 'Math.sign(columnSums[column] - rowSums[row])', to: 'Math.sign(columnSums[column] + rowSums[row])' },
  { from: 'Math.sign(columnSums[column] - rowSums[row])', to: '(columnSums[column] - rowSums[row])' },
  { from: 'Math.sign(columnSums[column] - rowSums[row])', to: '(columnSums[column] >= rowSums[row] ? 1 : -1)' },
  { from: 'columnTotals[column] += sign', to: 'columnTotals[row] += sign' },
  { from: 'total += sign', to: 'total -= sign' },
  { from: 'total += sign', to: 'total = sign' },
  { from: 'let score = 0', to: 'let score = 1' },
  { from: '6 * columnTotals', to: '7 * columnTotals' },
  { from: '- 5 * total - 30', to: '- 4 * total - 30' },
  { from: '- 5 * total - 30', to: '- 5 * total - 29' },
  { from: '- 5 * total - 30', to: '- 5 * total - 31' },
  { from: '- 5 * total - 30', to: '- 5 * total + 30' },
  { from: '- 6 * rowTotals[row]', to: '+ 6 * rowTotals[row]' },
  { from: '- 6 * rowTotals[row]', to: '- 6 * columnTotals[row]' },
  { from: 'score -= Math.sign', to: 'score += Math.sign' },
  { from: 'score += Math.sign', to: 'score += Math.abs' },
  { from: '[0.20565 * score', to: '[0.20566 * score' },
  { from: '-0.20565 * score]', to: '0.20565 * score]' },
  { from: '-0.20565 * score]', to: '-0.2056 * score]' },
  { from: 'first >= second', to: 'first > second' },
  { from: 'first >= second', to: 'first <= second' },
  { from: "? 'vertical' : 'horizontal'", to: "? 'horizontal' : 'vertical'" },
  { from: 'const [first, second]', to: 'const [second, first]' },
  { from: 'inputShape: [6, 6]', to: 'inputShape: [6, 7]' },
  { from: "verdict: 'proved'", to: "verdict: 'exhaustive'" },
  { from: 'export default predict', to: 'export default scores' },
]; // prettier-ignore

const OTHER: readonly Mutation[] = [
  { from: 'value > 0', to: 'value >= 0' },
  { from: 'value > 0', to: 'value > 1' },
  { from: 'return 1;', to: 'return 2;' },
  { from: 'value < 0 ? -1 : 0', to: 'value <= 0 ? -1 : 0' },
  { from: 'value < 0 ? -1 : 0', to: 'value < 0 ? 1 : 0' },
  { from: 'value < 0 ? -1 : 0', to: 'value < 0 ? -1 : 1' },
  { from: 'lines.length !== 6', to: 'lines.length < 6' },
  { from: 'lines.some(', to: 'lines.every(' },
  { from: 'line.length !== 6', to: 'line.length < 6' },
  { from: '||', to: '&&' },
  { from: 'cell === 1).length', to: 'cell === 0).length' },
  { from: 'cell === 1).length', to: 'cell !== 1).length' },
  { from: '{ length: 6 }', to: '{ length: 5 }' },
  { from: 'line[c] === 1', to: 'line[0] === 1' },
  { from: 'let c = 0; c < 6', to: 'let c = 1; c < 6' },
  { from: 'let r = 0; r < 6', to: 'let r = 0; r < 5' },
  { from: 'let vote = 0', to: 'let vote = 1' },
  { from: 'downCount[c] > acrossCount[r]', to: 'downCount[c] >= acrossCount[r]' },
  { from: 'downCount[c] > acrossCount[r]', to: 'downCount[c] < acrossCount[r]' },
  { from: 'downCount[c] > acrossCount[r]', to: 'downCount[r] > acrossCount[c]' },
  { from: 'vote++', to: 'vote--' },
  { from: 'else if (acrossCount[r] > downCount[c]) vote--', to: '' },
  { from: 'acrossCount[r] > downCount[c]', to: 'acrossCount[r] >= downCount[c]' },
  { from: 'row.push(vote)', to: 'row.push(-vote)' },
  { from: 'everything += one', to: 'everything -= one' },
  { from: 'let tally = 0', to: 'let tally = -1' },
  { from: 'r >= 0; r--', to: 'r > 0; r--' },
  { from: 'beats[c][r]', to: 'beats[r][c]' },
  { from: 'votes(-own + 5', to: 'votes(own + 5' },
  { from: '(everything - own) - 30', to: '(everything + own) - 30' },
  { from: '(everything - own) - 30', to: '(everything - own) - 28' },
  { from: 'votes(own - 5', to: 'votes(own - 6' },
  { from: 'sum + one, 0)', to: 'sum + one, 1)' },
  { from: 'weight = 0.20565', to: 'weight = 0.20564' },
  { from: '-(tally * weight)', to: '(tally * weight)' },
]; // prettier-ignore

describe.each([
  ['plain', plainOrientation(SIZE), PLAIN],
  ['other', otherOrientation(SIZE), OTHER],
] as const)('the %s text', (_, text, mutations) => {
  it('is proved as it stands', async () => {
    expect((await verify(network, text)).status).toBe('proved');
  });

  it.each(mutations.map((mutation) => [mutation.from, mutation.to, mutation] as const))(
    'is refuted with `%s` → `%s`',
    async (_from, _to, mutation) => {
      const verdict = await verify(network, mutate(text, mutation));
      expect(verdict.status, verdict.reason).toBe('refuted');
      expect(verdict.counterexample).toBeDefined();
    },
  );
});
