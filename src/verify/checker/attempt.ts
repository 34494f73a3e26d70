/**
 * The attempt at a proof from the text: first of `scores`, then of `predict`. Whatever stops it is a doubt in
 * words, on which the search for a counterexample goes on.
 */
import type { StagedNetwork } from '../../ir/network.js';
import { doubtDecision } from './decisions.js';
import type { RunOptions } from './interpreter/index.js';
import type { ScoresProof } from './prove-scores.js';
import { neuronsTold, proveScores } from './prove-scores.js';
import type { ModuleSyntax } from './syntax.js';
import { ModuleError, OutOfFuel, Stopped, Undecided } from './undecided.js';

/** A text whose run takes more steps is not followed for unknown inputs: atoms would fill the memory. */
const MOST_SYMBOLIC_STEPS = 1 << 23;
/** Nor is one with more weights than this in its sibling: each would take some 300 bytes. */
const MOST_SYMBOLIC_WEIGHTS = 1 << 20;
/** A symbolic run takes both sides of every condition: this many times the steps of a concrete one. */
const SYMBOLIC_FACTOR = 64;
const SYMBOLIC_BASE = 1_000_000;
/** Why a module that rounds to float32 is never proved: real arithmetic, in which proofs are, does not. */
const FLOAT32_DOUBT =
  'every result is rounded to float32, which was compared to the last bit by running';

/** What became of the attempt. */
export interface Attempt {
  /** Of `scores`; absent where it was not followed to its end. */
  readonly proof?: ScoresProof;
  /** Why not everything is proved; undefined when it is. */
  readonly doubt: string | undefined;
  /** Why `predict` is not shown to follow from the module's own scores; undefined when it is. */
  readonly decision: string | undefined;
  /** Whether `predict` was seen to make of some scores what the network does not, whether or not they occur. */
  readonly isPredictWrong: boolean;
}

/** A text to be proved. */
export interface Attempted {
  readonly network: StagedNetwork;
  readonly module: ModuleSyntax;
  /** Syntax of the sibling with the weights, where there is one. */
  readonly weights: ModuleSyntax | undefined;
  /** Whether every result is rounded to float32. */
  readonly isFloat32: boolean;
  readonly tolerance: number;
  /** Most steps that a concrete run has taken. */
  readonly steps: number;
}

/** Proves what it can. `tick` is told of every layer. @throws Stopped. */
export function attemptProof(
  { network, module, weights, isFloat32, tolerance, steps }: Attempted,
  runOptions: RunOptions,
  tick: (done: number, total: number) => void,
): Attempt {
  const without = (doubt: string): Attempt => ({
    doubt,
    decision: doubt,
    isPredictWrong: false,
  });
  if (isFloat32) return without(FLOAT32_DOUBT);
  if (steps > MOST_SYMBOLIC_STEPS) {
    return without(`a run of ${steps} steps is too long to follow for unknown inputs`);
  }
  const numbers = weights?.numbers ?? 0;
  if (numbers > MOST_SYMBOLIC_WEIGHTS) {
    return without(`${numbers} weights are too many to follow for unknown inputs`);
  }
  const options = { ...runOptions, fuel: SYMBOLIC_BASE + SYMBOLIC_FACTOR * steps };
  let proof: ScoresProof | undefined;
  const scores = doubtOf(() => {
    proof = proveScores(network, module, options, tolerance, tick);
    return proof.maxError <= tolerance ? undefined : (proof.reason ?? 'no proof');
  });
  let isPredictWrong = false;
  const decision = doubtOf(() => {
    const doubt = doubtDecision(network, module, options);
    isPredictWrong = scores === undefined && doubt !== undefined;
    return doubt;
  });
  return { ...(proof === undefined ? {} : { proof }), doubt: scores ?? decision, decision, isPredictWrong }; // prettier-ignore
}

/** Which neurons the text computes too, as far as it can be followed; none where it cannot. @throws Stopped. */
export function toldBy(
  { network, module, isFloat32, steps }: Attempted,
  runOptions: RunOptions,
  tick: () => void,
): (layer: number, neuron: number) => boolean {
  let told: (layer: number, neuron: number) => boolean = () => false;
  if (isFloat32 || steps > MOST_SYMBOLIC_STEPS) return told;
  const options = { ...runOptions, fuel: SYMBOLIC_BASE + SYMBOLIC_FACTOR * steps };
  doubtOf(() => {
    told = neuronsTold(network, module, options, tick);
    return undefined;
  });
  return told;
}

/** What `prove` doubts, or what left it open. */
function doubtOf(prove: () => string | undefined): string | undefined {
  try {
    return prove();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined || error instanceof Stopped) throw error;
    return reason;
  }
}

/** The sentence of an error that leaves a question open; undefined for errors of our own. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof Undecided) {
    return error.place === '' ? error.message : `${error.message} (at ${error.place})`;
  }
  if (error instanceof Stopped || error instanceof OutOfFuel) return error.message;
  if (error instanceof ModuleError) return `the module throws ${error.kind}: ${error.message}`;
  if (error instanceof RangeError && /call stack/i.test(error.message)) return 'the text nests too deeply'; // prettier-ignore
  return undefined;
}
