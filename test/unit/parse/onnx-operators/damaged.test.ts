/**
 * Operators with other attributes, types and arguments than they should have: whatever the importer and
 * onnxruntime both accept, both compute alike.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import type { StagedNetwork } from '../../../../src/ir/network.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { parse } from '../../../../src/parse/index.js';
import { createTeacher } from '../../../../src/verify/teacher.js';
import { pick } from '../../../helpers/fuzz/choose.js';
import { damageModel } from '../../../helpers/fuzz-parse/mutate-model.js';
import { OPERATOR_MODELS } from '../../../helpers/fuzz-parse/onnx-operators.js';
import { writeOnnx } from '../../../helpers/onnx-writer.js';
import type { ModelSpec } from '../../../helpers/onnx-writer.js';

const CASES = 400;

const REALS = [-2, -1.5, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5, 2, 3];

/** The model with a batch of one, and outputs of which only the names are said. */
function runnable(model: ModelSpec): ModelSpec {
  return {
    ...model,
    inputs: model.inputs.map((input) => ({ ...input, shape: input.shape.map((extent) => (typeof extent === 'string' ? 1 : extent)) })),
    outputs: model.outputs.map(({ name }) => ({ name, shape: [], type: 'undefined' as const })),
  };
} // prettier-ignore

async function networkOf(bytes: Uint8Array): Promise<StagedNetwork | undefined> {
  try {
    return await parse({ 'm.onnx': bytes });
  } catch (error) {
    if (error instanceof Diagnostic) return undefined;
    throw error;
  }
}

/** What the runtime answers; `undefined` where it refuses. */
async function runtimeAnswers(bytes: Uint8Array, input: Tensor): Promise<readonly number[][] | undefined> {
  try {
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 4 });
    const results = await session.run({ [session.inputNames[0]]: input });
    return session.outputNames.map((name) => Array.from(results[name].data as ArrayLike<number>, Number));
  } catch {
    return undefined;
  }
} // prettier-ignore

/** `equal`, what differs, or why nothing was compared. */
async function outcomeOf(seed: number): Promise<string> {
  const random = createRandom(seed);
  const model = runnable(damageModel(pick(random, OPERATOR_MODELS), OPERATOR_MODELS, random));
  const [{ shape, type }] = model.inputs;
  const bytes = writeOnnx(model);
  const network = await networkOf(bytes);
  if (network === undefined) return 'refused';
  if (type !== 'float' || network.inputs.length !== 1) return 'another type';
  const size = shape.reduce<number>((product, extent) => product * Number(extent), 1);
  const values = Float32Array.from({ length: size }, () => pick(random, REALS));
  const expected = await runtimeAnswers(bytes, new Tensor('float32', values, shape.map(Number)));
  if (expected === undefined) return 'refused by the runtime';
  const actual = createTeacher(network).forward([values]);
  const isEqual = expected.every((flat, k) => flat.length === actual[k].length && flat.every((value, cell) => isNear(actual[k][cell], value))); // prettier-ignore
  return isEqual ? 'equal' : `seed ${seed}: ${JSON.stringify(model.nodes)}`;
}

/** The runtime computes in float32. */
function isNear(actual: number, expected: number): boolean {
  return Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-5 + 1e-4 * Math.abs(expected); // prettier-ignore
}

describe('damaged operators', () => {
  it('mean the same to the runtime, where both accept them', async () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < CASES; seed++) {
      const outcome = await outcomeOf(seed);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    const known = ['equal', 'refused', 'refused by the runtime', 'another type'];
    expect([...counts.keys()].filter((outcome) => !known.includes(outcome))).toEqual([]);
    expect(counts.get('equal')).toBeGreaterThan(CASES / 10);
  });
});
