/**
 * The mutation that aims: at a node drawn at random it computes what the node would have to be for the
 * whole to hit the target, by inverting the operators above it, and puts there the formula of a library
 * that comes closest, up to scale and offset (semantic backpropagation: Pawlak, Wieloch, Krawiec, IEEE
 * Trans. Evol. Comput. 19, 2015). Rows count by how far the whole moves with the node.
 */
import type { Engine } from '../engine/engine.js';
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from '../engine/tape.js';
import type { Operator } from '../operators/operator.js';
import type { Draft } from './draft.js';
import { clearDraft, createDraft, pushConstant, pushOperator, pushPiece } from './draft.js';
import { ARITIES, codeOfOperator, MOST_NODES, startOfSubtree } from './genome.js';
import type { Genome } from './genome.js';
import { inverseOf } from './inverses.js';
import type { Scaling } from './judge.js';
import type { Library } from './library.js';
import { closest } from './match.js';
import type { Wish } from './match.js';
import { pick } from './random-tree.js';
import type { Growth } from './random-tree.js';

export interface Aim {
  /** Writes the child; false where nothing can be wished for. `scaling` of the parent, in scaled mode. */
  readonly apply: (draft: Draft, parent: Genome, scaling: Scaling | undefined) => boolean;
  /**
   * The same without a parent, since winners are all alike after a while: within an entry of the library,
   * or for what an operator would have to join to one.
   */
  readonly applyAfresh: (draft: Draft) => boolean;
}

const PLUS = codeOfOperator('+');
const TIMES = codeOfOperator('*');
/** Share of fresh aims that are taken within one entry. */
const ALONE_SHARE = 0.5;
/** Share of the rows that must have a wish. */
const LEAST_WISHES = 0.7;

export function createAim(library: Library, engine: Engine, growth: Growth): Aim {
  const { rows } = library;
  const { operators } = engine;
  const { data, settings } = engine.problem;
  const own = data.columns.map((column) => Float64Array.from(rows, (row) => column[row]));
  const target = Float64Array.from(rows, (row) => data.target[row]);
  const shares = Float64Array.from(rows, (row) => engine.shares[row]);
  const values = Array.from({ length: MOST_NODES }, () => new Float64Array(rows.length));
  const wish: Wish = {
    desired: new Float64Array(rows.length),
    weights: new Float64Array(rows.length),
  };
  const forms = {
    scales: settings.operators.includes('*'),
    shifts: settings.operators.includes('+'),
  };
  const { random, rules } = growth;
  const { entries } = library;
  const context = createDraft();
  const aimAt = (draft: Draft, parent: Genome, node: number, scaling?: Scaling): boolean => {
    fillValues(parent, operators, own, values);
    for (let i = 0; i < rows.length; i++) {
      const { desired } = wish;
      desired[i] =
        scaling === undefined ? target[i] : (target[i] - scaling.offset) / scaling.factor;
    }
    wish.weights.set(shares);
    descend(parent, operators, node, values, wish);
    if (!isWorthwhile(wish)) return false;
    const match = closest(wish, library, forms, random);
    if (match === undefined) return false;
    pushPiece(draft, parent, 0, startOfSubtree(parent, node));
    if (match.offset !== 0) pushConstant(draft, match.offset);
    if (match.factor !== 1) pushConstant(draft, match.factor);
    pushPiece(draft, match.entry.genome, 0, match.entry.genome.length);
    if (match.factor !== 1) pushOperator(draft, TIMES);
    if (match.offset !== 0) pushOperator(draft, PLUS);
    pushPiece(draft, parent, node + 1, parent.length);
    return true;
  };
  const drawEntry = (): Genome => entries[random.below(entries.length)].genome;
  return {
    apply: (draft, parent, scaling) =>
      entries.length > 0 && aimAt(draft, parent, random.below(parent.length), scaling),
    applyAfresh(draft) {
      if (entries.length === 0) return false;
      const parent = drawEntry();
      if (rules.binary.length === 0 || random.unit() < ALONE_SHARE) {
        return aimAt(draft, parent, random.below(parent.length));
      }
      const partner = drawEntry();
      clearDraft(context);
      pushPiece(context, parent, 0, parent.length);
      pushPiece(context, partner, 0, partner.length);
      pushOperator(context, pick(rules.binary, random));
      return !context.isTooLong && aimAt(draft, context, context.length - 2);
    },
  };
}

/** The value of every node at every row; columns all, also for constants. */
function fillValues(
  { codes, values: operands, length }: Genome,
  operators: readonly Operator[],
  columns: readonly Float64Array[],
  values: readonly Float64Array[],
): void {
  const stack: Float64Array[] = [];
  for (let at = 0; at < length; at++) {
    const code = codes[at];
    if (code === CONSTANT) values[at].fill(operands[at]);
    else if (code === VARIABLE) values[at].set(columns[operands[at]]);
    else apply(operators[code - FIRST_OPERATOR], stack, values[at]);
    stack.push(values[at]);
  }
}

function apply(operator: Operator, stack: Float64Array[], result: Float64Array): void {
  const [a, b, c] = stack.splice(stack.length - operator.arity);
  const count = result.length;
  if (operator.arity === 1) operator.kernel(a, result, count);
  else if (operator.arity === 2) operator.columns(a, b, result, count);
  else for (let i = 0; i < count; i++) result[i] = operator.value(a[i], b[i], c[i]);
}

/** Moves the wish from the root down to the node. */
function descend(
  genome: Genome,
  operators: readonly Operator[],
  node: number,
  values: readonly Float64Array[],
  wish: Wish,
): void {
  for (let at = genome.length - 1; at !== node;) {
    const code = genome.codes[at];
    const roots: number[] = [];
    for (let argument = 0, root = at - 1; argument < ARITIES[code]; argument++) {
      roots.unshift(root);
      root = startOfSubtree(genome, root) - 1;
    }
    const taken = roots.findIndex((root) => root >= node);
    moveWish(
      code,
      operators[code - FIRST_OPERATOR],
      taken,
      roots.map((root) => values[root]),
      values[at],
      wish,
    );
    at = roots[taken];
  }
}

function moveWish(
  code: number,
  operator: Operator,
  argument: number,
  parts: readonly Float64Array[],
  value: Float64Array,
  { desired, weights }: Wish,
): void {
  const inverse = inverseOf(code, argument);
  const current = parts[argument];
  const other = parts.length === 2 ? parts[1 - argument] : current;
  for (let i = 0; i < desired.length; i++) {
    const slope = slopeOf(operator, argument, parts, value[i], i);
    const step = (desired[i] - value[i]) / slope;
    desired[i] =
      inverse === undefined ? current[i] + step : inverse(desired[i], other[i], current[i]);
    weights[i] *= slope * slope;
    if (!Number.isFinite(desired[i]) || !Number.isFinite(weights[i])) {
      desired[i] = 0;
      weights[i] = 0;
    }
  }
}

function slopeOf(
  operator: Operator,
  argument: number,
  parts: readonly Float64Array[],
  value: number,
  row: number,
): number {
  if (operator.arity === 1) return operator.slope(parts[0][row], value);
  if (operator.arity === 2) {
    const slope = argument === 0 ? operator.slopeLeft : operator.slopeRight;
    return slope(parts[0][row], parts[1][row], value);
  }
  return Number(argument > 0 && parts[0][row] > 0 === (argument === 1));
}

function isWorthwhile({ weights }: Wish): boolean {
  let count = 0;
  for (const weight of weights) if (weight > 0) count++;
  return count >= 2 && count >= LEAST_WISHES * weights.length;
}
