/**
 * The networks of the comparison with CART: small ones that our own trainer trained on rules and on smooth
 * functions, and ones of random weights whose classes are about as frequent. All follow from a seed.
 */
import { stateDictOf } from '../../examples/common/state-dict.js';
import { trainNetwork } from '../../examples/common/train-network.js';
import type { TrainedLayer } from '../../examples/common/weights-csv.js';
import { createDecisionAsk } from '../../src/distil/create-ask.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { parse } from '../../src/parse/index.js';
import type { Ask } from '../../src/students/ask.js';
import { HELD_OUT, TUNING } from './targets.js';
import type { LearnedTarget } from './targets.js';

export interface ComparedNetwork {
  readonly name: string;
  readonly network: StagedNetwork;
  /** The decision at every row, given as one column for each input. */
  readonly decide: Ask;
  readonly range: readonly [number, number];
  readonly inputs: number;
}

interface RandomShape {
  readonly activation: 'tanh' | 'relu';
  /** Inputs, hidden layers, classes. */
  readonly sizes: readonly number[];
}

const SETS = {
  tuning: {
    learned: TUNING,
    random: [
      { activation: 'tanh', sizes: [4, 16, 3] },
      { activation: 'relu', sizes: [8, 16, 16, 2] },
      { activation: 'tanh', sizes: [2, 12, 12, 4] },
      { activation: 'relu', sizes: [10, 20, 2] },
    ],
  },
  'held-out': {
    learned: HELD_OUT,
    random: [
      { activation: 'relu', sizes: [7, 24, 4] },
      { activation: 'tanh', sizes: [6, 12, 12, 12, 3] },
      { activation: 'relu', sizes: [3, 24, 24, 2] },
    ],
  },
} as const satisfies Record<
  string,
  { readonly learned: readonly LearnedTarget[]; readonly random: readonly RandomShape[] }
>;

type SetName = keyof typeof SETS;

/** Whether there is a set of this name. */
export function isSetName(name: string): name is SetName {
  return name in SETS;
}

/** Inputs of learned functions lie between these, those of random networks between −1 and 1. */
const LEARNED_RANGE = [0, 10] as const;
const RANDOM_RANGE = [-1, 1] as const;

/** Rows of the training, and its goal: the student is to see borders that are nearly those of the rule. */
const TRAINING = { rows: 1200, goal: 0.02 };

/** Rows on which the scores of a random network are centred, and by which its classes are judged. */
const CENTRED_ROWS = 2000;

/** Shares of the commonest and the rarest class; a network beyond is drawn anew. */
const MOST_COMMON = 0.8;
const LEAST_COMMON = 0.05;

/** How steep random layers are: each unit's sum has about this spread. */
const GAIN = { tanh: 2, relu: Math.SQRT2 };

/** Ten networks. */
export async function makeNetworks(set: SetName, seed: number): Promise<ComparedNetwork[]> {
  const { learned, random } = SETS[set];
  const made: ComparedNetwork[] = [];
  for (const [k, target] of learned.entries()) made.push(await drawLearned(target, 100 * seed + k));
  for (const [k, shape] of random.entries()) {
    made.push(await drawRandom(shape, 100 * seed + learned.length + k));
  }
  return made;
}

async function drawLearned(target: LearnedTarget, seed: number): Promise<ComparedNetwork> {
  return firstBalanced(createRandom(seed), (random) => learn(target, random, seed));
}

async function drawRandom(shape: RandomShape, seed: number): Promise<ComparedNetwork> {
  return firstBalanced(createRandom(seed), (random) => drawLayers(shape, random));
}

async function firstBalanced(
  random: Random,
  draw: (random: Random) => Promise<ComparedNetwork>,
): Promise<ComparedNetwork> {
  for (;;) {
    const made = await draw(random);
    const answers = made.decide(drawPoints(made, CENTRED_ROWS, random));
    const counts = new Map<number, number>();
    for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    const shares = [...counts.values()].map((count) => count / answers.length);
    if (Math.max(...shares) <= MOST_COMMON && Math.min(...shares) >= LEAST_COMMON) return made;
  }
}

/** Uniform points of a network's domain. */
export function drawPoints(
  { inputs, range: [min, max] }: Pick<ComparedNetwork, 'inputs' | 'range'>,
  count: number,
  random: Random,
): readonly Float64Array[] {
  const columns = Array.from({ length: inputs }, () => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    for (const column of columns) column[row] = min + (max - min) * random.unit();
  }
  return columns;
}

