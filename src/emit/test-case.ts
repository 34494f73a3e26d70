/**
 * A counterexample as a test that can be run: the input on which a module and its network part, and what the
 * network answers there. It needs nothing but Node's own test runner.
 */
import type { ModelInterface } from '../ir/model-interface.js';
import { sizeOf } from '../ir/model-interface.js';
import { toldInterface } from '../ir/told.js';
import { placeText } from '../ir/words.js';
import type { Counterexample } from '../ir/verdict.js';
import { format } from './assemble.js';
import { numberText, stringText } from './numbers.js';

export interface TestCaseOptions {
  /** What the test imports the module by: `./orientation.js`. */
  readonly module: string;
  /** What the network decides: a label or an index; absent without a decision. */
  readonly decision?: string | number;
  /** Largest |module − network| allowed on an output. */
  readonly tolerance: number;
}

/** Arrays of at most so many numbers are written out; of longer ones what stands out from their most frequent number. */
const MOST_LISTED = 32;

/**
 * The text of the test: it fails for the module that was refuted, and passes once the module answers this
 * input as the network does. The counterexample must have inputs.
 */
export async function emitTestCase(
  model: ModelInterface,
  { inputs, expected, where }: Counterexample,
  { module, decision, tolerance }: TestCaseOptions,
): Promise<string> {
  const told = toldInterface(model);
  const names = inputs.map((_, k) => (inputs.length === 1 ? 'input' : `input${k + 1}`));
  const arrays = inputs.flatMap((cells, k) => inputText(names[k], cells, told.inputs[k].shape));
  const call = `(${names.join(', ')})`;
  const checks = [
    `const actual = [scores${call}].flat(Infinity) as number[];`,
    ...numbersText('expected', expected),
    'assert.equal(actual.length, expected.length);',
    `for (const [k, score] of expected.entries()) {`,
    `  assert.ok(Math.abs(actual[k] - score) <= ${numberText(tolerance)}, \`output \${k}: \${actual[k]}, not \${score}\`);`,
    `}`,
  ];
  const several = told.outputs.length > 1;
  const scores = several ? checks.map((line) => line.replace('[scores', '[Object.values(scores').replace(')].flat', '))].flat')) : checks; // prettier-ignore
  const decided = decision === undefined ? [] : [`assert.equal(predict${call}, ${typeof decision === 'string' ? stringText(decision) : decision});`]; // prettier-ignore
  const imports = decision === undefined ? 'scores' : 'predict, scores';
  const title = `${told.name} answers as its network does where a counterexample was found (${where})`;
  return format(
    [
      '// A counterexample found by deepdistill; run with node --test or any runner that knows node:test.',
      "import assert from 'node:assert/strict';",
      "import { test } from 'node:test';",
      `import { ${imports} } from ${stringText(module)};`,
      '',
      `test(${stringText(title)}, () => {`,
      ...arrays,
      ...scores,
      ...decided,
      '});',
    ].join('\n'),
  );
}

/** A nested array (or a number) with these cells; a long one is filled, and what stands out is set. */
function inputText(name: string, cells: readonly number[], shape: readonly number[]): string[] {
  if (shape.length === 0) return [`const ${name} = ${numberText(cells[0])};`];
  if (cells.length <= MOST_LISTED) return [`const ${name} = ${nestedText(cells, shape)};`];
  const background = mostFrequent(cells);
  const others = cells.flatMap((value, cell) => (value === background ? [] : [{ value, cell }]));
  return [
    `const ${name} = ${filledText(shape, background)};`,
    ...others.map(({ value, cell }) => `${name}${placeText(cell, shape)} = ${numberText(value)};`),
  ];
}

function numbersText(name: string, numbers: readonly number[]): string[] {
  if (numbers.length <= MOST_LISTED) return [`const ${name} = ${nestedText(numbers, [numbers.length])};`]; // prettier-ignore
  return inputText(name, numbers, [numbers.length]);
}

function nestedText(cells: readonly number[], shape: readonly number[]): string {
  if (shape.length === 1) return `[${cells.map(numberText).join(', ')}]`;
  const size = sizeOf(shape.slice(1));
  const rows = Array.from({ length: shape[0] }, (_, row) =>
    nestedText(cells.slice(row * size, (row + 1) * size), shape.slice(1)),
  );
  return `[${rows.join(', ')}]`;
}

function filledText([extent, ...rest]: readonly number[], value: number): string {
  if (rest.length === 0) return `new Array<number>(${extent}).fill(${numberText(value)})`;
  return `Array.from({ length: ${extent} }, () => ${filledText(rest, value)})`;
}

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
