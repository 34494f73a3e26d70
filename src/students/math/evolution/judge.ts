/**
 * How an island judges a genome. Half of the islands ask how far it is from the target as it stands, the
 * other half how far the best a + b·f is: the two succeed on different problems. Also what tells two
 * genomes apart: a fingerprint of the values at all rows, which formulas share that compute the same.
 */
import { CONSTANT } from '../engine/tape.js';
import { markWatched } from '../engine/watch.js';
import type { Tape } from '../engine/tape.js';
import type { Engine } from '../engine/engine.js';
import { formulaOf, MOST_NODES } from './genome.js';
import type { Genome } from './genome.js';
import { createFingerprint } from './value-fingerprint.js';

/** a + b · f. */
export interface Scaling {
  readonly offset: number;
  readonly factor: number;
}

export interface Judge {
  /**
   * The loss of a genome, NaN where it is undefined at some row; counted as one evaluation. In scaled
   * mode: the loss of the best a + b·f, NaN also where f is constant.
   */
  readonly judge: (genome: Genome) => number;
  /** Of the genome judged last, its values (scaled mode: up to scaling) in 30 bits. */
  readonly fingerprint: () => number;
  /** Scaled mode: the a and b of the genome judged last. */
  readonly scaling: () => Scaling;
}

/** Columns that vary by less than this share of their mean square count as constant. */
const CONSTANT_SHARE = 1e-20;

interface ScratchTape extends Tape {
  length: number;
}

export function createJudge(engine: Engine, isScaled: boolean): Judge {
  const tape: ScratchTape = {
    length: 0,
    codes: new Uint8Array(MOST_NODES),
    operands: new Uint16Array(MOST_NODES),
    constants: new Float64Array(MOST_NODES),
    depth: MOST_NODES,
    watched: new Uint8Array(MOST_NODES),
  };
  const { evaluator, rows, directions } = engine;
  const squares = new Float64Array(rows);
  const isTemplate = engine.problem.settings.knowledge?.template !== undefined;
  const lossOf = createLossOf(engine);
  const scaler = createScaler(engine);
  const fingerprintOf = createFingerprint(rows);
  let fingerprint = 0;
  let scaling: Scaling = { offset: 0, factor: 1 };
  return {
    judge(genome) {
      engine.countEvaluations(1);
      const own = isTemplate ? engine.compile(formulaOf(genome)) : loaded(tape, genome);
      if (directions !== undefined) {
        const residuals = directions.residualsOf(own);
        if (residuals === undefined) return NaN;
        addSquares(residuals, squares);
        fingerprint = fingerprintOf(squares, 0, 1);
        return squares.reduce((sum, square, row) => sum + engine.shares[row] * square, 0);
      }
      const values = evaluator.values(own);
      if (values === undefined) return NaN;
      if (!isScaled) {
        fingerprint = fingerprintOf(values, 0, 1);
        return lossOf(values);
      }
      const fitted = scaler(values);
      if (fitted === undefined) return NaN;
      scaling = fitted;
      fingerprint = fingerprintOf(values, fitted.offset, fitted.factor);
      return fitted.loss;
    },
    fingerprint: () => fingerprint,
    scaling: () => scaling,
  };
}

function loaded(tape: ScratchTape, genome: Genome): ScratchTape {
  load(tape, genome);
  markWatched(tape.codes, tape.length, tape.watched);
  return tape;
}

/** The squared length of the residual at every row: what functions of the same level sets share. */
function addSquares(columns: readonly Float64Array[], squares: Float64Array): void {
  squares.fill(0);
  for (const column of columns) {
    for (let row = 0; row < squares.length; row++) squares[row] += column[row] * column[row];
  }
}

/** Copies the genome into the one tape; what is left of a longer one before it becomes constants. */
function load(tape: ScratchTape, { codes, values, length }: Genome): void {
  const { codes: ownCodes, operands, constants } = tape;
  let next = 0;
  for (let at = 0; at < length; at++) {
    const code = codes[at];
    ownCodes[at] = code;
    if (code === CONSTANT) {
      operands[at] = next;
      constants[next++] = values[at];
    } else {
      operands[at] = values[at];
    }
  }
  for (let at = length; at < tape.length; at++) ownCodes[at] = CONSTANT;
  tape.length = length;
}

/** The engine's mean loss, with the commonest kind written out: it runs for every genome. */
function createLossOf(engine: Engine): (values: Float64Array) => number {
  const { problem, rows, shares } = engine;
  const { target } = problem.data;
  if (problem.settings.loss.kind !== 'mse') return engine.lossOf;
  return (values) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      const residual = values[i] - target[i];
      sum += shares[i] * residual * residual;
    }
    return sum;
  };
}

type Scaler = (values: Float64Array) => (Scaling & { readonly loss: number }) | undefined;

/** Least squares of a + b·f, in centred form. */
function createScaler({ problem, rows, shares }: Engine): Scaler {
  const { target } = problem.data;
  let targetMean = 0;
  for (let i = 0; i < rows; i++) targetMean += shares[i] * target[i];
  return (values) => {
    let mean = 0;
    let square = 0;
    for (let i = 0; i < rows; i++) {
      mean += shares[i] * values[i];
      square += shares[i] * values[i] * values[i];
    }
    let variance = 0;
    let covariance = 0;
    for (let i = 0; i < rows; i++) {
      const moved = values[i] - mean;
      variance += shares[i] * moved * moved;
      covariance += shares[i] * moved * (target[i] - targetMean);
    }
    if (!(variance > CONSTANT_SHARE * square)) return undefined;
    const factor = covariance / variance;
    const offset = targetMean - factor * mean;
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      const residual = offset + factor * values[i] - target[i];
      loss += shares[i] * residual * residual;
    }
    return { offset, factor, loss };
  };
}
