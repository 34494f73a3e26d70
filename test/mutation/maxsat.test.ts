/** The checker can fail: hand-listed mutations of both MAXSAT texts must be refuted. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/verify/index.js';
import { maxsatNetwork } from '../helpers/networks.js';
import { otherMaxsat, plainMaxsat } from '../unit/verify/checker/texts.js';
import { mutate } from './mutations.js';
import type { Mutation } from './mutations.js';

const [LITERALS, CLAUSES] = [6, 17];
const network = maxsatNetwork(LITERALS, CLAUSES);

const PLAIN: readonly Mutation[] = [
  { from: 'input.length !== 6', to: 'input.length < 6' },
  { from: 'row < 6', to: 'row < 5' },
  { from: 'input[row].length !== 17', to: 'input[row].length !== 16' },
  { from: 'input[row].length !== 17', to: 'input[row].length < 17' },
  { from: 'throw new RangeError(`expected', to: 'throw new Error(`expected' },
  { from: '  checkShape(formula);', to: '' },
  { from: 'let score = 0', to: 'let score = 1' },
  { from: 'let clause = 0', to: 'let clause = 1' },
  { from: 'clause < 17', to: 'clause < 16' },
  { from: 'clause < 17', to: 'clause <= 17' },
  { from: 'clause++', to: 'clause += 2' },
  { from: 'clause++', to: 'clause--' },
  { from: 'let others = 0', to: 'let others = 1' },
  { from: 'let literal = 2', to: 'let literal = 1' },
  { from: 'let literal = 2', to: 'let literal = 3' },
  { from: 'literal < 6', to: 'literal < 5' },
  { from: 'others += formula', to: 'others = formula' },
  { from: 'formula[literal][clause]', to: 'formula[literal][0]' },
  { from: 'formula[literal][clause]', to: 'formula[2][clause]' },
  { from: 'score += (', to: 'score -= (' },
  { from: 'score += (', to: 'score = (' },
  { from: 'formula[0][clause] - formula[1][clause]', to: 'formula[0][clause] + formula[1][clause]' },
  { from: 'formula[0][clause] - formula[1][clause]', to: 'formula[1][clause] - formula[0][clause]' },
  { from: 'formula[0][clause] - formula[1][clause]', to: 'formula[0][clause] - formula[2][clause]' },
  { from: 'formula[0][clause] - formula[1][clause]', to: 'formula[0][clause] - formula[1][0]' },
  { from: 'others === 0', to: 'others !== 0' },
  { from: 'others === 0', to: 'others === 1' },
  { from: 'others === 0', to: 'others <= 1' },
  { from: 'others === 0', to: 'others > 0' },
  { from: '9.99999999', to: '9.9999' },
  { from: '2.29755992', to: '2.2976' },
  { from: '2.29755992', to: '2.2975' },
  { from: '2.29755992', to: '-2.29755992' },
  { from: '[score, -score]', to: '[score, score]' },
  { from: '[score, -score]', to: '[-score, score]' },
  { from: '[score, -score]', to: '[score, 0]' },
  { from: 'value - largest', to: 'largest - value' },
  { from: 'sum + power, 0', to: 'sum + power, 1' },
  { from: 'sum + power, 0', to: 'sum - power, 0' },
  { from: 'power / total', to: 'power * total' },
  { from: 'first >= second', to: 'first > second' },
  { from: 'first >= second', to: 'first < second' },
  { from: "? 'assign true' : 'assign false'", to: "? 'assign true' : 'assign true'" },
  { from: "verdict: 'proved'", to: "verdict: 'sampled'" },
]; // prettier-ignore

const OTHER: readonly Mutation[] = [
  { from: 'SINGLE = 9.99999999', to: 'SINGLE = 9.999' },
  { from: 'CROWDED = 2.29755992', to: 'CROWDED = 2.2976' },
  { from: 'let k = 5', to: 'let k = 4' },
  { from: 'k > 1', to: 'k > 0' },
  { from: 'k > 1', to: 'k > 2' },
  { from: 'rows[k][clause] === 1', to: 'rows[k][clause] === 0' },
  { from: 'rows[k][clause] === 1', to: 'rows[k][0] === 1' },
  { from: 'return CROWDED', to: 'return SINGLE' },
  { from: 'return SINGLE', to: 'return CROWDED' },
  { from: 'rows.length !== 6', to: 'rows.length > 6' },
  { from: 'row.length !== 17', to: 'row.length > 17' },
  { from: 'let yes = 0', to: 'let yes = 2' },
  { from: 'let no = 0', to: 'let no = 1' },
  { from: 'let c = 16', to: 'let c = 15' },
  { from: 'c >= 0', to: 'c > 0' },
  { from: 'c -= 1', to: 'c -= 2' },
  { from: 'rows[0][c] === 1', to: 'rows[1][c] === 1' },
  { from: 'rows[1][c] === 1', to: 'rows[1][c] === 0' },
  { from: 'positive === negative', to: 'positive !== negative' },
  { from: 'if (positive === negative) continue;', to: 'if (positive) continue;' },
  { from: 'if (positive === negative) continue;', to: 'if (positive || negative) continue;' },
  { from: 'if (positive === negative) continue;', to: 'if (positive === negative) break;' },
  { from: 'if (positive) yes', to: 'if (negative) yes' },
  { from: 'yes += weightOf(rows, c)', to: 'yes -= weightOf(rows, c)' },
  { from: 'no += weightOf(rows, c)', to: 'no += weightOf(rows, 0)' },
  { from: '2 * (yes - no)', to: '3 * (yes - no)' },
  { from: '2 * (yes - no)', to: '2 * (no - yes)' },
  { from: '2 * (yes - no)', to: '2 * (yes + no)' },
  { from: 'Math.exp(-difference)', to: 'Math.exp(difference)' },
  { from: '1 / (1 + Math.exp(difference))', to: '1 / (2 + Math.exp(difference))' },
  { from: '[share, 1', to: '[share, share, 1' },
  { from: '[share, 1', to: '[1 - share, 1' },
]; // prettier-ignore

describe.each([
  ['plain', plainMaxsat(LITERALS, CLAUSES), PLAIN],
  ['other', otherMaxsat(LITERALS, CLAUSES), OTHER],
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

describe('a shift of the logits', () => {
  it.each([
    { from: 'value - largest', to: 'value + largest' },
    { from: 'Math.max(...values)', to: 'Math.min(...values)' },
  ])('is proved where it cannot overflow, refuted where it can: %o', async (mutation) => {
    const small = await verify(network, mutate(plainMaxsat(LITERALS, CLAUSES), mutation));
    expect(small.status).toBe('proved');
    const large = await verify(maxsatNetwork(10, 50), mutate(plainMaxsat(10, 50), mutation));
    expect(large.status, large.reason).toBe('refuted');
  });
});
