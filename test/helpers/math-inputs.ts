/** Small inputs of the Math student's end-to-end tests, and words that keep its searches short. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Evolution over sums and products alone, for a few hundred milliseconds. */
export const SHORT_SEARCH: readonly string[] = [
  ...['--mode', 'evolution', '--operators', '+,-,*', '--max-complexity', '9'],
  ...['--max-evaluations', '4000', '--workers', '1'],
];

/** A CSV table of `rows` rows, from functions of the row's number. */
export function tableText(
  columns: Readonly<Record<string, (row: number) => number | string>>,
  rows: number,
): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns).map((cellOf) => cellOf(row)).join(','),
  ); // prettier-ignore
  return `${[Object.keys(columns).join(','), ...lines].join('\n')}\n`;
}

/** Columns a and b that are not functions of each other, a note, and y = 2 a + b². */
export const SMOOTH_COLUMNS = {
  a: (row: number): number => row / 4 - 2,
  b: (row: number): number => ((row * 7) % 20) / 5 - 1,
  note: (row: number): string => `t${row}`,
  y: (row: number): number => 2 * SMOOTH_COLUMNS.a(row) + SMOOTH_COLUMNS.b(row) ** 2,
};

/**
 * A network of two inputs u, v in −2 … 2, a hidden layer of three, and the labels low and high:
 * low = 2 u − v + 0.5 and high = u + v, each exactly, since the hidden layer is linear.
 */
export function writeLinearNetwork(folder: string): void {
  const manifest = {
    name: 'pair',
    input: { name: 'x', shape: [2], features: ['u', 'v'], domain: { min: -2, max: 2 } },
    layers: [
      { weights: 'hidden.csv', activation: 'identity' },
      { weights: 'scores.csv', activation: 'identity' },
    ],
    output: { labels: ['low', 'high'], decision: 'argmax' },
  };
  writeFileSync(join(folder, 'pair.json'), JSON.stringify(manifest));
  // Hidden: u − v, u, v + 0.5.
  writeFileSync(join(folder, 'hidden.csv'), '1,1,0\n-1,0,1\n0,0,0.5\n');
  // Scores: (u − v) + u + 0.5, and u + (v + 0.5) − 0.5.
  writeFileSync(join(folder, 'scores.csv'), '1,0\n1,1\n0,1\n0.5,-0.5\n');
}
