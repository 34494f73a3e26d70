/**
 * What running says of a mutant: text and original as JavaScript, in the engine and not in the checker's
 * interpreter, beside the reference forward pass, on every input of a small domain, else on seeded inputs
 * of every distribution and on neighbours between which the network's answer changes.
 */
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { compareAnswers } from '../../src/verify/compare-answers.js';
import { allInputs, domainSize } from '../../src/verify/checker/exhaustive.js';
import type { Probe } from '../../src/verify/probes.js';
import { probeFamilies, walkToBoundary } from '../../src/verify/probes.js';
import type { Answer, LoadedModule, Nested } from '../../src/verify/run-module.js';
import { createRunner, loadModule, nest } from '../../src/verify/run-module.js';
import type { Teacher } from '../../src/verify/teacher.js';
import { createTeacher } from '../../src/verify/teacher.js';
import type { Unit } from '../../test/helpers/text-mutants.js';

/** Domains of up to this many inputs are run through. */
const MOST_INPUTS = 2 ** 16;
/** Seeded inputs of a larger domain: fewer where a forward pass is long. */
const SAMPLES = 2048;
const SAMPLE_WORK = 2e9;
/** Pairs of seeded inputs between which a border is looked for. */
const BORDERS = 48;
/** Rows of a tensor that are made longer and shorter one by one. */
const MOST_ROWS = 64;

const TOLERANCE = 1e-6;

/** What running a mutant showed. */
export interface Finding {
  readonly inputs: number;
  /** Whether these are all inputs that there are. */
  readonly isWhole: boolean;
  /** Inputs at which score or decision are not the network's, with one of them in words. */
  readonly mismatches: number;
  readonly mismatch?: string;
  /** Largest difference of a score from the original module's. */
  readonly moved: number;
  /** Whether all scores and decisions are the original's to the last bit. */
  readonly isSame: boolean;
}

/** How an expression's two versions compare wherever the original evaluates it. */
export interface Watched {
  readonly evaluated: number;
  readonly differed: number;
}

/** An original module beside its network, with the inputs on which mutants are run. */
export class Evidence {
  readonly isWhole: boolean;
  private readonly probes: readonly Probe[];
  private readonly teacher: Teacher;
  private readonly answers: readonly Answer[];

  private constructor(
    private readonly network: Network,
    private readonly code: string,
    private readonly tolerance: number,
    module: LoadedModule,
  ) {
    this.isWhole = domainSize(network) <= MOST_INPUTS;
    const teacher = createTeacher(network);
    this.probes = this.isWhole
      ? Array.from(allInputs(network), copied)
      : sampledProbes(network, teacher);
    this.teacher = remembering(teacher, this.probes);
    const run = createRunner(module, network);
    this.answers = this.probes.map((probe) => run(probe));
  }

  /** @throws Error where the original does not run. */
  static async of(network: Network, code: string, tolerance = TOLERANCE): Promise<Evidence> {
    return new Evidence(network, code, tolerance, await loadModule(code));
  }

  get count(): number {
    return this.probes.length;
  }

  /** Runs a mutant on all inputs, or on the first few, and on wrong shapes. */
  async examine(code: string, limit = Infinity): Promise<Finding> {
    const module = await loadModule(code);
    const run = createRunner(module, this.network);
    let mismatches = 0;
    let mismatch: string | undefined;
    let moved = 0;
    let isSame = true;
    const probes = this.probes.slice(0, limit);
    for (const [index, probe] of probes.entries()) {
      let answer: Answer | undefined;
      const kept = (inputs: Probe): Answer => (answer = run(inputs));
      const found = compareAnswers(this.network, this.teacher, probe, kept, this.tolerance);
      if (found.mismatch !== undefined) {
        mismatches++;
        mismatch ??= `${found.mismatch.where} at [${found.mismatch.inputs.flat().join(', ')}]`;
      }
      const original = this.answers[index];
      if (answer?.decision !== original.decision) isSame = false;
      const scores = answer?.scores.flat() ?? [];
      original.scores.flat().forEach((score, k) => {
        if (!Object.is(score + 0, scores[k] + 0)) isSame = false;
        moved = Math.max(moved, Math.abs(score - scores[k]));
      });
    }
    const accepted = acceptedShape(module, this.network);
    const told = mismatch ?? accepted;
    return {
      inputs: probes.length,
      isWhole: this.isWhole && probes.length === this.probes.length,
      mismatches: mismatches + (accepted === undefined ? 0 : 1),
      ...(told === undefined ? {} : { mismatch: told }),
      moved,
      isSame,
    };
  }

