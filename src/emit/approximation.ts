/**
 * What the comment above `scores` says of a module that approximates: of what, how complex it is, how well
 * it does in range and out of range, and which inputs it reads in which range. The `network` constant
 * states the same for programs.
 */
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { CellDomain, InputTensor } from '../ir/model-interface.js';
import { tellFidelity } from '../ir/fidelity.js';
import type { Approximation, CellRange } from '../ir/fidelity.js';
import { toldInterface, toldName } from '../ir/told.js';
import type { Expression, Program, ProgramSymbol } from '../ir/program.js';
import { operandsOf } from '../ir/program-walk.js';
import { anyOf, shapeWords } from './interface-types.js';
import { numberText } from './numbers.js';
import type { PrintContext } from './print-expression.js';
import { allStatements, expressionsOf } from './walk.js';

/** Longer lists of cells are left out. */
const MOST_LISTED = 20;

/** Significant digits of the ends of a range. */
const SHORT_DIGITS = 6;

/** The lines of the comment. */
export function describeApproximation(
  program: Program,
  context: PrintContext,
  approximation: Approximation,
): string {
  const { inputs, outputs } = toldInterface(program.interface);
  const isWhole = approximation.target === undefined && approximation.measured.kind === 'probes';
  const whole = program.decides === true ? "the network's decisions" : "the network's scores";
  const what = isWhole ? whole : outputs.map(({ name }) => name).join(', ');
  let first = 0;
  const lines = inputs.map((input, index) => {
    const parameter = program.parameters[index];
    const ranges = approximation.ranges?.slice(first, (first += sizeOf(input.shape)));
    const reads = readsWords(input, cellsRead(program, parameter), ranges);
    return `\`${context.names.of(parameter)}\`: ${shapeWords(input)}${reads}.`;
  });
  const isTable = program.decides === true && approximation.measured.kind === 'rows';
  const title = isTable
    ? `Rules for ${what}, learned from a table.`
    : `An approximation of ${what}${aroundWords(approximation)}.`;
  return [title, ...replacedWords(approximation), figuresOf(program, approximation), ...lines].join(
    '\n',
  );
}

/** ` around [1, 2] alone, off by at most 0.1 at all inputs that were tried`. */
function aroundWords({ around, bound }: Approximation): string {
  if (around === undefined) return '';
  const point = around.length > MOST_LISTED ? 'one point' : `[${around.map(shortText).join(', ')}]`;
  const error =
    bound === undefined ? '' : `, off by at most ${shortText(bound)} where it was tried`;
  return ` around ${point} alone${error}`;
}

/** `It stands in for the layers hidden, output.` */
function replacedWords({ replaces = [] }: Approximation): readonly string[] {
  if (replaces.length === 0) return [];
  const what = replaces.length === 1 ? 'layer' : 'layers';
  return [`It stands in for the ${what} ${replaces.map(toldName).join(', ')}.`];
}

function figuresOf(
  { interface: model, decides }: Program,
  {
    target,
    complexity,
    counts,
    fidelity,
    fidelityOutOfRange,
    fidelityHeldOut,
    measured,
  }: Approximation,
): string {
  const isDecided = target === undefined && model.decision.kind !== 'none';
  const measure = isDecided || decides === true ? 'share of equal decisions' : 'R²';
  const size =
    decides === true && counts !== 'formulas'
      ? `${complexity} ${complexity === 1 ? 'leaf' : 'leaves'}`
      : `Complexity ${complexity}`;
  const inside = `${size}; fidelity ${tellFidelity(fidelity)}`;
  if (measured.kind === 'rows') {
    if (fidelityHeldOut === undefined && decides !== true) {
      return `${inside} (${measure} on ${measured.count} rows).`;
    }
    const figure = decides === true ? 'accuracy' : measure;
    const apart =
      fidelityHeldOut === undefined
        ? ''
        : `, ${tellFidelity(fidelityHeldOut)} on those not learned from`;
    const rows = `the ${measured.count} rows of the table`;
    return `${size}; ${figure} ${tellFidelity(fidelity)} on ${rows}${apart}.`;
  }
  const where = `${measure} on ${measured.count} random inputs`;
  if (fidelityOutOfRange === undefined) return `${inside} in range (${where}).`;
  // A negative R² says no more than that: a constant would do better.
  if (Number.isFinite(fidelityOutOfRange) && fidelityOutOfRange < 0) {
    const parted = `the two part out of range, where it is ${tellFidelity(fidelityOutOfRange)}`;
    return `${inside} in range (${where}); ${parted}.`;
  }
  return `${inside} in range, ${outsideWords(fidelityOutOfRange)} (${where} each).`;
}

function outsideWords(fidelity: number): string {
  return Number.isFinite(fidelity)
    ? `${tellFidelity(fidelity)} out of range`
    : 'none out of range, where some answers are no numbers';
}

/** `; it reads income from 0 to 10, debt from 0 to 5`. */
function readsWords(
  input: InputTensor,
  cells: readonly number[],
  ranges: readonly CellRange[] | undefined,
): string {
  if (input.shape.length === 0) return rangeWords(cellDomain(input.domain, 0), ranges?.[0]);
  if (cells.length === 0 || cells.length > MOST_LISTED) return '';
  const words = cells.map((cell) => {
    const name = input.features?.[cell] ?? placeOf(cell, input.shape);
    return name + rangeWords(cellDomain(input.domain, cell), ranges?.[cell]);
  });
  return `; it reads ${words.join(', ')}`;
}

function rangeWords(domain: CellDomain, range: CellRange | undefined): string {
  if (domain.kind === 'values') return ` (${anyOf(domain.values)})`;
  const [min, max] =
    range ?? (domain.kind === 'interval' ? [domain.min, domain.max] : [-Infinity, Infinity]);
  return Number.isFinite(min) ? ` from ${shortText(min)} to ${shortText(max)}` : '';
}

/** For the comment; the `network` constant has all digits. */
function shortText(value: number): string {
  return numberText(Number(value.toPrecision(SHORT_DIGITS)));
}

/** `[2][3]`, the place of a cell without a name. */
function placeOf(cell: number, shape: readonly number[]): string {
  let rest = cell;
  let text = '';
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    text = `[${rest % shape[axis]}]${text}`;
    rest = Math.floor(rest / shape[axis]);
  }
  return text;
}

/** The cells of a parameter that a program reads at fixed places, ascending. */
function cellsRead(program: Program, parameter: ProgramSymbol): readonly number[] {
  const { extents } = parameter.type;
  const cells = new Set<number>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'element' && expression.array === parameter) {
      const places = expression.indices.map((index) =>
        index.kind === 'number' ? index.value : NaN,
      );
      cells.add(places.reduce((cell, place, axis) => cell * extents[axis] + place, 0));
    }
    operandsOf(expression).forEach(visit);
  };
  for (const statement of allStatements(program.body)) expressionsOf(statement).forEach(visit);
  return [...cells].filter(Number.isInteger).sort((one, other) => one - other);
}