/** One network for each score, side by side. */
function learn(target: LearnedTarget, random: Random, seed: number): Promise<ComparedNetwork> {
  const { name, inputs, hidden, activation, noise = 0 } = target;
  const scoresAt = target.draw(random);
  const columns = drawPoints({ inputs, range: LEARNED_RANGE }, TRAINING.rows, random);
  const scores = Array.from(columns[0], (_, row) => {
    const sign = random.unit() < noise ? -1 : 1;
    return scoresAt(columns.map((column) => column[row])).map((score) => sign * score);
  });
  const trained = scores[0].map((_, k) => {
    const column = Float64Array.from(scores, (row) => row[k]);
    const task = { columns, target: column, hidden, activation, seed: seed + k };
    return trainNetwork({ ...task, goal: TRAINING.goal }).layers;
  });
  const layers = trained.length === 1 ? withOpposite(trained[0]) : sideBySide(trained);
  return networkOf(name, layers, activation, LEARNED_RANGE);
}

type Trained = readonly [hidden: TrainedLayer, output: TrainedLayer];

/** Two scores of which the second is the first with its sign turned. */
function withOpposite([hidden, { rows, bias }]: Trained): readonly TrainedLayer[] {
  const turned = rows[0].map((weight) => -weight);
  return [hidden, { rows: [rows[0], turned], bias: [bias[0], -bias[0]] }];
}

function sideBySide(parts: readonly Trained[]): readonly TrainedLayer[] {
  const width = parts.reduce((sum, [hidden]) => sum + hidden.rows.length, 0);
  let start = 0;
  const rows = parts.map(([, output]) => {
    const row = new Float64Array(width);
    row.set(output.rows[0], start);
    start += output.rows[0].length;
    return row;
  });
  const hidden = parts.map(([first]) => first);
  return [
    {
      rows: hidden.flatMap((layer) => layer.rows),
      bias: hidden.flatMap(({ bias }) => Array.from(bias)),
    },
    { rows, bias: parts.map(([, { bias }]) => bias[0]) },
  ];
}

function drawLayers({ sizes, activation }: RandomShape, random: Random): Promise<ComparedNetwork> {
  const layers = sizes.slice(1).map((size, k): TrainedLayer => {
    const fanIn = sizes[k];
    const scale = GAIN[activation] / Math.sqrt(k === 0 ? fanIn / 3 : fanIn);
    const rows = Array.from({ length: size }, () =>
      Float64Array.from({ length: fanIn }, () => scale * random.normal()),
    );
    return { rows, bias: Float64Array.from({ length: size }, () => random.normal() / 2) };
  });
  const points = drawPoints({ inputs: sizes[0], range: RANDOM_RANGE }, CENTRED_ROWS, random);
  const scores = runLayers(layers, activation, points);
  const last = layers[layers.length - 1];
  const centred = Float64Array.from(last.bias, (bias, k) => {
    const mean = scores[k].reduce((sum, score) => sum + score, 0) / CENTRED_ROWS;
    return bias - mean;
  });
  const named = `random ${activation} ${sizes.join('-')}`;
  const all = [...layers.slice(0, -1), { rows: last.rows, bias: centred }];
  return networkOf(named, all, activation, RANDOM_RANGE);
}

/** The outputs as columns. */
function runLayers(
  layers: readonly TrainedLayer[],
  activation: 'tanh' | 'relu',
  points: readonly Float64Array[],
): readonly Float64Array[] {
  return layers.reduce<readonly Float64Array[]>(
    (columns, { rows, bias }, k) =>
      rows.map((weights, unit) =>
        columns[0].map((_, row) => {
          let sum = bias[unit];
          for (let c = 0; c < columns.length; c++) sum += weights[c] * columns[c][row];
          if (k === layers.length - 1) return sum;
          return activation === 'tanh' ? Math.tanh(sum) : Math.max(0, sum);
        }),
      ),
    points,
  );
}

async function networkOf(
  name: string,
  layers: readonly TrainedLayer[],
  activation: 'tanh' | 'relu',
  range: readonly [number, number],
): Promise<ComparedNetwork> {
  const inputs = layers[0].rows[0].length;
  const [min, max] = range;
  const manifest = {
    name: 'compared',
    weights: 'network.safetensors',
    input: { name: 'input', shape: [inputs], domain: { min, max } },
    layers: layers.map((_, k) => ({
      weights: `layer${k}`,
      ...(k < layers.length - 1 ? { activation } : {}),
    })),
    output: { name: 'scores', decision: 'argmax' },
  };
  const network = await parse({
    'network.json': JSON.stringify(manifest),
    'network.safetensors': stateDictOf(
      Object.fromEntries(layers.map((layer, k) => [`layer${k}`, layer])),
    ),
  });
  const decide = createDecisionAsk(network);
  if (decide === undefined) throw new TypeError('the network decides nothing');
  return { name, network, decide, range, inputs };
}
