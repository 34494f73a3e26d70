/** Local rules on rings, lines and tori: elementary automata and the Game of Life. */
import type { Network } from '../../../../../src/ir/network.js';
import type { Form, Unit } from './form.js';
import { formOf, layerOf, networkOf, range } from './form.js';

/** The cells that a pattern of three reads; undefined beyond a border of zeros. */
function window(i: number, n: number, wrap: boolean): readonly (number | undefined)[] {
  return [i - 1, i, i + 1].map((k) => (wrap ? (k + n) % n : k >= 0 && k < n ? k : undefined));
}

/** One neuron for each cell and pattern that leads to 1, and their sum. */
export function automatonNetwork(rule: number, n: number, wrap: boolean): Network {
  const patterns = range(8).filter((pattern) => ((rule >> pattern) & 1) === 1);
  const units: Unit[] = [];
  const groups: number[][] = [];
  for (const i of range(n)) {
    groups[i] = [];
    for (const pattern of patterns) {
      const bits = [4, 2, 1].map((place) => ((pattern & place) === 0 ? -1 : 1));
      const reads = window(i, n, wrap);
      const possible = reads.every((cell, k) => cell !== undefined || bits[k] < 0);
      if (!possible) continue;
      const weights = reads.flatMap((cell, k) => (cell === undefined ? [] : [[cell, bits[k]] as const])); // prettier-ignore
      const ones = bits.filter((bit) => bit > 0).length;
      groups[i].push(units.length);
      units.push([weights, 0.5 - ones]);
    }
  }
  const sums = groups.map((group): Unit => [group.map((unit) => [unit, 1] as const), -0.5]);
  return networkOf({
    name: `rule ${rule} on ${n} cells, ${wrap ? 'ring' : 'line'}`,
    shape: [n],
    layers: [layerOf('step', n, units), layerOf('step', units.length, sums)],
  });
}

const RULES: Readonly<Record<number, string>> = {
  30: 'left !== (center || right)',
  90: 'left !== right',
  110: 'center !== right || (center && !left)',
  150: 'left !== center !== right',
  184: '(center ? right : left)',
};

/** The same rule, its neighbours read around the ring. */
export function ringForm(rule: number, n: number): Form {
  const network = automatonNetwork(rule, n, true);
  return formOf(
    network,
    `
  const next = new Array<number>(${n}).fill(0);
  for (let i = 0; i < ${n}; i++) {
    const left = input[(i + ${n - 1}) % ${n}] === 1;
    const center = input[i] === 1;
    const right = input[(i + 1) % ${n}] === 1;
    next[i] = ${RULES[rule]} ? 1 : 0;
  }
  return next;`,
  );
}

/** The same rule between zeros. */
export function lineForm(rule: number, n: number, style: 'guard' | 'zero'): Form {
  const network = automatonNetwork(rule, n, false);
  const reads =
    style === 'guard'
      ? `
    const left = i > 0 && input[i - 1] === 1;
    const center = input[i] === 1;
    const right = i < ${n - 1} && input[i + 1] === 1;`
      : `
    const left = (i > 0 ? input[i - 1] : 0) === 1;
    const center = input[i] === 1;
    const right = (i + 1 < ${n} ? input[i + 1] : 0) === 1;`;
  return formOf(
    network,
    `
  const next: number[] = [];
  for (let i = 0; i < ${n}; i++) {${reads}
    next.push(${RULES[rule]} ? 1 : 0);
  }
  return next;`,
  );
}

/** At least two of a window that a border cuts. */
export function windowForm(n: number): Form {
  const units = range(n).map((i): Unit => [
    range(n).flatMap((k) => (Math.abs(k - i) <= 1 ? [[k, 1] as const] : [])),
    -1.5,
  ]);
  const network = networkOf({
    name: `window of ${n}`,
    shape: [n],
    layers: [layerOf('step', n, units)],
  });
  return formOf(
    network,
    `
  const result = new Array<number>(${n}).fill(0);
  for (let i = 0; i < ${n}; i++) {
    let sum = 0;
    for (let j = Math.max(0, i - 1); j < Math.min(${n}, i + 2); j++) sum += input[j];
    if (sum >= 2) result[i] = 1;
  }
  return result;`,
  );
}

