/**
 * onnxruntime as an oracle: it shares nothing with the importer, the teacher or the emitter. One thread,
 * so that figures compare with those of a module, which has one, too.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** One input of a model: its name, and the flat float32 values of a batch. */
export interface OracleInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A model's outputs, flat, in the model's order, for inputs of one batch. */
export type Oracle = (inputs: readonly OracleInput[]) => Promise<readonly Float32Array[]>;

/** Loads a model of float32 tensors. @throws Error of the runtime for a model that it refuses. */
export async function createOracle(model: Uint8Array): Promise<Oracle> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return async (inputs) => {
    const feeds = Object.fromEntries(
      inputs.map(({ name, shape, data }) => [name, new Tensor('float32', data, [...shape])]),
    );
    const results = await session.run(feeds);
    return session.outputNames.map((name) => {
      const { data } = results[name];
      if (data instanceof Float32Array) return data;
      return Float32Array.from(data as ArrayLike<number>, Number);
    });
  };
}
