/**
 * Damaged models of every format: refused with a diagnostic, or made a legal network. `npm run fuzz:parse`
 * runs forty times as many under a watchdog; a failure names the seed to run alone.
 */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../helpers/fuzz-parse/formats.js';
import { fuzzParse, tryParse } from '../../helpers/fuzz-parse/fuzz-parse.js';

const CASES = 500;

describe.each(FORMATS)('damaged $name', (format) => {
  it('is refused with a diagnostic, or legal', async () => {
    const outcomes = new Set<string>();
    const failures: string[] = [];
    for (let seed = 0; seed < Math.ceil(CASES / FORMATS.length); seed++) {
      const { outcome, problem } = await fuzzParse(format, seed);
      outcomes.add(outcome);
      if (problem !== undefined) failures.push(`seed ${seed}, ${outcome}: ${problem}`);
    }
    expect(failures).toEqual([]);
    // Damage that always ends in the same refusal would test nothing.
    expect(outcomes.size).toBeGreaterThan(5);
  });

  it('starts from models that are legal', async () => {
    for (const [index, contents] of format.legal.entries()) {
      const { outcome } = await tryParse(contents);
      expect(['accepted', 'ONNX_UNSUPPORTED_OPERATOR'], `model ${index}`).toContain(outcome);
    }
  });

  it('is refused with a diagnostic wherever the file ends', async () => {
    const [contents] = format.legal;
    const name = Object.keys(contents).find((key) => format.endings.some((end) => key.endsWith(end))) ?? ''; // prettier-ignore
    for (let length = 0; length < contents[name].length; length++) {
      const cut = { ...contents, [name]: contents[name].subarray(0, length) };
      const { problem } = await tryParse(cut);
      expect(problem, `${length} bytes`).toBeUndefined();
    }
  });
});
