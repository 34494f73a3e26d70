/**
 * The requirements' sizes: elementary automata, Life on tori, largest values by pairs, an adder of two
 * bytes. A sample of the rules here; `npm run nightly` has all 256 at both widths with both borders.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleRow } from '../../examples/cellular-automata/table.js';
import { compile } from '../../src/compile.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { adder } from '../helpers/build/adder.js';
import { elementaryAutomaton } from '../helpers/build/local-rules.js';
import { pairwise } from '../helpers/build/pairs.js';
import type { PairOptions } from '../helpers/build/pairs.js';
import { outerLoops } from '../helpers/emitted-text.js';
import { bodyOperators, innerLoops } from '../helpers/fuzz/body-operators.js';
import { automatonPoint, lifePoint, problemsOf, structureProblems } from '../helpers/fuzz/structure-grid.js'; // prettier-ignore
import type { GridPoint } from '../helpers/fuzz/structure-grid.js';

async function expectToHold(point: GridPoint): Promise<void> {
  const problems = await problemsOf(point);
  expect(problems).toEqual([]);
}

/** Every eleventh rule, at each width and border in turn. */
const SAMPLE = Array.from({ length: 24 }, (_, k) => {
  const [width, border] = [[17, 'wrap'], [17, 'zero'], [32, 'wrap'], [32, 'zero']][k % 4]; // prettier-ignore
  return automatonPoint(11 * k, width as number, border as 'wrap' | 'zero');
});

describe('elementary automata', () => {
  it.each(SAMPLE.map((point) => [point.name, point] as const))('%s', (_, point) =>
    expectToHold(point),
  );

  /** Operators of the minimal forms, neither reading a bit nor writing one counted. */
  it.each([
    [30, 2], // left !== (own || right)
    [90, 1], // left !== right
    [110, 2], // own ? !left || !right : right
    [150, 2], // left !== own !== right
    [184, 1], // own ? right : left
  ])('rule %i has at most %i operators', async (rule, most) => {
    const { network } = elementaryAutomaton({ rule, width: 17, border: 'wrap' });
    const { code } = await compile(network);
    expect(bodyOperators(code)).toHaveLength(1);
    expect(Math.max(...bodyOperators(code))).toBeLessThanOrEqual(most);
    expect(innerLoops(code)).toBe(0);
  });
});

describe('the table of all rules', () => {
  const page = readFileSync(
    join(import.meta.dirname, '../../output/cellular-automata/rules.md'),
    'utf8',
  );
  const cellsOf = (line: string): string[] =>
    line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replaceAll('\\|', '|')); // prettier-ignore
  const rows = page
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map(cellsOf);

  it('has a proved row for every rule', () => {
    expect(rows.map(([rule]) => Number(rule))).toEqual(Array.from({ length: 256 }, (_, k) => k));
    expect(rows.filter(([, , , verdict]) => verdict !== 'proved')).toEqual([]);
  });

  it.each([1, 30, 54, 73, 110, 184, 201, 254])('says of rule %i what is compiled', async (rule) => {
    expect(rows[rule]).toEqual(await ruleRow(rule));
  });
});

describe('life on a torus', () => {
  it.each([[6, 7], [16, 16]])('%i × %i', (rows, columns) => expectToHold(lifePoint(rows, columns))); // prettier-ignore
});

describe('largest by pairs', () => {
  const kinds: readonly Omit<PairOptions, 'values'>[] = [
    { pairs: 'some', output: 'scores', decision: { kind: 'argmax' } },
    { pairs: 'all', output: 'best' },
  ];
  const cases = [5, 7, 12].flatMap((values) => kinds.map((kind) => pairwise({ ...kind, values })));

  it.each(cases.map((specimen) => [specimen.name, specimen] as const))('%s', (_, specimen) =>
    expectToHold({
      name: `${specimen.name}, at size`,
      check: async () => {
        const compiled = await compile(specimen.network);
        const problems = await structureProblems(specimen, compiled);
        return outerLoops(compiled.code) > 0 ? problems : [...problems, 'no loop'];
      },
    }),
  );
});

describe('adder of two bytes', () => {
  it.each(['look-ahead', 'thresholds'] as const)('%s', async (encoding) => {
    const specimen = adder({ bits: 8, order: 'lsb', encoding });
    await expectToHold({
      name: specimen.name,
      check: async () => {
        const compiled = await compile(specimen.network);
        const run = createRunner(await loadModule(compiled.code), specimen.network);
        let wrong = 0;
        for (let index = 0; index < 2 ** 16; index++) {
          const bits = Array.from({ length: 16 }, (_, k) => (index >> k) & 1);
          if (run([bits]).scores[0].join() !== specimen.reference(bits).join()) wrong++;
        }
        const problems = await structureProblems(specimen, compiled);
        return wrong === 0 ? problems : [...problems, `${wrong} wrong sums`];
      },
    });
  });
});
