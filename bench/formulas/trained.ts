/**
 * A problem as a network tells it: trained on the formula, stored and read like any model, and interrogated
 * by the student. The network is another one for each seed.
 */
import { learnFunction } from '../../examples/common/train-example.js';
import { stateDictOf } from '../../examples/common/state-dict.js';
import type { AskedNetwork } from '../../src/cli/create-ask.js';
import { createAsk } from '../../src/cli/create-ask.js';
import type { CellDomain } from '../../src/ir/model-interface.js';
import { parse } from '../../src/parse/index.js';
import { interrogate } from '../../src/students/interrogate.js';
import type { Dataset } from '../../src/students/math/problem.js';
import { evaluateAt } from './evaluate.js';
import type { FormulaProblem } from './problem-set.js';

/** Rows and error of the training, for one input and for several. */
const ONE_INPUT = { rows: 400, goal: 2e-5 };
const SEVERAL_INPUTS = { rows: 1500, goal: 1e-4 };

export interface Interrogated {
  readonly data: Dataset;
  readonly asked: { readonly teacher: AskedNetwork; readonly domains: readonly CellDomain[] };
}

/** @throws RangeError when the inputs are not all drawn uniformly from the same range. */
export async function interrogateTrained(
  problem: FormulaProblem,
  seed: number,
): Promise<Interrogated> {
  const teacher: AskedNetwork = {
    network: await trainOn(problem, seed),
    target: { kind: 'output', output: 0, cell: 0 },
  };
  const { training, domains } = interrogate(teacher.network, createAsk(teacher), { seed });
  return { data: training, asked: { teacher, domains } };
}

async function trainOn(problem: FormulaProblem, seed: number): ReturnType<typeof parse> {
  const [min, max] = commonRange(problem);
  const inputs = problem.variables.length;
  const [hidden, output] = learnFunction({
    inputs,
    range: [min, max],
    value: (row) => evaluateAt(problem.formula, row),
    ...(inputs === 1 ? ONE_INPUT : SEVERAL_INPUTS),
    seed,
  });
  const manifest = {
    name: problem.name,
    weights: 'network.safetensors',
    input: { name: 'input', shape: [inputs], features: problem.variables, domain: { min, max } },
    layers: [{ weights: 'hidden', activation: 'tanh' }, { weights: 'output' }],
    output: { name: 'output' },
  };
  return parse({
    'network.json': JSON.stringify(manifest),
    'network.safetensors': stateDictOf({ hidden, output }),
  });
}

function commonRange({ name, sampling }: FormulaProblem): readonly [number, number] {
  const [first] = sampling;
  const isCommon = sampling.every(
    (one) => one.kind === 'uniform' && first.kind === 'uniform' && one.min === first.min && one.max === first.max, // prettier-ignore
  );
  if (first.kind !== 'uniform' || !isCommon) throw new RangeError(`${name} has no common range`);
  return [first.min, first.max];
}
