/** Certificates on the command line: written with a module, worked out again, and found out where they lie. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../../src/ir/certificate.js';
import { createWorkFolder } from './run-in-folder.js';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const MODEL = 'majority/network.json';
const FILE = 'majority.certificate.json';

describe('certificates', () => {
  const work = createWorkFolder();
  const path = (file: string): string => join(work.path, file);
  const text = (file: string): string => readFileSync(path(file), 'utf8');
  const verify = (...more: readonly string[]) =>
    work.run(['verify', MODEL, 'majority.ts', '--certificate', FILE, ...more]);

  beforeAll(async () => {
    cpSync(join(EXAMPLES, 'majority'), path('majority'), { recursive: true });
    const { code } = await work.run(['compile', MODEL, '-o', 'majority.ts', '--certificate', FILE]);
    expect(code).toBe(0);
  });
  afterAll(() => {
    work.remove();
  });

  it('says what was proved of which texts', () => {
    const certificate = JSON.parse(text(FILE)) as Certificate;
    expect(certificate).toMatchObject({
      schema: 1,
      checker: 'deepdistill 0.0.0-test',
      module: { text: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string },
      claims: [
        {
          model: { name: 'majority' },
          inputs: [{ shape: [5], domain: { kind: 'values', values: [0, 1] } }],
          status: 'proved',
          maxError: 0,
          perOutput: [{ output: 'scores[0]', status: 'proved', maxError: 0, rounding: 0 }],
          predict: { status: 'proved', apart: 0 },
          evidence: { withoutMargin: 0, ties: { states: 0, neurons: 0, examples: [] } },
        },
      ],
    });
    expect(certificate.claims[0].evidence?.margin?.size).toBeGreaterThan(0);
    expect(text(FILE)).not.toContain(work.path);
  });

  it('holds, and says so', async () => {
    const { code, stdout } = await verify();
    expect(code).toBe(0);
    expect(stdout).toMatch(/\ncertificate: holds, everything in it was worked out again\n$/);
    const json = JSON.parse((await verify('--json')).stdout) as object;
    expect(json).toMatchObject({ status: 'proved', certificate: { holds: true, problems: [] } });
  });

  it('does not hold of another text, or with another figure', async () => {
    const [code, certificate] = [text('majority.ts'), text(FILE)];
    writeFileSync(path('majority.ts'), `${code}// by hand\n`);
    const other = await verify();
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^certificate: does not hold\n {2}the module is another: its hash is/);
    writeFileSync(path('majority.ts'), code);
    writeFileSync(path(FILE), certificate.replace('"checked": 0', '"checked": 32'));
    const figure = await verify();
    expect(figure.code).toBe(1);
    expect(figure.stdout).toMatch(/\ncertificate: does not hold\n {2}checked: 32 claimed, 0 found\n$/);
    writeFileSync(path(FILE), certificate);
  }); // prettier-ignore

  it('is kept up to date by --check', async () => {
    const check = ['compile', MODEL, '-o', 'majority.ts', '--certificate', FILE, '--check'];
    expect((await work.run(check)).code).toBe(0);
    const certificate = text(FILE);
    writeFileSync(path(FILE), certificate.replace('"proved"', '"sampled"'));
    const stale = await work.run(check);
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain(`${FILE}: out of date\n`);
    writeFileSync(path(FILE), certificate);
  });

  it('is undecided where there is no time', async () => {
    const { code, stdout } = await verify('--timeout', '0');
    expect(code).toBe(4);
    expect(stdout).toContain('stopped before a decision');
  });

  it.each([
    [['--tolerance', '1e-3'], 2, '--certificate cannot be used with --tolerance'],
    [['--data', 'x.csv', '--target', 'y'], 2, '--certificate'],
  ] as const)('refuses %j', async (more, code, words) => {
    const outcome = await verify(...more);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(words);
  });

  it('refuses files that are none, and modules of which nothing is proved', async () => {
    for (const wrong of ['', '{', '[]', '{"schema": 1}', 'null']) {
      writeFileSync(path('wrong.json'), wrong);
      const args = ['verify', MODEL, 'majority.ts', '--certificate', 'wrong.json'];
      const { code, stderr } = await work.run(args);
      expect(code).toBe(3);
      expect(stderr).toMatch(/^error CERTIFICATE_SYNTAX: the file is no certificate: .+\n {2}at wrong\.json\n {2}hint: .+\n$/);
    }
    const fidelity = ['compile', MODEL, '--fidelity', '0.9', '--certificate', 'x.json'];
    expect((await work.run(fidelity)).code).toBe(2);
    const over = ['compile', MODEL, '-o', 'majority.ts', '--certificate', MODEL];
    expect((await work.run(over)).code).not.toBe(0);
  }); // prettier-ignore

  it('covers every size of a generic module', async () => {
    const sizes = ['compile', MODEL, '--generic', '-o', 'generic.ts', '--certificate', 'generic.json'];
    expect((await work.run(sizes)).code).toBe(0);
    const args = ['verify', MODEL, 'generic.ts', '--certificate', 'generic.json'];
    expect((await work.run(args)).code).toBe(0);
  }); // prettier-ignore
});
