/**
 * What `diff` says of prepared pairs of models, as whole texts: each at most 40 lines, and each to be read
 * aloud. UPDATE_SAMPLES=1 writes them; read what it wrote.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareModels } from '../../src/compare/index.js';
import { renderComparisonMarkdown } from '../../src/report/index.js';
import type { Network } from '../../src/ir/network.js';
import { PAIRS, credit } from '../helpers/model-pairs.js';

const SAMPLES = join(import.meta.dirname, '../samples/diff');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';

/** Lines that a reviewer reads. */
const MOST_LINES = 40;

describe('the account of two models', () => {
  it.each(Object.keys(PAIRS))('%s', async (name) => {
    const [old, fresh] = await PAIRS[name]();
    const report = await compareModels(old, fresh);
    const text = renderComparisonMarkdown(report);
    const file = join(SAMPLES, `${name}.md`);
    if (UPDATE) writeFileSync(file, text);
    expect(existsSync(file), 'run with UPDATE_SAMPLES=1 to write the text').toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    expect(text).toMatch(/^\*\*(No change in meaning|Changed: |The same algorithm at |No difference found)/); // prettier-ignore
    expect(text.startsWith('**No change in meaning**')).toBe(report.meaning === 'same');
    // The JSON holds all of it, and nothing that JSON cannot hold.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('has a text for every pair, and no other', () => {
    expect(readdirSync(SAMPLES).sort()).toEqual(Object.keys(PAIRS).map((name) => `${name}.md`).sort()); // prettier-ignore
  });

  it('is the same every time', async () => {
    const render = async () => {
      const [old, fresh] = await PAIRS['neuron-orientation']();
      return renderComparisonMarkdown(await compareModels(old, fresh));
    };
    expect(await render()).toBe(await render());
  });

  it.each(Object.keys(PAIRS).filter((name) => name.startsWith('stored-')))(
    'finds no change either way: %s',
    async (name) => {
      const [old, fresh] = await PAIRS[name]();
      const { meaning, known } = await compareModels(fresh, old);
      expect({ meaning, by: known.by }).toEqual({ meaning: 'same', by: 'proof' });
    },
  );

  it.each([
    '<script>alert(1)</script>',
    '| @octocat #1 ``` ~~~\n# heading\n- item',
    'https://x.example [a](javascript:x) &lt;b&gt; $x$',
    '\u202e*/ \u2028 `${x}`',
    'x'.repeat(10_000),
  ])('is inert whatever the names: %j', async (name) => {
    const named = (network: Network): Network => ({
      ...network,
      name,
      inputs: [{ ...network.inputs[0], name, features: ['a', 'b', 'c', 'd'].map((k) => name + k) }],
      outputs: [{ name, shape: [2], labels: [`${name}1`, `${name}2`] }],
    });
    const text = renderComparisonMarkdown(await compareModels(named(credit()), credit(false)));
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    expect(text.length).toBeLessThan(10_000);
    expect(text.match(/^```/gm)).toHaveLength(2);
    // Spans of code are inert; a backtick behind a backslash opens none.
    const prose = text
      .replace(/^```diff\n[^]*?^```$/gm, '')
      .replace(/\\`/g, '')
      .replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, 'code');
    expect(prose).not.toMatch(/(?<!\\)<|@|#\d|\w:\/\/|(?<!\\)\[(?!-?\d)/);
    expect(prose.match(/^#+ .*$/gm)).toEqual(['### What changed', '### Decisions that flip']);
  });
});
