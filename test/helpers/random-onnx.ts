/**
 * Random ONNX graphs over small tensors, of operators in the forms of several operator sets: what the
 * importer makes of a chain of them shows only against a runtime.
 */
import type { Random } from '../../src/numeric/random.js';
import { writeOnnx } from './onnx-writer.js';
import type { AttributeSpec, NodeSpec, TensorSpec } from './onnx-writer.js';

/** A value of the graph: its name, and its extents behind the batch. */
interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface RandomGraph {
  readonly bytes: Uint8Array;
  /** Extents of the input behind the batch. */
  readonly shape: readonly number[];
  /** Operators in order, for messages. */
  readonly operators: string;
  /** Whether results jump, so that float32 and float64 may fall on two sides. */
  readonly jumps: boolean;
}

const OPSETS = [11, 13, 17, 20];
/** Larger results are left out. */
const [MOST_CELLS, MOST_AXES] = [120, 4];

/** A graph of a few operators, the last value its output. */
export function randomGraph(random: Random): RandomGraph {
  const opset = OPSETS[random.below(OPSETS.length)];
  const shape = Array.from({ length: 1 + random.below(3) }, () => 2 + random.below(4));
  const graph = new Graph(random, opset, { name: 'input', shape });
  const steps = 2 + random.below(7);
  for (let step = 0; step < steps; step++) graph.grow();
  const { nodes, initializers, jumps, last } = graph;
  const bytes = writeOnnx({
    inputs: [{ name: 'input', shape: ['batch', ...shape], type: 'float' }],
    outputs: [{ name: 'output', shape: ['batch', ...last.shape], type: 'float' }],
    nodes: [...nodes, { op: 'Relu', inputs: [last.name], outputs: ['output'] }],
    initializers,
    opset,
  });
  return { bytes, shape, operators: nodes.map(({ op }) => op).join(' '), jumps };
}

type Attributes = Readonly<Record<string, AttributeSpec>>;

class Graph {
  readonly nodes: NodeSpec[] = [];
  readonly initializers: TensorSpec[] = [];
  jumps = false;
  private readonly pool: Value[];

  constructor(
    private readonly random: Random,
    private readonly opset: number,
    input: Value,
  ) {
    this.pool = [input];
  }

  get last(): Value {
    return this.pool[this.pool.length - 1];
  }

  /** Adds one operator on a value so far; nothing where it does not fit. */
  grow(): void {
    const makers = [...this.cellwise, ...this.cellwise, ...this.linear, ...this.shapes, ...this.windows];
    const value = this.pick(makers)(this.pick(this.pool));
    if (value === undefined) return;
    const { length } = value.shape;
    const cells = value.shape.reduce((product, extent) => product * extent, 1);
    if (length >= 1 && length <= MOST_AXES && cells <= MOST_CELLS) this.pool.push(value);
  } // prettier-ignore

  private readonly cellwise: readonly ((x: Value) => Value | undefined)[] = [
    (x) => this.add(this.pick(['Relu', 'Sigmoid', 'Tanh', 'Abs', 'Neg', 'Softsign', 'Erf', 'HardSigmoid', 'Selu']), [x], x.shape),
    (x) => this.add(this.pick(['Elu', 'LeakyRelu']), [x], x.shape, { alpha: { float: 0.25 } }),
    (x) => this.add(this.pick(['Exp', 'Softplus']), [this.add('Tanh', [x], x.shape)], x.shape),
    (x) => {
      this.jumps = true;
      return this.add(this.pick(['Floor', 'Ceil', 'Round', 'Sign']), [x], x.shape);
    },
    (x) => {
      const like = this.pool.filter(({ shape }) => shape.join() === x.shape.join());
      return this.add(this.pick(['Add', 'Sub', 'Mul', 'Max', 'Min']), [x, this.pick(like)], x.shape);
    },
    (x) => {
      const extents = x.shape.map((extent) => (this.random.below(2) === 0 ? 1 : extent));
      const constant = this.numbers(extents.slice(this.random.below(x.shape.length + 1)));
      const operands = this.random.below(2) === 0 ? [x, constant] : [constant, x];
      return this.add(this.pick(['Add', 'Sub', 'Mul', 'Max', 'Min']), operands, x.shape);
    },
    (x) => {
      const positive = this.add('Add', [this.add('Abs', [x], x.shape), this.floats([0.5])], x.shape);
      return this.add(this.pick(['Sqrt', 'Log', 'Reciprocal']), [positive], x.shape);
    },
    (x) => this.add('Clip', [x, this.scalar(-0.5), this.scalar(0.75)], x.shape),
    (x) => {
      this.jumps = true;
      const condition = this.add(this.pick(['Greater', 'Less']), [x, this.scalar(0.125)], x.shape);
      return this.add('Where', [condition, x, this.floats([-1])], x.shape);
    },
  ]; // prettier-ignore

