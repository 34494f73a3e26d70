/**
 * npm run measure:memory: how much memory the command line needs for a large ONNX file of dense float32
 * layers, as a multiple of the file. The requirement: under 6 times, or refused with a hint; and progress
 * is shown.
 *
 *   npm run measure:memory [-- --layers 5] [--width 2240]
 *
 * The file (100 MB) goes to coverage/. What the command prints goes to stderr, the result to stdout; exits
 * with 1 where the requirement does not hold.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import protobuf from 'protobufjs/minimal.js';
import { readWhole } from '../examples/common/script.js';
import { createRandom } from '../src/numeric/random.js';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'coverage/memory');
const MOST_TIMES = 6;
const REFUSED = 3;

/** Loaded before the command line: tells the largest resident size (kilobytes) when the process ends. */
const TELL_PEAK =
  'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}\\n`))';

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '5' },
    width: { type: 'string', default: '2240' },
  },
});
const layers = readWhole('layers', values.layers, 1);
const width = readWhole('width', values.width, 1);

process.exitCode = main() ? 0 : 1;

function main(): boolean {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, 'dense.onnx');
  writeModel(path);
  const size = statSync(path).size;
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`,
      join(ROOT, 'dist/cli/main.js'),
      ...['compile', path, '-o', join(FOLDER, 'dense.ts'), '--timings'],
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  process.stderr.write(stderr);
  const peak = 1024 * Number(/peak (\d+)/.exec(stderr)?.[1] ?? NaN);
  const times = peak / size;
  const outcome =
    status === 0 ? 'compiled' : status === REFUSED ? 'refused' : `exit ${String(status)}`;
  const millions = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  process.stdout.write(
    `${layers} layers of ${width} x ${width}: ${outcome}; file ${millions(size)}, ` +
      `peak ${millions(peak)}, ${times.toFixed(2)} times the file\n`,
  );
  const explained = status === 0 || (status === REFUSED && stderr.includes('hint: '));
  return explained && times < MOST_TIMES && /^(?:parse|cluster)\b.*\(\d+ s\)$/m.test(stderr);
}

/** Layers of random weights with ReLU between them, each written as soon as it is made. */
function writeModel(path: string): void {
  const random = createRandom(1);
  const file = openSync(path, 'w');
  const nodes = fields((writer) => {
    for (let k = 0; k < layers; k++) {
      const result = k + 1 < layers ? `z${k}` : 'y';
      node(writer, 'Gemm', [`x${k}`, `W${k}`, `b${k}`], result);
      if (k + 1 < layers) node(writer, 'Relu', [result], `x${k + 1}`);
    }
    value(writer, 11, 'x0');
    value(writer, 12, 'y');
  });
  const heads = Array.from({ length: layers }, (_, k) => [
    head(`W${k}`, [width, width]),
    head(`b${k}`, [width]),
  ]).flat();
  const counts = heads.map((_, k) => (k % 2 === 0 ? width * width : width));
  const tensors = heads.map((bytes, k) => bytes.length + 4 * counts[k]);
  const size = tensors.reduce((sum, length) => sum + tag(5, length).length + length, nodes.length);
  writeSync(
    file,
    fields((writer) => writer.uint32(1 << 3).int32(8)),
  );
  writeSync(file, tag(7, size));
  writeSync(file, nodes);
  heads.forEach((bytes, k) => {
    writeSync(file, tag(5, tensors[k]));
    writeSync(file, bytes);
    writeSync(
      file,
      Float32Array.from({ length: counts[k] }, () => random.normal() / width),
    );
  });
  writeSync(file, fields((writer) => writer.uint32((8 << 3) | 2).fork().uint32(2 << 3).int32(15).ldelim())); // prettier-ignore
  closeSync(file);
}

function fields(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer);
  return writer.finish();
}

/** The tag of a delimited field and its length. */
function tag(field: number, length: number): Uint8Array {
  return fields((writer) => writer.uint32((field << 3) | 2).uint32(length));
}

/** A float tensor but for the bytes of its raw data, which are its last field. */
function head(name: string, dims: readonly number[]): Uint8Array {
  const bytes = 4 * dims.reduce((product, extent) => product * extent, 1);
  return fields((writer) => {
    for (const extent of dims) writer.uint32(1 << 3).int32(extent);
    writer.uint32(2 << 3).int32(1);
    writer.uint32((8 << 3) | 2).string(name);
    writer.uint32((9 << 3) | 2).uint32(bytes);
  });
}

function node(
  writer: protobuf.Writer,
  op: string,
  inputs: readonly string[],
  output: string,
): void {
  writer.uint32((1 << 3) | 2).fork();
  for (const input of inputs) writer.uint32((1 << 3) | 2).string(input);
  writer.uint32((2 << 3) | 2).string(output);
  writer.uint32((4 << 3) | 2).string(op);
  writer.ldelim();
}

/** An input or output of `width` floats behind a symbolic batch. */
function value(writer: protobuf.Writer, field: number, name: string): void {
  writer.uint32((field << 3) | 2).fork();
  writer.uint32((1 << 3) | 2).string(name);
  writer.uint32((2 << 3) | 2).fork().uint32((1 << 3) | 2).fork(); // prettier-ignore
  writer.uint32(1 << 3).int32(1);
  writer.uint32((2 << 3) | 2).fork();
  writer.uint32((1 << 3) | 2).fork().uint32((2 << 3) | 2).string('batch').ldelim(); // prettier-ignore
  writer.uint32((1 << 3) | 2).fork().uint32(1 << 3).int32(width).ldelim(); // prettier-ignore
  writer.ldelim().ldelim().ldelim().ldelim();
}
