/** Loops that carry a state from cell to cell: adders, comparators, counters, parities. */
import type { Network } from '../../../../../src/ir/network.js';
import type { Form, Unit } from './form.js';
import { formOf, layerOf, networkOf, range } from './form.js';

/** Thresholds Σ_{k≤i} 2^k (a_k + b_k) ≥ 2^(i+1), then the digits of the sum; the lowest bit first. */
function adderNetwork(bits: number): Network {
  const width = 2 * bits;
  const carries = range(bits).map((i): Unit => [
    range(i + 1).flatMap((k) => [[k, 2 ** k] as const, [bits + k, 2 ** k] as const]),
    1 - 2 ** (i + 1),
  ]);
  const copies = range(width).map((k): Unit => [[[k, 1]], -0.5]);
  const digits = range(bits).map((i): Unit => [
    [[bits + i, 1], [2 * bits + i, 1], [i, -2], ...(i === 0 ? [] : [[i - 1, 1] as const])],
    0,
  ]); // prettier-ignore
  const last: Unit = [[[bits - 1, 1]], 0];
  return networkOf({
    name: `adder of 2 × ${bits}`,
    shape: [2, bits],
    layers: [
      layerOf('step', width, [...carries, ...copies]),
      layerOf('identity', bits + width, [...digits, last]),
    ],
  });
}

const ADDERS: Readonly<Record<string, (bits: number) => string>> = {
  remainder: (bits) => `
  const sum = new Array<number>(${bits + 1}).fill(0);
  let carry = 0;
  for (let i = 0; i < ${bits}; i++) {
    const total = input[0][i] + input[1][i] + carry;
    sum[i] = total % 2;
    carry = total >= 2 ? 1 : 0;
  }
  sum[${bits}] = carry;
  return sum;`,
  logic: (bits) => `
  const sum: number[] = [];
  let carry = false;
  for (let i = 0; i < ${bits}; i++) {
    const a = input[0][i] === 1;
    const b = input[1][i] === 1;
    sum.push(a !== b !== carry ? 1 : 0);
    carry = (a && b) || (carry && (a || b));
  }
  sum.push(carry ? 1 : 0);
  return sum;`,
  floor: (bits) => `
  const sum: number[] = [];
  let carry = 0;
  for (let i = 0; i < ${bits}; i++) {
    const total = input[0][i] + input[1][i] + carry;
    carry = Math.floor(total / 2);
    sum.push(total - 2 * carry);
  }
  sum.push(carry);
  return sum;`,
};

export function adderForm(bits: number, style: string): Form {
  const { network, text } = formOf(adderNetwork(bits), ADDERS[style](bits));
  return { name: `${network.name}, ${style}`, network, text };
}

/** Which of two binary numbers is larger, decided by the highest bit that differs. */
export function comparatorForm(bits: number): Form {
  const unit: Unit = [
    range(bits).flatMap((k) => [[k, 2 ** k] as const, [bits + k, -(2 ** k)] as const]),
    0,
  ];
  const network = networkOf({
    name: `comparator of 2 × ${bits}`,
    shape: [2, bits],
    layers: [layerOf('sign', 2 * bits, [unit])],
  });
  return formOf(
    network,
    `
  let order = 0;
  for (let i = 0; i < ${bits}; i++) {
    if (input[0][i] !== input[1][i]) order = input[0][i] > input[1][i] ? 1 : -1;
  }
  return [order];`,
  );
}

const PARITIES: Readonly<Record<string, (n: number) => string>> = {
  flip: (n) => `
  let odd = false;
  for (let i = 0; i < ${n}; i++) if (input[i] === 1) odd = !odd;
  return [odd ? 1 : 0];`,
  unequal: (n) => `
  let odd = false;
  for (let i = 0; i < ${n}; i++) odd = odd !== (input[i] === 1);
  return [odd ? 1 : 0];`,
  remainder: (n) => `
  let count = 0;
  for (let i = 0; i < ${n}; i++) count += input[i];
  return [count % 2];`,
  counter: (n) => `
  let state = 0;
  for (let i = 0; i < ${n}; i++) {
    if (input[i] === 1) state = state === 1 ? 0 : state + 1;
  }
  return [state];`,
};

/** Thresholds at each count, their alternating sum. */
export function parityForm(n: number, style: string): Form {
  const units = range(n).map((k): Unit => [range(n).map((i) => [i, 1] as const), -0.5 - k]);
  const sum: Unit = [range(n).map((k) => [k, k % 2 === 0 ? 1 : -1] as const), 0];
  const network = networkOf({
    name: `parity of ${n}`,
    shape: [n],
    layers: [layerOf('step', n, units), layerOf('identity', n, [sum])],
  });
  const { text } = formOf(network, PARITIES[style](n));
  return { name: `${network.name}, ${style}`, network, text };
}

/** The prefix sums as thresholds: has at least k of the first i been on? */
export function prefixForm(n: number, k: number): Form {
  const units = range(n).map((i): Unit => [range(i + 1).map((j) => [j, 1] as const), 0.5 - k]);
  const network = networkOf({
    name: `${k} of a prefix of ${n}`,
    shape: [n],
    layers: [layerOf('step', n, units)],
  });
  return formOf(
    network,
    `
  const result: number[] = [];
  let count = 0;
  for (let i = 0; i < ${n}; i++) {
    count += input[i];
    result.push(count >= ${k} ? 1 : 0);
  }
  return result;`,
  );
}

/** The same with a counter that stays at its end. */
export function saturatedForm(n: number, k: number): Form {
  const { network } = prefixForm(n, k);
  const { text } = formOf(
    network,
    `
  const result: number[] = [];
  let state = 0;
  for (let i = 0; i < ${n}; i++) {
    if (input[i] === 1 && state < ${k}) state++;
    result.push(state === ${k} ? 1 : 0);
  }
  return result;`,
  );
  return { name: `${network.name}, saturated`, network, text };
}

/** Does a run of `length` ones occur? A layer of windows, then any of them. */
export function runForm(n: number, length: number): Form {
  const windows = range(n - length + 1).map((i): Unit => [range(length).map((k) => [i + k, 1] as const), 0.5 - length]); // prettier-ignore
  const any: Unit = [windows.map((_, k) => [k, 1] as const), -0.5];
  const network = networkOf({
    name: `run of ${length} in ${n}`,
    shape: [n],
    layers: [layerOf('step', n, windows), layerOf('step', windows.length, [any])],
  });
  return formOf(
    network,
    `
  let run = 0;
  let longest = 0;
  for (let i = 0; i < ${n}; i++) {
    run = input[i] === 1 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return [longest >= ${length} ? 1 : 0];`,
  );
}
