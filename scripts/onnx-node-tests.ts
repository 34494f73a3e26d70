/**
 * npm run test:onnx-nodes: the ONNX project's own test cases (one node each, with inputs and outputs)
 * through the whole compiler: parsed, compiled, run, compared.
 *
 *   npm run test:onnx-nodes [-- --data FOLDER] [--only TEXT] [--list]
 *
 * The cases are not part of this project. They are looked for in FOLDER, in $ONNX_TEST_DATA, and where
 * Debian's package libonnx-testdata puts them (`apt-get install libonnx-testdata`). Exits with 1 when a case
 * fails, or when fewer than 400 ran; with 2 when there are no cases.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatTable } from '../examples/common/format-table.js';
import { progressLines } from '../examples/common/script.js';
import { runNodeCase } from '../test/helpers/onnx-node-case.js';
import type { NodeCase, NodeCaseResult } from '../test/helpers/onnx-node-case.js';
import { PROMISED_OPERATORS } from '../test/helpers/promised-operators.js';

/** Where Debian puts the data. */
const PACKAGED = '/usr/share/libonnx-testdata/data/node';
const LEAST_CASES = 400;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const places = [values.data, process.env['ONNX_TEST_DATA'], PACKAGED];
  const folder = places.find((place) => place !== undefined && existsSync(place));
  if (folder === undefined) {
    process.stderr.write(
      'the test cases of the ONNX project are not here: install them (Debian: apt-get install ' +
        'libonnx-testdata), or name the folder of the node cases with --data\n',
    );
    return 2;
  }
  const names = readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'model.onnx')))
    .filter((name) => values.only === undefined || name.includes(values.only))
    .sort();
  const tell = progressLines('node cases');
  const results: NodeCaseResult[] = [];
  for (const [index, name] of names.entries()) {
    results.push(await runNodeCase(readCase(join(folder, name), name)));
    tell(index + 1, names.length);
  }
  return summarise(results);
}

function readCase(folder: string, name: string): NodeCase {
  const sets = readdirSync(folder).filter((entry) => entry.startsWith('test_data_set_'));
  return {
    name,
    model: readFileSync(join(folder, 'model.onnx')),
    sets: sets.sort().map((set) => ({
      inputs: readTensors(join(folder, set), 'input_'),
      outputs: readTensors(join(folder, set), 'output_'),
    })),
  };
}

function readTensors(folder: string, prefix: string): readonly Uint8Array[] {
  const count = readdirSync(folder).filter((entry) => entry.startsWith(prefix)).length;
  return Array.from({ length: count }, (_, k) => readFileSync(join(folder, `${prefix}${k}.pb`)));
}

/** Prints what became of the cases; gives the exit code. */
function summarise(results: readonly NodeCaseResult[]): number {
  const of = (outcome: NodeCaseResult['outcome']): readonly NodeCaseResult[] =>
    results.filter((result) => result.outcome === outcome);
  for (const { name, detail } of of('failed')) process.stdout.write(`FAILED ${name}: ${detail}\n`);
  if (values.list) {
    for (const { name, detail } of of('refused'))
      process.stdout.write(`refused ${name}: ${detail}\n`);
  }
  const promised = results.filter(({ operators }) =>
    operators.every((operator) => PROMISED_OPERATORS.includes(operator)),
  );
  const byOperator = groupBy(promised, ({ operators }) =>
    operators.length === 1 ? operators[0] : 'several of these',
  );
  const rows = [...byOperator].sort().map(([operator, cases]) => rowOf(operator, cases));
  process.stdout.write(formatTable(['operator', 'passed', 'failed', 'refused'], rows));
  process.stdout.write(`of the promised operators: ${figuresOf(promised)}\n`);
  for (const [reason, cases] of groupBy(promised.filter(isRefused), reasonOf)) {
    process.stdout.write(`  ${cases.length} refused: ${reason}\n`);
  }
  process.stdout.write(`of all cases: ${figuresOf(results)}\n`);
  for (const [reason, cases] of groupBy(of('refused'), reasonOf)) {
    process.stdout.write(`  ${cases.length} refused: ${reason}\n`);
  }
  const [passed, failed] = [of('passed'), of('failed')];
  const tooFew = values.only === undefined && passed.length + failed.length < LEAST_CASES;
  if (tooFew) process.stdout.write(`fewer than ${LEAST_CASES} cases ran\n`);
  return failed.length > 0 || tooFew ? 1 : 0;
}

function isRefused({ outcome }: NodeCaseResult): boolean {
  return outcome === 'refused';
}

function rowOf(operator: string, cases: readonly NodeCaseResult[]): readonly string[] {
  const count = (outcome: NodeCaseResult['outcome']): string =>
    String(cases.filter((result) => result.outcome === outcome).length);
  const reasons = [...groupBy(cases.filter(isRefused), reasonOf)].map(([reason, list]) => `${list.length} (${reason})`); // prettier-ignore
  return [operator, count('passed'), count('failed'), reasons.join(', ')];
}

function figuresOf(results: readonly NodeCaseResult[]): string {
  return (['passed', 'failed', 'refused'] as const)
    .map((outcome) => `${results.filter((one) => one.outcome === outcome).length} ${outcome}`)
    .join(', ');
}

/** Why a case is refused, in words; the diagnostic's code where it is a matter of its own. */
function reasonOf({ code = '', detail }: NodeCaseResult): string {
  if (code === 'ONNX_UNSUPPORTED_OPERATOR') return 'operators that are not supported';
  if (code === 'ONNX_NO_SHAPE') return 'sequences and optional values, which are no tensors';
  if (code === 'ONNX_NO_OPSET') return 'operators of other domains alone';
  if (code === 'SHAPE_INVALID') return 'tensors without cells';
  if (detail.includes('string')) return 'strings';
  if (detail.includes('in training')) return 'training';
  return code === 'ONNX_NOT_CONSTANT' ? 'shapes that depend on data' : `${code}: ${detail}`;
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Map<string, readonly Item[]> {
  const groups = new Map<string, readonly Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