  private readonly linear: readonly ((x: Value) => Value | undefined)[] = [
    (x) => {
      const [width, outputs] = [x.shape[x.shape.length - 1], 1 + this.random.below(4)];
      const shape = [...x.shape.slice(0, -1), outputs];
      if (x.shape.length > 1) return this.add('MatMul', [x, this.numbers([width, outputs])], shape);
      const weights = [this.numbers([outputs, width]), this.numbers([outputs])];
      return this.add('Gemm', [x, ...weights], shape, { transB: 1 });
    },
    (x) => {
      const [axis, keepdims] = [this.random.below(x.shape.length), this.random.below(2)];
      const shape = x.shape.flatMap((extent, k) => (k !== axis ? [extent] : keepdims === 1 ? [1] : []));
      const operator = this.pick(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceL1', 'ReduceL2']);
      const since = operator === 'ReduceSum' ? 13 : 18;
      return this.withAxes(operator, x, axis + 1, since, shape, { keepdims });
    },
    (x) => this.add(this.pick(['Softmax', 'LogSoftmax']), [x], x.shape, { axis: x.shape.length }),
  ]; // prettier-ignore

  private readonly shapes: readonly ((x: Value) => Value | undefined)[] = [
    (x) => {
      const axis = this.random.below(x.shape.length);
      const fits = ({ shape }: Value): boolean =>
        shape.length === x.shape.length && shape.every((extent, k) => k === axis || extent === x.shape[k]);
      const other = this.pick(this.pool.filter(fits));
      return this.add('Concat', [x, other], replaced(x.shape, axis, x.shape[axis] + other.shape[axis]), { axis: axis + 1 });
    },
    (x) => {
      const axis = this.random.below(x.shape.length);
      const [start, step] = [this.random.below(x.shape[axis]), 1 + this.random.below(2)];
      const length = Math.ceil((x.shape[axis] - start) / step);
      const bounds = [[start], [99], [axis + 1], [step]].map((list) => this.integers(list));
      return this.add('Slice', [x, ...bounds], replaced(x.shape, axis, length));
    },
    (x) => {
      const order = this.random.permutation(x.shape.length);
      const perm = [0, ...Array.from(order, (axis) => axis + 1)];
      return this.add('Transpose', [x], Array.from(order, (axis) => x.shape[axis]), { perm });
    },
    (x) => {
      const size = x.shape.reduce((product, extent) => product * extent, 1);
      const rows = this.pick([1, 2, 3].filter((divisor) => size % divisor === 0));
      const shape = this.random.below(2) === 0 ? [size] : [rows, size / rows];
      return this.add('Reshape', [x, this.integers([0, ...shape])], shape);
    },
    (x) => {
      const axis = this.random.below(x.shape.length);
      const indices = Array.from({ length: 1 + this.random.below(3) }, () => this.random.below(x.shape[axis]));
      return this.add('Gather', [x, this.integers(indices)], replaced(x.shape, axis, indices.length), { axis: axis + 1 });
    },
    (x) => {
      const [before, behind] = [0, 1].map(() => x.shape.map(() => this.random.below(2)));
      const pads = this.integers([0, ...before, 0, ...behind]);
      const shape = x.shape.map((extent, k) => before[k] + extent + behind[k]);
      return this.add('Pad', [x, pads, this.scalar(0.25)], shape, { mode: { text: 'constant' } });
    },
    (x) => {
      this.jumps = true;
      const axis = this.random.below(x.shape.length);
      const best = this.add(this.pick(['ArgMax', 'ArgMin']), [x], replaced(x.shape, axis, 1), { axis: axis + 1, keepdims: 1 });
      return this.add('Cast', [best], best.shape, { to: 1 });
    },
    (x) => this.withAxes('Unsqueeze', x, 1, 13, [1, ...x.shape]),
  ]; // prettier-ignore

  private readonly windows: readonly ((x: Value) => Value | undefined)[] = [
    (x) => {
      if (x.shape.length !== 3) return undefined;
      const [channels, ...extents] = x.shape;
      const kernel = extents.map((extent) => 1 + this.random.below(Math.min(3, extent)));
      const strides = kernel.map(() => 1 + this.random.below(2));
      const pads = [...kernel, ...kernel].map((size) => (size > 1 ? this.random.below(2) : 0));
      const shape = extents.map((extent, k) => Math.floor((extent + pads[k] + pads[k + 2] - kernel[k]) / strides[k]) + 1);
      const frame = { kernel_shape: kernel, strides, pads };
      if (this.random.below(2) === 0) return this.add(this.pick(['MaxPool', 'AveragePool']), [x], [channels, ...shape], frame);
      const outputs = 1 + this.random.below(3);
      const weights = [this.numbers([outputs, channels, ...kernel]), this.numbers([outputs])];
      return this.add('Conv', [x, ...weights], [outputs, ...shape], frame);
    },
    (x) => {
      if (x.shape.length < 2) return undefined;
      const [channels] = x.shape;
      const parameters = [0, 1, 2].map(() => this.numbers([channels]));
      const variances = this.floats(Array.from({ length: channels }, () => 0.5 + this.random.unit()));
      return this.add('BatchNormalization', [x, ...parameters, variances], x.shape);
    },
  ]; // prettier-ignore

  private add(
    op: string,
    inputs: readonly Value[],
    shape: readonly number[],
    attributes?: Attributes,
  ): Value {
    const name = `value${this.nodes.length}`;
    const names = inputs.map((input) => input.name);
    const rest = attributes === undefined ? {} : { attributes };
    this.nodes.push({ op, inputs: names, outputs: [name], ...rest });
    return { name, shape };
  }

  /** An operator whose axes became an input with an operator set. */
  private withAxes(
    op: string,
    x: Value,
    axis: number,
    since: number,
    shape: readonly number[],
    attributes: Attributes = {},
  ): Value {
    if (this.opset >= since) return this.add(op, [x, this.integers([axis])], shape, attributes);
    return this.add(op, [x], shape, { ...attributes, axes: [axis] });
  }

  private constant(spec: Omit<TensorSpec, 'name'>): Value {
    const name = `constant${this.initializers.length}`;
    this.initializers.push({ name, ...spec });
    return { name, shape: spec.dims };
  }

  /** Eighths, which float32 holds exactly. */
  private numbers(dims: readonly number[]): Value {
    const length = dims.reduce((product, extent) => product * extent, 1);
    const data = Array.from({ length }, () => Math.round(8 * this.random.normal()) / 8);
    return this.constant({ dims, data, type: 'float' });
  }

  private floats(data: readonly number[]): Value {
    return this.constant({ dims: [data.length], data, type: 'float' });
  }

  private scalar(value: number): Value {
    return this.constant({ dims: [], data: [value], type: 'float' });
  }

  private integers(data: readonly number[]): Value {
    return this.constant({ dims: [data.length], data, type: 'int64', encoding: 'typed' });
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)];
  }
}

function replaced(shape: readonly number[], axis: number, extent: number): number[] {
  return shape.map((own, k) => (k === axis ? extent : own));
}
