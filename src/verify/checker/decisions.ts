/**
 * The proof that `predict` draws the network's decision from the module's own scores: `predict` is run
 * with `scores` answered by unknown numbers, once for every way its comparisons can come out. Along each
 * path the comparisons form a partial order, which must imply the decision.
 */
import type { StagedNetwork } from '../../ir/network.js';
import { sizeOf } from '../../ir/model-interface.js';
import { labelOf } from '../run-module.js';
import { Context } from './context.js';
import type { RunOptions, Running } from './interpreter/index.js';
import { callExport, flattenValue, nest, runModule } from './interpreter/index.js';
import { ObjectValue, Poison } from './interpreter/values.js';
import type { Machine } from './interpreter/machine.js';
import type { Value } from './interpreter/values.js';
import { outputValues } from './prove-scores.js';
import { Num } from './num.js';
import { applied } from './operations.js';
import type { ModuleSyntax } from './syntax.js';
import type { PartialOrder } from './partial-order.js';
import { followPaths } from './paths.js';
import { Undecided } from './undecided.js';

/** Most paths that are followed: argmax of thirteen classes takes 4,096. */
const MAX_PATHS = 1 << 13;

/**
 * Why `predict` is not proved; undefined when it is.
 *
 * @throws Undecided when `predict` looks at anything but the scores.
 */
export function doubtDecision(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
): string | undefined {
  const context = new Context();
  const scores = network.outputs.map(({ shape }) =>
    Array.from({ length: sizeOf(shape) }, () => context.addCell({ kind: 'real' })),
  );
  const cells = unreadable(network, context);
  const stub = (machine: Machine, values: readonly Value[]) => {
    if (!isInput(network, values, cells)) throw new Undecided('predict does not hand its input to scores as it is'); // prettier-ignore
    return answerOf(machine, network, scores);
  };
  const running = runModule(module, { ...options, context, stubs: new Map([['scores', stub]]) });
  if (network.decision.kind === 'none') {
    const value = callExport(running, 'predict', nested(network, running, cells));
    return doubtIdentity(network, value, scores);
  }
  if (scores[0].length === 0) return 'there are no scores to decide on';
  return followPaths(context, scores[0].length, MAX_PATHS, 'predict', (order) => {
    const answer = callExport(running, 'predict', nested(network, running, cells));
    return doubtPath(network, order, settled(context, answer), scores[0].length);
  });
}

/**
 * The cells of the inputs, of which nothing can be made. A scalar is no score either, so that every
 * comparison with it leaves `predict` undecided, but it can be handed on to `scores`.
 */
function unreadable(network: StagedNetwork, context: Context): Value[][] {
  return network.inputs.map(({ shape }) => {
    if (shape.length === 0) return [applied(context, 'tanh', [context.addCell({ kind: 'real' })])];
    return Array.from({ length: sizeOf(shape) }, () => new Poison('an input cell in predict'));
  });
}

function nested(
  network: StagedNetwork,
  running: Running,
  cells: readonly (readonly Value[])[],
): Value[] {
  return network.inputs.map(({ shape }, index) => nest(running.machine, cells[index], shape));
}

/** True when the values are the inputs: every cell in its place. */
function isInput(
  network: StagedNetwork,
  values: readonly Value[],
  cells: readonly (readonly Value[])[],
): boolean {
  return network.inputs.every(({ shape }, index) => {
    const flat = flattenValue(values[index], shape);
    return flat?.length === cells[index].length && flat.every((one, k) => one === cells[index][k]);
  });
}

function answerOf(
  machine: Machine,
  network: StagedNetwork,
  scores: readonly (readonly Num[])[],
): Value {
  const nested = network.outputs.map(({ shape }, k) => nest(machine, scores[k], shape));
  if (nested.length === 1) return nested[0];
  return new ObjectValue(new Map(network.outputs.map(({ name }, k) => [name, nested[k]])));
}

/** A sum of comparisons whose answers are known along the path, as `Math.sign` is one, as a number. */
export function settled(context: Context, value: Value): Value {
  if (!(value instanceof Num)) return value;
  const { atoms, constant, slop } = context.flatten(value);
  return atoms.length === 0 && slop === 0 ? constant : value;
}

function doubtIdentity(
  network: StagedNetwork,
  value: Value,
  scores: readonly (readonly Num[])[],
): string | undefined {
  const same = scores.every((own, index) => {
    const values = outputValues(network, value, index);
    return values?.every((one, k) => one === own[k]) === true;
  });
  return same ? undefined : 'predict does not hand on the scores';
}

/** Does the order imply the decision that the path came to? */
function doubtPath(
  network: StagedNetwork,
  order: PartialOrder,
  value: Value,
  count: number,
): string | undefined {
  const { decision } = network;
  const indices = count > 1 ? Array.from({ length: count }, (_, k) => k) : [-1, 0, 1];
  const chosen = indices.find((index) => labelOf(network, index) === value);
  if (chosen === undefined) return `predict answers something that is no class`;
  const wrong = `predict may answer ${String(labelOf(network, chosen))} where the network does not`;
  const first = (better: (a: number, b: number, strict: boolean) => boolean): boolean =>
    indices.every((other) => other === chosen || better(chosen, other, other < chosen));
  let right = false;
  switch (decision.kind) {
    case 'argmax':
      right = count === 1 ? chosen === 0 : first((a, b, strict) => order.implies(a, b, strict));
      break;
    case 'argmin':
      right = count === 1 ? chosen === 0 : first((a, b, strict) => order.implies(b, a, strict));
      break;
    case 'threshold': {
      const level = order.constant(decision.threshold);
      right = chosen === 1 ? order.implies(0, level, true) : chosen === 0 && order.implies(level, 0, false); // prettier-ignore
      break;
    }
    case 'sign': {
      const zero = order.constant(0);
      if (chosen === 1) right = order.implies(0, zero, true);
      else if (chosen === -1) right = order.implies(zero, 0, true);
      else right = order.implies(0, zero, false) && order.implies(zero, 0, false);
      break;
    }
    case 'none':
      break;
  }
  return right ? undefined : wrong;
}
