/**
 * How fast emitted modules answer: one inference of a module against one of onnxruntime-node with one
 * thread on the same network, and a structured module against its algorithm written by hand. All sides
 * take turns in one process, and each is judged by its best turn: other programs only ever slow it.
 *
 * A plain Node process of its own, for which run.ts bundles this file: that is where modules answer, and
 * everything else is slower by a quarter once tsx, which runs our scripts, has loaded a CommonJS package.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterNetwork } from '../src/cluster/index.js';
import { emitProgram } from '../src/emit/index.js';
import { inferProgram } from '../src/infer/index.js';
import { denseRows } from '../src/ir/builders.js';
import { sizeOf } from '../src/ir/model-interface.js';
import { plainNetwork } from '../src/ir/network.js';
import type { Network } from '../src/ir/network.js';
import { createRandom } from '../src/numeric/random.js';
import { parse } from '../src/parse/index.js';
import { transform } from 'esbuild';
import { loadJavaScript, loadModule, nest } from '../src/verify/run-module.js';
import type { Nested } from '../src/verify/run-module.js';
import { maxsatNetwork, orientationNetwork } from '../test/helpers/networks.js';
import { torchMlp } from '../test/helpers/onnx-models.js';
import { writeOnnx } from '../test/helpers/onnx-writer.js';
import type { NodeSpec, TensorSpec } from '../test/helpers/onnx-writer.js';
import { createOracle } from '../test/helpers/oracle.js';
import { maxsatByHand, orientationByHand } from './by-hand.js';

const OUTPUT = join(import.meta.dirname, '../output');
const WARM_UP = 5000;
/** Turns of each side, and inferences in one turn: long enough for the clock, short between two others. */
const [TURNS, INFERENCES] = [300, 10];

/** What the activations of the two networks are called in ONNX. */
const OPERATORS: Readonly<Record<string, string>> = { sign: 'Sign', softmax: 'Softmax' };

/** One side of a comparison: what it is called, and one inference. */
interface Side {
  readonly name: string;
  readonly infer: () => unknown;
}

const MEASURED: readonly (readonly [string, () => Promise<readonly Side[]>])[] = [
  ['orientation', () => structuredSides('orientation', orientationNetwork(28), orientationByHand)],
  ['maxsat', () => structuredSides('maxsat', maxsatNetwork(10, 50), maxsatByHand)],
  ['dense 784-128-10', denseSides],
];
for (const [name, sides] of MEASURED)
  console.log(`  ${name}: ${await compareSides(await sides())}`);

/** Microseconds of each side, and the first one's time over that of each other. */
async function compareSides(sides: readonly Side[]): Promise<string> {
  for (const { infer } of sides) for (let k = 0; k < WARM_UP; k++) await infer();
  const best = sides.map(() => Infinity);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [index, { infer }] of sides.entries()) {
      const start = performance.now();
      for (let k = 0; k < INFERENCES; k++) {
        const answer = infer();
        if (answer instanceof Promise) await answer;
      }
      best[index] = Math.min(best[index], (performance.now() - start) / INFERENCES);
    }
  }
  const times = sides.map(({ name }, index) => `${name} ${(1000 * best[index]).toFixed(1)} µs`);
  const ratios = sides
    .slice(1)
    .map(({ name }, index) => `module / ${name} ${(best[0] / best[index + 1]).toFixed(2)}`);
  return `${times.join(', ')}; ${ratios.join(', ')}`;
}

/** A multilayer perceptron as torch exports it, its module fed with an array. */
async function denseSides(): Promise<readonly Side[]> {
  const model = torchMlp('dense', [784, 128, 10], 'Relu', 7);
  const network = plainNetwork(await parse({ 'dense.onnx': model.bytes }));
  const program = inferProgram(clusterNetwork(network));
  const { code, weights } = await emitProgram(program, { verdict: 'sampled', tolerance: 1e-6 });
  const { scores } = await loadModule(code, weights);
  const random = createRandom(1);
  const cells = Array.from({ length: 784 }, () => Math.fround(random.unit()));
  return [
    { name: 'module', infer: () => scores(cells) },
    await runtimeSide(model.bytes, network.inputs[0].name, cells),
  ];
}

/** A committed module of an example, the network it stands for, and the algorithm by hand. */
async function structuredSides(
  name: string,
  network: Network,
  byHand: (grid: readonly (readonly number[])[]) => unknown,
): Promise<readonly Side[]> {
  const text = readFileSync(join(OUTPUT, `${name}.ts`), 'utf8');
  const { code } = await transform(text, { loader: 'ts' });
  const { scores } = await loadJavaScript(code);
  const { shape } = network.inputs[0];
  const random = createRandom(1);
  const cells = Array.from({ length: sizeOf(shape) }, () => random.below(2));
  const grid: Nested = nest(cells, shape);
  return [
    { name: 'module', infer: () => scores(grid) },
    await runtimeSide(onnxOf(network), 'cells', cells),
    { name: 'by hand', infer: () => byHand(grid as readonly (readonly number[])[]) },
  ];
}

async function runtimeSide(
  model: Uint8Array,
  input: string,
  cells: readonly number[],
): Promise<Side> {
  const oracle = await createOracle(model);
  const inputs = [{ name: input, shape: [1, cells.length], data: Float32Array.from(cells) }];
  return { name: 'onnxruntime', infer: () => oracle(inputs) };
}

/** A chain of layers as a graph of Gemm and activations over flat cells. */
function onnxOf({ layers, inputs: [input] }: Network): Uint8Array {
  const nodes: NodeSpec[] = [];
  const initializers: TensorSpec[] = [];
  let [value, width] = ['cells', sizeOf(input.shape)];
  layers.forEach(({ weights, bias, size, activation }, layer) => {
    const [w, b] = [`weights${layer}`, `biases${layer}`];
    const rows = denseRows(weights, width).flatMap((row) => [...row]);
    initializers.push(
      { name: w, dims: [size, width], data: Float32Array.from(rows), type: 'float' },
      { name: b, dims: [size], data: Float32Array.from(bias), type: 'float' },
    );
    const isLast = layer === layers.length - 1;
    const operator = OPERATORS[activation.kind] as string | undefined;
    const [sums, result] = [`sums${layer}`, isLast ? 'scores' : `values${layer}`];
    const target = operator === undefined ? result : sums;
    nodes.push({ op: 'Gemm', inputs: [value, w, b], outputs: [target], attributes: { transB: 1 } });
    if (operator !== undefined) nodes.push({ op: operator, inputs: [sums], outputs: [result] });
    [value, width] = [result, size];
  });
  return writeOnnx({
    inputs: [{ name: 'cells', shape: [1, sizeOf(input.shape)], type: 'float' }],
    outputs: [{ name: 'scores', shape: [1, width], type: 'float' }],
    nodes,
    initializers,
    opset: 17,
  });
}
