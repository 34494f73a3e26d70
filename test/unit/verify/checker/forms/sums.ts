/** Sums over diagonals and with weights that follow a formula, in fixed and in generic sizes. */
import type { Domain } from '../../../../../src/ir/model-interface.js';
import type { Form, Unit } from './form.js';
import { formOf, layerOf, networkOf, range } from './form.js';

/** Anti-diagonal sums of an n × n image, at least `k` cells on. */
export function diagonalForm(n: number, k: number, style: 'guard' | 'bounds'): Form {
  const lines = range(2 * n - 1);
  const units = lines.map((line): Unit => [
    range(n).flatMap((row) => (line - row >= 0 && line - row < n ? [[row * n + line - row, 1] as const] : [])), // prettier-ignore
    0.5 - k,
  ]);
  const network = networkOf({
    name: `anti-diagonals of ${n} × ${n}, ${style}`,
    shape: [n, n],
    layers: [layerOf('step', n * n, units)],
  });
  const loop =
    style === 'guard'
      ? `
    for (let row = 0; row < ${n}; row++) {
      const column = line - row;
      if (column >= 0 && column < ${n}) sum += input[row][column];
    }`
      : `
    for (let row = Math.max(0, line - ${n - 1}); row <= Math.min(line, ${n - 1}); row++) sum += input[row][line - row];`; // prettier-ignore
  return formOf(
    network,
    `
  const result: number[] = [];
  for (let line = 0; line < ${2 * n - 1}; line++) {
    let sum = 0;${loop}
    result.push(sum >= ${k} ? 1 : 0);
  }
  return result;`,
  );
}

const WEIGHTED: Readonly<Record<string, (n: number) => string>> = {
  power: (n) => `
  let value = 0;
  for (let k = 0; k < ${n}; k++) value += 2 ** k * input[k];
  return [value, value >= ${2 ** (n - 1) + 3} ? 1 : 0];`,
  horner: (n) => `
  let value = 0;
  for (let k = ${n - 1}; k >= 0; k--) value = 2 * value + input[k];
  return [value, value >= ${2 ** (n - 1) + 3} ? 1 : 0];`,
  shift: (n) => `
  let value = 0;
  let weight = 1;
  for (let k = 0; k < ${n}; k++) {
    if (input[k] === 1) value += weight;
    weight *= 2;
  }
  return [value, value > ${2 ** (n - 1) + 2} ? 1 : 0];`,
};

/** A binary number, the lowest bit first, and whether it reaches a bound. */
export function binaryForm(n: number, style: string): Form {
  const bits = range(n);
  const network = networkOf({
    name: `binary number of ${n}, ${style}`,
    shape: [n],
    layers: [
      layerOf('step', n, [...bits.map((k): Unit => [[[k, 1]], -0.5]), [bits.map((k) => [k, 2 ** k] as const), -(2 ** (n - 1)) - 2]]),
      layerOf('identity', n + 1, [[bits.map((k) => [k, 2 ** k] as const), 0], [[[n, 1]], 0]]),
    ],
  }); // prettier-ignore
  return formOf(network, WEIGHTED[style](n));
}

/** A ramp over reals or integers, with its sign. */
export function rampForm(n: number, domain: Domain): Form {
  const weights = range(n).map((k) => [k, k - 2] as const);
  const network = networkOf({
    name: `ramp of ${n}`,
    shape: [n],
    domain,
    layers: [layerOf('sign', n, [[weights, 0], [weights, -1]])],
  }); // prettier-ignore
  return formOf(
    network,
    `
  let value = 0;
  for (let k = 0; k < input.length; k++) value += (k - 2) * input[k];
  return [Math.sign(value), value > 1 ? 1 : value === 1 ? 0 : -1];`,
  );
}

/** Rows whose sum exceeds their share of the whole, sizes read from the input. */
export function genericForm(rows: number, columns: number): Form {
  const units = range(rows).map((own): Unit => [
    range(rows * columns).map((cell) => [cell, Math.floor(cell / columns) === own ? rows - 1 : -1] as const), // prettier-ignore
    0,
  ]);
  const network = networkOf({
    name: `generic shares of ${rows} × ${columns}`,
    shape: [rows, columns],
    output: [rows, 1],
    layers: [layerOf('sign', rows * columns, units)],
  });
  return formOf(
    network,
    `
  const rows = input.length;
  const columns = input[0].length;
  const sums = new Array<number>(rows).fill(0);
  const result = Array.from({ length: rows }, () => new Array<number>(1).fill(0));
  let total = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sums[row] += input[row][column];
      total += input[row][column];
    }
  }
  for (let row = 0; row < rows; row++) result[row][0] = Math.sign(rows * sums[row] - total);
  return result;`,
  );
}
