/**
 * Names out of files, through everything that prints them. They may be in the way of the text (line ends,
 * ends of comments, quotes, reserved words, ten thousand characters); the module still parses, declares
 * what it always declares, runs nothing else, and computes the same function; reports and terminals show
 * the names on one line.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { inspectNetwork } from '../../src/inspect.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { parse } from '../../src/parse/index.js';
import { renderReportMarkdown } from '../../src/report/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { writeOnnx } from '../helpers/onnx-writer.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

type Files = Record<string, Uint8Array | string>;

const NAMES: readonly string[] = [
  '*/ globalThis.pwned = 1; /*',
  '*/ }; globalThis.pwned = 1; function x() { /*',
  "'); globalThis.pwned = 1; ('",
  '`${(globalThis.pwned = 1)}`',
  'a\nglobalThis.pwned = 1;\n//',
  'a\r\n\u2028globalThis.pwned = 1;\u2029\u0085//',
  '\\',
  `it's "quoted"`,
  '__proto__',
  'constructor',
  'toString',
  'class',
  'await',
  'scores',
  'network',
  'labels',
  'predict',
  'input',
  'Math',
  '\0\u{1b}[2J\u{1b}]0;title\u{7}',
  'user\u{202e}nimda',
  '\ud800',
  '</text></svg><script>globalThis.pwned = 1</script><!--',
  '| # ~~~ [x](javascript:globalThis.pwned=1) ``` <b>',
  '变量',
  '1e5',
  '=1+1',
  'x'.repeat(10_000),
  '\n'.repeat(10_000) + 'x',
];

/** Not a line end of ours: controls, formats, halves of characters, other separators of lines. */
const UNPRINTABLE = /[^\P{C}\n\p{Cn}\p{Co}]|[\p{Zl}\p{Zp}]/u;

const CSV = { 'w.csv': '1,2\n4,3\n0.5,0\n' };

/** A table with names for all there is, and labels for a decision. */
function manifest(name: string): Files {
  const names = [name, `${name}2`];
  const input = { name, shape: [1, 2], axes: names, features: names, domain: [0, 1] };
  const output = { name, labels: names, decision: 'argmax' };
  return {
    'm.json': JSON.stringify({ name, input, layers: [{ weights: 'w.csv' }], output }),
    ...CSV,
  };
}

/** Two named inputs and outputs, a layer and stages; the exporter's entries, and constants. */
function onnx(name: string): Files {
  const spec = {
    inputs: [{ name, shape: ['N', 2], type: 'float' as const }, { name: `${name}2`, shape: [`${name}N`, 2], type: 'float' as const }],
    outputs: [{ name: `${name}!`, shape: [] }, { name: `${name} y`, shape: [] }],
    initializers: [{ name: `${name}W`, dims: [2, 2], data: [1, 2, 3, 4], type: 'float' as const }],
    nodes: [
      { op: 'MatMul', name: `${name} a`, inputs: [name, `${name}W`], outputs: [`${name}h`] },
      { op: 'Mul', name, inputs: [`${name}h`, `${name}2`], outputs: [`${name}!`] },
      { op: 'Max', name: `${name} b`, inputs: [`${name}h`, `${name}2`], outputs: [`${name} y`] },
    ],
    metadata: { [name]: name, classes: JSON.stringify([name, name]) },
  }; // prettier-ignore
  return { 'n.onnx': writeOnnx(spec) };
}

/** Outputs that are called just so, the keys of the object that `scores` returns. */
function outputs(name: string): Files {
  const spec = {
    inputs: [{ name: 'x', shape: ['N', 2], type: 'float' as const }],
    outputs: [
      { name, shape: [] },
      { name: 'other', shape: [] },
    ],
    nodes: [
      { op: 'Relu', inputs: ['x'], outputs: [name] },
      { op: 'Exp', inputs: ['x'], outputs: ['other'] },
    ],
  };
  return { 'n.onnx': writeOnnx(spec) };
}

const FORMATS = { manifest, onnx, outputs } as const;

/** What a module declares, in words; everything else would have been brought in by a name. */
function declarations(code: string): readonly string[] {
  const tree = ts.createSourceFile('m.ts', code, ts.ScriptTarget.ESNext, true);
  const { parseDiagnostics } = tree as unknown as { parseDiagnostics: readonly unknown[] };
  expect(parseDiagnostics).toEqual([]);
  return tree.statements.map((statement) => {
    if (ts.isFunctionDeclaration(statement)) return 'function';
    if (ts.isVariableStatement(statement)) {
      const [{ initializer }] = statement.declarationList.declarations;
      const value = initializer !== undefined && ts.isAsExpression(initializer) ? initializer.expression : initializer; // prettier-ignore
      return `const ${value === undefined ? '' : ts.SyntaxKind[value.kind]}`;
    }
    return ts.SyntaxKind[statement.kind];
  });
}

/** Module and network agree on inputs of 0 and 1; returns the decisions. */
async function run(network: StagedNetwork, code: string): Promise<readonly unknown[]> {
  const answer = createRunner(await loadModule(code), network);
  const teacher = createTeacher(network);
  const size = network.inputs.length * 2;
  const decisions: unknown[] = [];
  for (let bits = 0; bits < 2 ** size; bits++) {
    const cells = Array.from({ length: size }, (_, k) => (bits >> k) & 1);
    const inputs = network.inputs.map((_, k) => Float64Array.from(cells.slice(2 * k, 2 * k + 2)));
    const expected = teacher.forward(inputs).map((values) => Array.from(values));
    const { scores, decision } = answer(inputs);
    expect(scores).toEqual(expected);
    decisions.push(decision);
  }
  return decisions;
}

const cases = Object.entries(FORMATS).flatMap(([format, files]) =>
  NAMES.map((name) => [format, name.slice(0, 50), files(name), name] as const),
);

describe('hostile names', () => {
  const plain = new Map<string, readonly string[]>();
  beforeAll(async () => {
    for (const [format, files] of Object.entries(FORMATS)) {
      plain.set(format, declarations((await compile(await parse(files('plain')))).code));
    }
  });

  it.each(cases)('in %s: %j', async (format, _, files, name) => {
    const network = await parse(files);
    const { code, report } = await compile(network);

    expect(declarations(code)).toEqual(plain.get(format));
    expect(UNPRINTABLE.exec(code)?.[0]).toBeUndefined();
    expect(['proved', 'sampled']).toContain(report.verdict.status);

    const decisions = await run(network, code);
    if (format === 'manifest') expect(new Set(decisions)).toEqual(new Set([name, `${name}2`]));
    expect(Object.hasOwn(globalThis, 'pwned')).toBe(false);
    for (const comment of code.match(/^ *(\*|\/\*|\/\/).*$/gm) ?? []) {
      expect(comment.length).toBeLessThan(1000);
    }

    const markdown = renderReportMarkdown(report);
    expect(UNPRINTABLE.exec(markdown)?.[0]).toBeUndefined();
    const headings = markdown.split('\n').filter((line) => line.startsWith('#'));
    expect(headings.slice(1)).toEqual(
      headings.slice(1).filter((line) => /^## [A-Z]\w+$/.test(line)),
    );
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ schema: 1 });

    const account = inspectNetwork(network);
    expect(UNPRINTABLE.exec(account.text)?.[0]).toBeUndefined();
    if (format === 'manifest') expectPicture(account.picture());
  });
});