/** Life on a torus: [2·neighbours + alive ≥ 5] − [2·neighbours + alive ≥ 8]. */
export function lifeNetwork(rows: number, columns: number): Network {
  const size = rows * columns;
  const units: Unit[] = [];
  for (const row of range(rows)) {
    for (const column of range(columns)) {
      const weights: [number, number][] = [[row * columns + column, 1]];
      for (const dr of [rows - 1, 0, 1]) {
        for (const dc of [columns - 1, 0, 1]) {
          if (dr === 0 && dc === 0) continue;
          weights.push([((row + dr) % rows) * columns + ((column + dc) % columns), 2]);
        }
      }
      units.push([weights, -4.5], [weights, -7.5]);
    }
  }
  const next = range(size).map((cell): Unit => [[[2 * cell, 1], [2 * cell + 1, -1]], -0.5]); // prettier-ignore
  return networkOf({
    name: `life ${rows} × ${columns}`,
    shape: [rows, columns],
    output: [rows, columns],
    layers: [layerOf('step', size, units), layerOf('step', units.length, next)],
  });
}

export function lifeForm(rows: number, columns: number, generic = false): Form {
  const network = lifeNetwork(rows, columns);
  const [r, c] = generic ? ['rows', 'columns'] : [String(rows), String(columns)];
  const extents = generic
    ? '  const rows = input.length;\n  const columns = input[0].length;\n'
    : '';
  return formOf(
    network,
    `${extents}
  const next = Array.from({ length: ${r} }, () => new Array<number>(${c}).fill(0));
  for (let row = 0; row < ${r}; row++) {
    for (let column = 0; column < ${c}; column++) {
      let neighbours = 0;
      for (let dr = ${r} - 1; dr <= ${r} + 1; dr++) {
        for (let dc = ${c} - 1; dc <= ${c} + 1; dc++) {
          if (dr === ${r} && dc === ${c}) continue;
          neighbours += input[(row + dr) % ${r}][(column + dc) % ${c}];
        }
      }
      const alive = input[row][column] === 1;
      if (neighbours === 3 || (alive && neighbours === 2)) next[row][column] = 1;
    }
  }
  return next;`,
  );
}

/** All rules at once: the first eight inputs are the rule's bits, by the value of the pattern. */
export function anyRuleForm(n: number): Form {
  const units: Unit[] = [];
  for (const i of range(n)) {
    for (const pattern of range(8)) {
      const bits = [4, 2, 1].map((place) => ((pattern & place) === 0 ? -1 : 1));
      const cells = [(i + n - 1) % n, i, (i + 1) % n];
      const ones = bits.filter((bit) => bit > 0).length;
      units.push([[[pattern, 1], ...cells.map((cell, k) => [8 + cell, bits[k]] as const)], -ones - 0.5]); // prettier-ignore
    }
  }
  const sums = range(n).map((i): Unit => [range(8).map((p) => [8 * i + p, 1] as const), 0]);
  const network = networkOf({
    name: `any rule on ${n} cells`,
    shape: [8 + n],
    layers: [layerOf('step', 8 + n, units), layerOf('identity', units.length, sums)],
  });
  return formOf(
    network,
    `
  const rule = Array.from({ length: 8 }, (_, k) => input[k]);
  const next = new Array<number>(${n}).fill(0);
  for (let i = 0; i < ${n}; i++) {
    const left = input[8 + ((i + ${n - 1}) % ${n})];
    const center = input[8 + i];
    const right = input[8 + ((i + 1) % ${n})];
    next[i] = rule[4 * left + 2 * center + right];
  }
  return next;`,
  );
}
