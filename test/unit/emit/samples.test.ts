/**
 * Goldens of whole modules under test/samples/emit. UPDATE_SAMPLES=1 rewrites them; a folder without a
 * sample, or a sample without its folder, fails.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { emitProgram } from '../../../src/emit/index.js';
import { cellDomain, sizeOf } from '../../../src/ir/model-interface.js';
import type { InputTensor } from '../../../src/ir/model-interface.js';
import { checkProgram } from '../../../src/ir/program-check.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { Random } from '../../../src/numeric/random.js';
import { evaluateProgram, nest } from '../../helpers/evaluate-program.js';
import { flattenResult, runEmitted } from './run-emitted.js';
import { SAMPLE_PROGRAMS } from './sample-programs.js';

const FOLDER = new URL('../../samples/emit/', import.meta.url);
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';
const OPTIONS = { verdict: 'proved', tolerance: 1e-6, fileName: 'expected.ts' } as const;
const NAMES = Object.keys(SAMPLE_PROGRAMS);

function golden(sample: string, file: string): URL {
  return new URL(`${sample}/${file}`, FOLDER);
}

function readGolden(url: URL): string | undefined {
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}

function randomCells(input: InputTensor, random: Random): number[] {
  return Array.from({ length: sizeOf(input.shape) }, (_, cell) => {
    const domain = cellDomain(input.domain, cell);
    if (domain.kind === 'values') return domain.values[random.below(domain.values.length)];
    if (domain.kind === 'interval') return domain.min + random.unit() * (domain.max - domain.min);
    return Math.round(random.normal() * 40) / 4;
  });
}

describe('emitted samples', () => {
  it.each(NAMES)('%s: a legal program', (name) => {
    expect(checkProgram(SAMPLE_PROGRAMS[name](), { lowered: true })).toEqual([]);
  });

  it.each(NAMES)('%s: the text of the golden', async (name) => {
    const { code, weights } = await emitProgram(SAMPLE_PROGRAMS[name](), OPTIONS);
    if (UPDATE) {
      mkdirSync(golden(name, ''), { recursive: true });
      writeFileSync(golden(name, 'expected.ts'), code);
      if (weights !== undefined) writeFileSync(golden(name, 'expected.weights.ts'), weights);
    }
    expect(code).toBe(readGolden(golden(name, 'expected.ts')));
    expect(weights).toBe(readGolden(golden(name, 'expected.weights.ts')));
  });

  it.each(NAMES)('%s: the text computes what the program computes', async (name) => {
    const program = SAMPLE_PROGRAMS[name]();
    const emitted = await runEmitted(await emitProgram(program, OPTIONS));
    const random = createRandom(11);
    for (let round = 0; round < 50; round++) {
      const inputs = program.interface.inputs.map((input) => randomCells(input, random));
      const nested = inputs.map((cells, index) =>
        nest(cells, program.parameters[index].type.extents),
      );
      const expected = evaluateProgram(program, inputs);
      expect(flattenResult(emitted.scores(...nested))).toEqual(expected);
      expect(emitted.default).toBe(emitted.predict);
    }
  });

  it('has no folder without a sample', () => {
    const folders = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
    expect(folders).toEqual([...NAMES].sort());
  });

  it('compiles without a complaint under tsc --strict', () => {
    const files = NAMES.map((name) => golden(name, 'expected.ts').pathname);
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noImplicitReturns: true,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      types: [],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    });
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => ({
      file: file?.fileName,
      text: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
    expect(problems).toEqual([]);
  });
});
