/** ONNX models of one recurrent node, with seeded float32 weights, in every form that the operators have. */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { writeOnnx } from './onnx-writer.js';
import type { AttributeSpec, ModelSpec, NodeSpec, TensorSpec } from './onnx-writer.js';

export type RecurrentOperator = 'RNN' | 'LSTM' | 'GRU';
export type RecurrentResult = 'Y' | 'Y_h' | 'Y_c';

export interface RecurrentSpec {
  readonly op: RecurrentOperator;
  readonly steps?: number;
  readonly features?: number;
  readonly hidden?: number;
  /** Default 1. */
  readonly batch?: number;
  readonly layout?: 0 | 1;
  readonly direction?: 'forward' | 'reverse' | 'bidirectional';
  /** The results that the graph gives; default `Y_h`. */
  readonly results?: readonly RecurrentResult[];
  /** Optional arguments; biases alone unless given. */
  readonly given?: readonly ('biases' | 'lengths' | 'first' | 'peepholes')[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  readonly opset?: number;
  readonly seed?: number;
}

/** Blocks of weights, one for each gate. */
const GATES: Readonly<Record<RecurrentOperator, number>> = { RNN: 1, LSTM: 4, GRU: 3 };

/** Seeded float32 numbers within ±scale. */
export function numbers(random: Random, name: string, dims: readonly number[], scale = 0.7): TensorSpec {
  const size = dims.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length: size }, () => (2 * random.unit() - 1) * scale);
  return { name, dims, data, type: 'float' };
} // prettier-ignore

/** The model of one node over the input `x`. */
export function recurrentModel(spec: RecurrentSpec): ModelSpec {
  const { op, steps = 4, features = 3, hidden = 4, batch = 1, layout = 0, opset = 17 } = spec;
  const { direction = 'forward', results = ['Y_h'], given = ['biases'], seed = 1 } = spec;
  const random = createRandom(seed);
  const directions = direction === 'bidirectional' ? 2 : 1;
  const gates = GATES[op];
  const stateShape = layout === 1 ? [batch, directions, hidden] : [directions, batch, hidden];
  const initializers: TensorSpec[] = [
    numbers(random, 'W', [directions, gates * hidden, features]),
    numbers(random, 'R', [directions, gates * hidden, hidden]),
  ];
  const optional = (name: string, isGiven: boolean, tensor: () => TensorSpec): string => {
    if (!isGiven) return '';
    initializers.push(tensor());
    return name;
  };
  const lengths: TensorSpec = {
    name: 'lengths',
    dims: [batch],
    data: new Array<number>(batch).fill(steps),
    type: 'int32',
  };
  const inputs = [
    'x',
    'W',
    'R',
    optional('B', given.includes('biases'), () =>
      numbers(random, 'B', [directions, 2 * gates * hidden]),
    ),
    optional('lengths', given.includes('lengths'), () => lengths),
    optional('h0', given.includes('first'), () => numbers(random, 'h0', stateShape)),
    optional('c0', given.includes('first') && op === 'LSTM', () =>
      numbers(random, 'c0', stateShape),
    ),
    optional('P', given.includes('peepholes'), () =>
      numbers(random, 'P', [directions, 3 * hidden]),
    ),
  ];
  while (inputs.at(-1) === '') inputs.pop();
  const all: readonly RecurrentResult[] = op === 'LSTM' ? ['Y', 'Y_h', 'Y_c'] : ['Y', 'Y_h'];
  const node: NodeSpec = {
    op,
    name: `/encoder/${op}`,
    inputs,
    outputs: all.map((name) => (results.includes(name) ? name : '')),
    attributes: {
      hidden_size: hidden,
      ...(direction === 'forward' ? {} : { direction: { text: direction } }),
      ...(layout === 0 ? {} : { layout }),
      ...spec.attributes,
    },
  };
  const everyShape =
    layout === 1 ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  return {
    inputs: [
      {
        name: 'x',
        shape: layout === 1 ? [batch, steps, features] : [steps, batch, features],
        type: 'float',
      },
    ],
    outputs: results.map((name) => ({
      name,
      shape: name === 'Y' ? everyShape : stateShape,
      type: 'float',
    })),
    nodes: [node],
    initializers,
    opset,
  };
}

/** The bytes of `recurrentModel`. */
export function writeRecurrent(spec: RecurrentSpec): Uint8Array {
  return writeOnnx(recurrentModel(spec));
}