  /** Runs the original with both versions of an expression evaluated side by side. */
  async watch({ start, end, to }: Unit): Promise<Watched> {
    const own = this.code.slice(start, end);
    const both = `watchedPair(() => (${own}), () => (${to}))`;
    const code = `${this.code.slice(0, start)}${both}${this.code.slice(end)}`;
    let [evaluated, differed] = [0, 0];
    const watchedPair = (first: () => unknown, second: () => unknown): unknown => {
      const value = first();
      evaluated++;
      if (!isSameValue(value, second)) differed++;
      return value;
    };
    // A module of a data: URL sees no scope but the global one.
    Object.assign(globalThis, { watchedPair });
    const run = createRunner(await loadModule(code), this.network);
    for (const probe of this.probes) run(probe);
    return { evaluated, differed };
  }
}

function isSameValue(value: unknown, other: () => unknown): boolean {
  try {
    const second = other();
    if (Array.isArray(value) && Array.isArray(second)) {
      return value.length === second.length && value.every((one, k) => Object.is(one, second[k]));
    }
    // What only the sign of zero tells apart is no other number.
    return Object.is(value, second) || value === second;
  } catch {
    return false;
  }
}

function copied(probe: Probe): Probe {
  return probe.map((cells) => Float64Array.from(cells));
}

/** Seeded inputs of every distribution, and inputs on both sides of borders. */
function sampledProbes(network: Network, teacher: Teacher): Probe[] {
  const families = probeFamilies(network);
  const random = createRandom(7);
  const weights = network.layers.reduce((sum, layer) => sum + layer.weights.values.length, 0);
  const count = Math.round(Math.min(SAMPLES, Math.max(256, SAMPLE_WORK / (1 + weights))));
  const probes = Array.from({ length: count }, (_, k) => families[k % families.length].draw(random));
  const numbers = new Map<string, number>();
  const answer = (probe: Probe): number => {
    const key = teacher.forward(probe).map((scores) => Array.from(scores).join()).join(';');
    return numbers.get(key) ?? (numbers.set(key, numbers.size), numbers.size - 1);
  };
  const borders = Array.from({ length: BORDERS }, (_, k) => {
    return walkToBoundary(network, probes[2 * k], probes[2 * k + 1], answer) ?? [];
  });
  return [...probes, ...borders.flat().map(copied)];
} // prettier-ignore

/** A teacher that knows its answers to some inputs by heart. */
function remembering(teacher: Teacher, probes: readonly Probe[]): Teacher {
  const known = new Map(
    probes.map((probe) => {
      const outputs = teacher.forward(probe).map((scores) => Float64Array.from(scores));
      return [probe, { outputs, scale: teacher.scale() }];
    }),
  );
  let scale = 0;
  return {
    forward: (inputs) => {
      const own = known.get(inputs as Probe);
      if (own === undefined) throw new Error('an input that was not foreseen');
      ({ scale } = own);
      return own.outputs;
    },
    decide: (scores) => teacher.decide(scores),
    scale: () => scale,
  };
}

/** The first wrong shape to which no RangeError is the answer, in words. */
function acceptedShape(module: LoadedModule, network: Network): string | undefined {
  const shapes = network.inputs.map(({ shape }) => shape);
  const isGeneric = /inputShapes?"?:\[+"/.test(JSON.stringify(module.network));
  const zeros = (): Nested[] => shapes.map((shape) => nest(new Float64Array(sizeOf(shape)), shape));
  for (const [input, shape] of shapes.entries()) {
    for (let axis = isGeneric ? 1 : 0; axis < shape.length; axis++) {
      const rows = Math.min(MOST_ROWS, sizeOf(shape.slice(0, axis)));
      // Of a generic module only what is ragged is wrong.
      if (isGeneric && rows < 2) continue;
      for (let row = 0; row < rows; row++) {
        for (const by of [1, -1]) {
          const inputs = zeros();
          inputs[input] = deformed(inputs[input], axis, row, by);
          for (const name of ['scores', 'predict'] as const) {
            if (!refuses(module[name], inputs)) return `${name} takes ${by} in row ${row} of axis ${axis}`;
          }
        }
      }
    }
  }
  return undefined;
} // prettier-ignore

function refuses(call: LoadedModule['scores'], inputs: readonly Nested[]): boolean {
  try {
    call(...inputs);
    return false;
  } catch (error) {
    return error instanceof RangeError;
  }
}

/** The tensor with the row-th array of an axis one longer or shorter. */
function deformed(value: Nested, axis: number, row: number, by: number): Nested {
  if (typeof value === 'number') return value;
  if (axis === 0) return by < 0 ? value.slice(1) : [...value, value[0] ?? 0];
  const each = sizeOfNested(value[0], axis - 1);
  const at = Math.floor(row / each);
  return value.map((part, k) => (k === at ? deformed(part, axis - 1, row % each, by) : part));
}

/** Number of arrays along an axis. */
function sizeOfNested(value: Nested, axis: number): number {
  if (typeof value === 'number' || axis === 0) return 1;
  return value.length * sizeOfNested(value[0], axis - 1);
}
