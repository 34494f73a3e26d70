/** Comparisons of all pairs: balances, and the largest in several styles; ties as each text says. */
import type { Domain } from '../../../../../src/ir/model-interface.js';
import type { Network } from '../../../../../src/ir/network.js';
import type { Form, Unit } from './form.js';
import { formOf, layerOf, networkOf, range } from './form.js';

export const REAL: Domain = { kind: 'real' };

interface Pair {
  readonly i: number;
  readonly j: number;
}

function pairsOf(n: number): readonly Pair[] {
  return range(n).flatMap((i) => range(n - i - 1).map((k) => ({ i, j: i + 1 + k })));
}

function differences(n: number): readonly Unit[] {
  return pairsOf(n).map(({ i, j }): Unit => [[[i, 1], [j, -1]], 0]); // prettier-ignore
}

/** For each i the sum of sign(x_i − x_j) over the others. */
function balanceUnits(n: number, bias: number): readonly Unit[] {
  const pairs = pairsOf(n);
  return range(n).map((own): Unit => [
    pairs.flatMap(({ i, j }, k) =>
      i === own || j === own ? [[k, i === own ? 1 : -1] as const] : [],
    ),
    bias,
  ]);
}

function balanceNetwork(n: number, domain: Domain, last: 'identity' | 'step' | 'sign', bias: number): Network {
  const pairs = (n * (n - 1)) / 2;
  return networkOf({
    name: `${last} of balances of ${n}`,
    shape: [n],
    domain,
    layers: [layerOf('sign', n, differences(n)), layerOf(last, pairs, balanceUnits(n, bias))],
  });
} // prettier-ignore

/** Balances by a triangular loop; then what the last layer makes of them. */
export function balanceForm(n: number, last: 'identity' | 'step' | 'sign', domain = REAL): Form {
  const bias = last === 'identity' ? 0 : 1.5 - n;
  const results = {
    identity: 'balance',
    step: `balance.map((value) => (value === ${n - 1} ? 1 : 0))`,
    sign: `balance.map((value) => Math.sign(2 * value - ${2 * n - 3}))`,
  };
  return formOf(
    balanceNetwork(n, domain, last, bias),
    `
  const balance = new Array<number>(${n}).fill(0);
  for (let i = 0; i < ${n}; i++) {
    for (let j = i + 1; j < ${n}; j++) {
      const comparison = Math.sign(input[i] - input[j]);
      balance[i] += comparison;
      balance[j] -= comparison;
    }
  }
  return ${results[last]};`,
  );
}

/** Larger than all others. */
export function strictlyLargestForm(n: number, domain = REAL): Form {
  return formOf(
    balanceNetwork(n, domain, 'step', 1.5 - n),
    `
  const result = new Array<number>(${n}).fill(0);
  for (let i = 0; i < ${n}; i++) {
    let isLargest = true;
    for (let j = 0; j < ${n}; j++) if (j !== i && input[j] >= input[i]) isLargest = false;
    if (isLargest) result[i] = 1;
  }
  return result;`,
  );
}

/** One-hot argmax, the lowest index at ties: beats those before it, loses to none behind it. */
function argmaxNetwork(n: number, domain: Domain): Network {
  const units: Unit[] = [];
  const outputs = range(n).map((i): Unit => {
    const weights: [number, number][] = [];
    let bias = 0.5 - i;
    for (const j of range(n)) {
      if (j === i) continue;
      const [own, other] = j < i ? [1, -1] : [-1, 1];
      weights.push([units.length, j < i ? 1 : -1]);
      units.push([[[i, own], [j, other]], 0]); // prettier-ignore
    }
    if (n === 1) bias = 1;
    return [weights, bias];
  });
  return networkOf({
    name: `argmax of ${n}`,
    shape: [n],
    domain,
    layers: [layerOf('step', n, units), layerOf('step', units.length, outputs)],
  });
}

const ARGMAX: Readonly<Record<string, (n: number) => string>> = {
  flags: (n) => `
  return Array.from({ length: ${n} }, (_, i) => {
    let isLargest = true;
    for (let j = 0; j < ${n}; j++) {
      if (j < i && input[j] >= input[i]) isLargest = false;
      if (j > i && input[j] > input[i]) isLargest = false;
    }
    return isLargest ? 1 : 0;
  });`,
  best: (n) => `
  let best = 0;
  for (let i = 1; i < ${n}; i++) if (input[i] > input[best]) best = i;
  const result = new Array<number>(${n}).fill(0);
  for (let i = 0; i < ${n}; i++) if (i === best) result[i] = 1;
  return result;`,
  largest: (n) => `
  let largest = input[0];
  let best = 0;
  for (let i = 1; i < ${n}; i++) {
    if (input[i] > largest) {
      largest = input[i];
      best = i;
    }
  }
  return Array.from({ length: ${n} }, (_, i) => (i === best ? 1 : 0));`,
  maximum: (n) => `
  let largest = -Infinity;
  for (let i = 0; i < ${n}; i++) largest = Math.max(largest, input[i]);
  const result = new Array<number>(${n}).fill(0);
  let found = false;
  for (let i = 0; i < ${n}; i++) {
    if (!found && input[i] === largest) {
      result[i] = 1;
      found = true;
    }
  }
  return result;`,
};

export function argmaxForm(n: number, style: string, domain = REAL): Form {
  const { network, text } = formOf(argmaxNetwork(n, domain), ARGMAX[style](n));
  return { name: `${network.name}, ${style}`, network, text };
}

/** Exclusive or of two comparisons of reals: nothing but the comparisons matters. */
export function unequalComparisonsForm(domain = REAL): Form {
  const first: readonly Unit[] = [
    [[[0, 1], [1, -1]], 0],
    [[[3, 2], [2, -2]], 0],
    [[[1, 1], [0, -1]], 0],
  ]; // prettier-ignore
  const network = networkOf({
    name: 'unequal comparisons',
    shape: [4],
    domain,
    layers: [
      layerOf('step', 4, first),
      layerOf('step', 3, [[[[0, 1], [1, -1]], -0.5], [[[1, 1], [0, -1]], -0.5], [[[0, 1], [2, 1]], -0.5]]),
      layerOf('identity', 3, [[[[0, 1], [1, 1]], 0], [[[2, 1]], 0]]),
    ],
  }); // prettier-ignore
  return formOf(
    network,
    `
  const more = input[0] > input[1];
  const less = input[3] > input[2];
  return [more !== less ? 1 : 0, input[0] === input[1] ? 0 : 1];`,
  );
}
