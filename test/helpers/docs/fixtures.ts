/**
 * What the folder of a page holds before its first command: the repository's `examples/` and `output/`,
 * and for some pages what their text says the reader has.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatWeights } from '../../../examples/common/weights-csv.js';
import { trainEssenceNetwork } from '../../../examples/orientation/essence-network.js';
import { PUBLISHED_SIZE, trainingImages } from '../../../examples/orientation/images.js';
import { writeOnnx } from '../onnx-writer.js';
import type { NodeSpec } from '../onnx-writer.js';
import { writeTorch } from '../torch-writer.js';

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLES = join(ROOT, 'test/samples');

/** Fills the folder of the page (relative to the repository). */
export function fillFolder(page: string, folder: string): void {
  const withoutData = (path: string): boolean => !path.endsWith('/data');
  for (const name of ['examples', 'output']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: withoutData });
  }
  if (Object.hasOwn(FURTHER, page)) FURTHER[page](folder);
}

const FURTHER: Readonly<Record<string, (folder: string) => void>> = {
  'README.md': (folder) => {
    writeOrientation(folder);
    copyTwoSizes(folder);
  },
  'docs/reference/command-line.md': copyTwoSizes,
  'docs/reference/students.md': writeTables,
  'docs/how-to/export-from-torch.md': writeTorchModels,
};

/** The weights of the orientation network, which a clone makes with `npm run demo`. */
function writeOrientation(folder: string): void {
  const data = join(folder, 'examples/orientation/data');
  mkdirSync(data, { recursive: true });
  for (const [index, layer] of trainEssenceNetwork(trainingImages(PUBLISHED_SIZE)).entries()) {
    writeFileSync(join(data, `orientation_${index + 1}.csv`), formatWeights(layer));
  }
}

/** `a.json` and `b.json`: one problem at two sizes. */
function copyTwoSizes(folder: string): void {
  const files = join(SAMPLES, 'cli/generic-two-sizes/files');
  cpSync(files, folder, { recursive: true });
  cpSync(join(files, 'five.json'), join(folder, 'a.json'));
  cpSync(join(files, 'seven.json'), join(folder, 'b.json'));
}

/** `gas.csv`, by the law of ideal gases, and `pairs.csv`, a force between two bodies and a drift. */
function writeTables(folder: string): void {
  const rows = Array.from({ length: 30 }, (_, row) => row);
  const gas = rows.map((row) => {
    const [n, temperature, volume] = [1 + (row % 5), 280 + 7 * (row % 6), 0.02 + 0.003 * (row % 7)];
    return [n, temperature, volume, (n * GAS_CONSTANT * temperature) / volume];
  });
  const pairs = rows.map((row) => {
    const [x1, x2, x3] = [(row % 5) - 2, (row % 6) - 2, (row % 7) - 3];
    return [x1, x2, x3, x1 * x1 - x2 * x2 + 3 * x3];
  });
  writeTable(folder, 'gas.csv', ['n', 'T', 'V', 'p'], gas);
  writeTable(folder, 'pairs.csv', ['x1', 'x2', 'x3', 'force'], pairs);
}

/** J/(mol K). */
const GAS_CONSTANT = 8.314462618;

function writeTable(
  folder: string,
  file: string,
  header: readonly string[],
  rows: readonly (readonly number[])[],
): void {
  writeFileSync(
    join(folder, file),
    `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`,
  );
}

/** Scale of every unit of the first layer, in float32 no round number. */
const SCALES = [0.83, 0.83, 0.83, 0.83, 0.83];

/** Six sensors, five units for neighbours that are both 1, and whether there are two such pairs. */
const LEAK: readonly TorchLayer[] = [
  {
    name: 'net.0',
    weight: SCALES.map((scale, unit) =>
      Array.from({ length: 6 }, (_, sensor) =>
        sensor === unit || sensor === unit + 1 ? scale : 0,
      ),
    ),
    bias: SCALES.map((scale) => -scale),
  },
  { name: 'net.2', weight: [SCALES.map((scale) => 1 / scale)], bias: [-1.5] },
];

interface TorchLayer {
  readonly name: string;
  readonly weight: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

/** `model.onnx` as `torch.onnx.export` writes a Sequential of Linear and ReLU, and `model.pth` of its state dict. */
function writeTorchModels(folder: string): void {
  const tensors = LEAK.flatMap(({ name, weight, bias }) => [
    { name: `${name}.weight`, dims: [weight.length, weight[0].length], data: weight.flat() },
    { name: `${name}.bias`, dims: [bias.length], data: bias },
  ]);
  const gemm = (index: number, input: string, output: string): NodeSpec => ({
    op: 'Gemm',
    name: `/net.${index}/Gemm`,
    inputs: [input, `net.${index}.weight`, `net.${index}.bias`],
    outputs: [output],
    attributes: { alpha: { float: 1 }, beta: { float: 1 }, transB: 1 },
  });
  const onnx = writeOnnx({
    opset: 17,
    inputs: [{ name: 'input', shape: ['batch', 6], type: 'float' }],
    outputs: [{ name: 'output', shape: ['batch', 1], type: 'float' }],
    initializers: tensors.map((tensor) => ({ ...tensor, type: 'float' })),
    nodes: [
      gemm(0, 'input', '/net.0/Gemm_output_0'),
      {
        op: 'Relu',
        name: '/net.1/Relu',
        inputs: ['/net.0/Gemm_output_0'],
        outputs: ['/net.1/Relu_output_0'],
      },
      gemm(2, '/net.1/Relu_output_0', 'output'),
    ],
  });
  writeFileSync(join(folder, 'model.onnx'), onnx);
  const state = tensors.map(({ name, dims, data }) => [name, { shape: dims, data }] as const);
  writeFileSync(join(folder, 'model.pth'), writeTorch(Object.fromEntries(state)));
  cpSync(join(SAMPLES, 'cli/unknown-operator/files/model.onnx'), join(folder, 'einsum.onnx'));
}
