/**
 * Emitted modules as a person might edit them by hand without changing what they compute: other names,
 * loops, conditions, helpers. None may be refuted; `unknown` would be honest, but all of these are proved.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { verify } from '../../src/verify/index.js';
import { agreementOf } from '../helpers/agreement.js';
import { adder } from '../helpers/build/adder.js';
import { majority, parity } from '../helpers/build/counts.js';
import { elementaryAutomaton } from '../helpers/build/local-rules.js';
import { pairwise } from '../helpers/build/pairs.js';
import { totalistic } from '../helpers/build/totalistic.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

type Edit = readonly [
  what: string,
  ...replacements: (readonly [from: string | RegExp, to: string])[],
];

interface Example {
  readonly name: string;
  readonly network: Network;
  readonly edits: readonly Edit[];
}

const DIGITS = { kind: 'values', values: [0, 1, 2, 3, 4] } as const;

const EXAMPLES: readonly Example[] = [
  {
    name: 'orientation',
    network: orientationNetwork(6),
    edits: [
      ['names', [/columnSums/g, 'columns'], [/rowSums/g, 'rows'], [/comparison/g, 'winner']],
      ['a difference turned round', ['Math.sign(columnSums[column] - rowSums[row])', '-Math.sign(rowSums[row] - columnSums[column])']],
      ['a sign told by comparisons', ['Math.sign(columnSums[column] - rowSums[row])', '(columnSums[column] > rowSums[row] ? 1 : 0) - (columnSums[column] < rowSums[row] ? 1 : 0)']],
      ['a sign told by cases', ['const comparison = Math.sign(columnSums[column] - rowSums[row]);', 'let comparison = 0;\n      if (columnSums[column] > rowSums[row]) comparison = 1;\n      else if (columnSums[column] < rowSums[row]) comparison = -1;']],
      ['terms in another order', ['6 * columnBalances[column] - 5 * total - 30', '-30 - 5 * total + 6 * columnBalances[column]']],
      ['a constant with a name', ['let vertical = 0;', 'const margin = 30;\n  let vertical = 0;'], ['5 * total - 30', '5 * total - margin']],
      ['a loop from its end', [/for \(let column = 0; column < 6; column\+\+\) \{\n {4}vertical/, 'for (let column = 5; column >= 0; column--) {\n    vertical']],
      ['a product taken out', ['vertical += Math.sign(6 * columnBalances[column] - 5 * total - 30);', 'const others = 5 * total;\n    vertical += Math.sign(6 * columnBalances[column] - others - 30);']],
      ['a sign compared', ['vertical += Math.sign(6 * columnBalances[column] - 5 * total - 30);', 'const own = 6 * columnBalances[column] - 5 * total;\n    vertical += own > 30 ? 1 : own === 30 ? 0 : -1;']],
      ['the decision by an if', ["return vertical >= horizontal ? 'vertical' : 'horizontal';", "if (horizontal > vertical) return 'horizontal';\n  return 'vertical';"]],
      ['the decision negated', ["vertical >= horizontal ? 'vertical' : 'horizontal'", "!(vertical >= horizontal) ? 'horizontal' : 'vertical'"]],
    ],
  },
  {
    name: 'maxsat',
    network: maxsatNetwork(5, 7),
    edits: [
      ['a flag for a count', ['let otherLiterals = 0;', 'let isLone = true;'], ['otherLiterals += formula[literal][clause];', 'if (formula[literal][clause] === 1) isLone = false;'], ['otherLiterals === 0', 'isLone']],
      ['an early continue', ['    let otherLiterals = 0;', '    if (formula[0][clause] === formula[1][clause]) continue;\n    let otherLiterals = 0;']],
      ['a helper', ['(otherLiterals === 0 ? 10 : 2.29756)', 'weightOf(otherLiterals)'], ['export default predict;', 'export default predict;\n\nfunction weightOf(others: number): number {\n  return others > 0 ? 2.29756 : 10;\n}']],
      ['branches exchanged', ['otherLiterals === 0 ? 10 : 2.29756', 'otherLiterals !== 0 ? 2.29756 : 10']],
      ['the weight in cases', ['score += (formula[0][clause] - formula[1][clause]) * (otherLiterals === 0 ? 10 : 2.29756);', 'const sign = formula[0][clause] - formula[1][clause];\n    if (otherLiterals === 0) score += 10 * sign;\n    else score += 2.29756 * sign;']],
      ['some for a sum', [/let otherLiterals = 0;\n.*\n/, 'const isCrowded = [2, 3, 4].some((literal) => formula[literal][clause] === 1);\n'], ['otherLiterals === 0', '!isCrowded']],
      ['filter().length for a sum', [/let otherLiterals = 0;\n.*\n/, 'const otherLiterals = [2, 3, 4].filter((literal) => formula[literal][clause] > 0).length;\n']],
      ['softmax without its shift', ['Math.exp(value - largest)', 'Math.exp(value)']],
      ['softmax of two by the logistic function', ['return softmax([score, -score]) as [number, number];', 'const share = 1 / (1 + Math.exp(-2 * score));\n  return [share, 1 - share];']],
    ],
  },
  {
    name: 'life',
    network: totalistic({ rows: 5, columns: 5, border: 'wrap', hidden: 'sign' }).network,
    edits: [
      ['De Morgan', ['neighbours === 3 || (board[row][column] === 1 && neighbours === 2)', '!(neighbours !== 3 && (board[row][column] !== 1 || neighbours !== 2))']],
      ['the cell asked first', ['neighbours === 3 || (board[row][column] === 1 && neighbours === 2) ? 1 : 0', 'board[row][column] === 1 ? (neighbours === 2 || neighbours === 3 ? 1 : 0) : neighbours === 3 ? 1 : 0']],
      ['the cell left out in the loop', ['let neighbours = -board[row][column];', 'let neighbours = 0;'], ['neighbours += board[r % 5][c % 5];', 'if (r !== row + 5 || c !== column + 5) neighbours += board[r % 5][c % 5];']],
      ['offsets from −1', [/for \(let r = row \+ 4; r < row \+ 7; r\+\+\)/, 'for (let r = row - 1; r <= row + 1; r++)'], [/for \(let c = column \+ 4; c < column \+ 7; c\+\+\)/, 'for (let c = column - 1; c <= column + 1; c++)'], ['board[r % 5][c % 5]', 'board[(r + 5) % 5][(c + 5) % 5]']],
      ['a written flag', ['flags[row][column] =\n        neighbours === 3 || (board[row][column] === 1 && neighbours === 2) ? 1 : 0;', 'if (neighbours === 3) flags[row][column] = 1;\n      if (neighbours === 2) flags[row][column] = board[row][column];']],
    ],
  },
  {
    name: 'argmax',
    network: pairwise({ values: 4, pairs: 'some', output: 'scores', domain: DIGITS, decision: { kind: 'argmax' } }).network,
    edits: [
      ['reduce', [/let balance = 0;\n.*\n/, 'const balance = [0, 1, 2, 3].reduce((sum, other) => sum + Math.sign(values[i] - values[other]), 0);\n']],
      ['a loop in two', ['for (let other = 0; other < 4; other++) balance += Math.sign(values[i] - values[other]);', 'for (let other = 0; other < 2; other++) balance += Math.sign(values[i] - values[other]);\n    for (let other = 2; other < 4; other++) balance += Math.sign(values[i] - values[other]);']],
      ['itself left out', ['balance += Math.sign', 'if (other !== i) balance += Math.sign']],
      ['wins less losses', ['balance += Math.sign(values[i] - values[other]);', '{\n      if (values[i] > values[other]) balance++;\n      if (values[i] < values[other]) balance--;\n    }']],
      ['the decision in a loop', ['return values2.indexOf(Math.max(...values2));', 'let best = 0;\n  for (let k = 1; k < 4; k++) if (values2[k] > values2[best]) best = k;\n  return best;']],
    ],
  },
  {
    name: 'adder',
    network: adder({ bits: 10, order: 'lsb', encoding: 'look-ahead' }).network,
    edits: [
      ['a carry that is a truth value', ['let carry = 0;', 'let carry = false;'], ['numbers[1][bit] + carry', 'numbers[1][bit] + (carry ? 1 : 0)'], ['carry = total >= 2 ? 1 : 0;', 'carry = total >= 2;'], ['result[10] = carry;', 'result[10] = carry ? 1 : 0;']],
      ['the digit by subtraction', ['result[bit] = total % 2;\n    carry = total >= 2 ? 1 : 0;', 'carry = total > 1 ? 1 : 0;\n    result[bit] = total - 2 * carry;']],
      ['the carry by division', ['carry = total >= 2 ? 1 : 0;', 'carry = Math.floor(total / 2);']],
      ['rows with names', ['let carry = 0;', 'const [first, second] = [numbers[0], numbers[1]];\n  let carry = 0;'], ['numbers[0][bit] + numbers[1][bit]', 'first[bit] + second[bit]']],
    ],
  },
  {
    name: 'rule 110',
    network: elementaryAutomaton({ rule: 110, width: 20, border: 'wrap' }).network,
    edits: [
      ['the rule as a sum of cases', ['(center ? !left || !right : right) ? 1 : 0', '(center && !(left && right)) || (!center && right) ? 1 : 0']],
      ['the rule in numbers', [/const left = .*\n.*\n.*\n.*;\n/, 'const [l, c, r] = [cells[(cell + 19) % 20], cells[cell], cells[(cell + 1) % 20]];\n    flags[cell] = c + r - c * r - l * c * r;\n']],
      ['the rule in a table', [/const left = .*\n.*\n.*\n.*;\n/, 'const index = 4 * cells[(cell + 19) % 20] + 2 * cells[cell] + cells[(cell + 1) % 20];\n    flags[cell] = [0, 1, 1, 1, 0, 1, 1, 0][index];\n']],
      ['the border by a condition', ['cells[(cell + 1) % 20]', '(cell === 19 ? cells[0] : cells[cell + 1])']],
    ],
  },
  {
    name: 'majority',
    network: majority(21).network,
    edits: [
      ['against', ['total += bits[i];', 'total += 1 - bits[i];'], ['total >= 11 ? 1 : -1', 'total > 10 ? -1 : 1']],
      ['a balance', ['total += bits[i];', 'total += 2 * bits[i] - 1;'], ['total >= 11 ? 1 : -1', 'total > 0 ? 1 : -1']],
      ['the half as a fraction', ['total >= 11', 'total > 21 / 2']],
    ],
  },
  {
    name: 'parity',
    network: parity(20).network,
    edits: [
      ['flips', ['let total = 0;', 'let isOdd = false;'], ['total += bits[i];', 'if (bits[i] === 1) isOdd = !isOdd;'], ['total % 2', 'isOdd ? 1 : 0']],
      ['a sign that turns', ['let total = 0;', 'let sign = 1;'], ['total += bits[i];', 'sign *= 1 - 2 * bits[i];'], ['total % 2', '(1 - sign) / 2']],
    ],
  },
]; // prettier-ignore

function edited(code: string, [what, ...replacements]: Edit): string {
  return replacements.reduce((text, [from, to]) => {
    const found = typeof from === 'string' ? text.includes(from) : text.search(from) >= 0;
    if (!found) throw new Error(`${what}: the text has no ${String(from)}`);
    return text.replace(from, to);
  }, code);
}

describe.each(EXAMPLES.map((example) => [example.name, example] as const))('%s', (_, { network, edits }) => {
  it.each(edits.map((edit) => [edit[0], edit] as const))('is proved after an edit: %s', async (_, edit) => {
    const compiled = await compile(network);
    const code = edited(compiled.code, edit);
    // That the edit is right is shown by running it, and not by the checker.
    expect(await agreementOf(network, { ...compiled, code }, 500)).toMatchObject({ mismatches: 0 });
    const verdict = await verify(network, code);
    expect(verdict.status, verdict.reason).toBe('proved');
  });
}); // prettier-ignore

describe('the edits', () => {
  it('are more than thirty, of eight examples', () => {
    expect(EXAMPLES.length).toBe(8);
    expect(EXAMPLES.flatMap(({ edits }) => edits).length).toBeGreaterThan(40);
  });
});