/** The elements that pictures have, and nothing between them but text. */
function expectPicture(svg: string): void {
  expect(UNPRINTABLE.exec(svg)?.[0]).toBeUndefined();
  const tags = [...svg.matchAll(/<\/?([^\s>/]*)/g)].map((match) => match[1]);
  const known = ['svg', 'title', 'style', 'rect', 'text', 'tspan', 'line', 'path', 'g', 'circle'];
  expect(tags.filter((tag) => !known.includes(tag))).toEqual([]);
}

describe('hostile names on a terminal', () => {
  const visible = cases.filter(([, , , name]) => UNPRINTABLE.test(name) || /[\n*$]/.test(name));
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
  });
  afterAll(() => {
    work.remove();
  });

  it.each(visible)('in %s: %j', async (_, __, files) => {
    for (const [file, content] of Object.entries(files)) writeFileSync(join(work.path, file), content); // prettier-ignore
    const [main] = Object.keys(files);
    for (const command of [
      ['compile', main, '-o', 'out.ts'],
      ['inspect', main],
    ]) {
      const { code, stdout, stderr } = await work.run(command);
      expect(code, stderr).toBe(0);
      expect(UNPRINTABLE.exec(stdout + stderr)?.[0]).toBeUndefined();
    }
    const verified = await work.run(['verify', main, 'out.ts']);
    expect(verified.code, verified.stdout).toBe(0);
  });
});
