/** What one forward pass of a network costs, about in multiplications: limits of steps are set by it. */
import type { Node, Stage, StagedNetwork } from '../ir/network.js';
import { operandsOf } from '../ir/program-walk.js';
import type { Expression } from '../ir/program.js';

/** Terms that a reduction is taken to have whose end holds no number to tell. */
const UNKNOWN_TERMS = 64;

/**
 * At least the number of weights as stored. Few weights may be read many times: a convolution's by every
 * window, those of a stage by every cell.
 */
export function forwardWork(network: StagedNetwork): number {
  const work = network.layers.reduce((sum, node) => sum + workOf(node), 0);
  return Math.max(network.parameters, work);
}

function workOf(node: Node): number {
  switch (node.kind) {
    case undefined:
      return node.weights.values.length + node.size;
    case 'stage':
      return stageWork(node);
    case 'scan':
      return node.steps * forwardWork(node.body);
    case 'tap':
      return 0;
  }
}

function stageWork({ size, body }: Stage): number {
  return size * nodesOf(body);
}

/** Nodes that one evaluation of an expression visits, both sides of conditions counted. */
function nodesOf(expression: Expression): number {
  const inner = operandsOf(expression).reduce((sum, part) => sum + nodesOf(part), 1);
  return expression.kind === 'reduction' ? inner * termsOf(expression) : inner;
}

/** About how many terms a reduction has: its last one stands below the largest number of its end. */
function termsOf({ from, to, step }: Extract<Expression, { readonly kind: 'reduction' }>): number {
  const start = from.kind === 'number' ? from.value : 0;
  const end = largestNumber(to) ?? start + UNKNOWN_TERMS;
  return Math.max(1, Math.ceil((end - start) / step));
}

function largestNumber(expression: Expression): number | undefined {
  if (expression.kind === 'number') return expression.value;
  return operandsOf(expression).reduce<number | undefined>((most, part) => {
    const own = largestNumber(part);
    return own === undefined || (most !== undefined && most >= own) ? most : own;
  }, undefined);
}
