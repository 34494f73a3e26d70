/**
 * What `diff` says of prepared pairs of models, as whole texts: each at most 40 lines, and each to be read
 * aloud. UPDATE_SAMPLES=1 writes them; read what it wrote.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareModels } from '../../src/compare/index.js';
import { renderComparisonMarkdown } from '../../src/report/index.js';
import { PAIRS } from '../helpers/model-pairs.js';

const SAMPLES = join(import.meta.dirname, '../samples/diff');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';

/** Lines that a reviewer reads. */
const MOST_LINES = 40;

describe('the account of two models', () => {
  it.each(Object.keys(PAIRS))('%s', async (name) => {
    const [old, fresh] = PAIRS[name]();
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
      const [old, fresh] = PAIRS['neuron-orientation']();
      return renderComparisonMarkdown(await compareModels(old, fresh));
    };
    expect(await render()).toBe(await render());
  });

  it.each(Object.keys(PAIRS).filter((name) => name.startsWith('stored-')))(
    'finds no change either way: %s',
    async (name) => {
      const [old, fresh] = PAIRS[name]();
      const { meaning, known } = await compareModels(fresh, old);
      expect({ meaning, by: known.by }).toEqual({ meaning: 'same', by: 'proof' });
    },
  );
});
