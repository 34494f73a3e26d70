/**
 * Random programs, put together from the builders: any rule, any border, any region, odd shapes (1 × n,
 * n × 1, tiny rings), members missing, cells not read, two programs side by side or one after the other.
 */
import type { Domain } from '../../../src/ir/model-interface.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import type { Random } from '../../../src/numeric/random.js';
import { indices } from '../zoo-tools.js';
import { adder } from '../build/adder.js';
import { oneAfterAnother, outputSize, profile, sideBySide, withMembers, withoutCells } from '../build/combine.js'; // prettier-ignore
import { atLeast, countTable, exactly, majority, parity } from '../build/counts.js';
import { elementaryAutomaton } from '../build/local-rules.js';
import { balance, compareNumbers, ramp } from '../build/numbers.js';
import { pairwise } from '../build/pairs.js';
import type { PairOptions } from '../build/pairs.js';
import { anyAutomaton } from '../build/several-rules.js';
import type { Gate, Reader, Specimen } from '../build/specimen.js';
import { totalistic } from '../build/totalistic.js';
import { between, chance, pick, randomShape, subset } from './choose.js';
import { randomRegions } from './random-regions.js';

const GATES: readonly Gate[] = ['step', 'sign'];
const READERS: readonly Reader[] = ['step', 'sign', 'identity'];
const BORDERS = ['wrap', 'zero'] as const;

type Draw = (random: Random, cells: number) => Specimen;

/** Programs by kind; each draws one with at most about `cells` two-valued cells of input. */
const KINDS: readonly Draw[] = [
  randomAutomaton,
  randomAutomaton,
  randomTotalistic,
  randomPairs,
  randomRegions,
  randomRegions,
  randomRegions,
  randomCount,
  randomNumbers,
  randomAdder,
  (random, cells) =>
    anyAutomaton(between(random, 1, Math.max(1, cells - 8)), pick(random, BORDERS)),
];

/** A random program; the generator alone decides. */
export function randomProgram(random: Random, cells: number): Specimen {
  const first = pick(random, KINDS)(random, cells);
  if (first.network.inputs.length > 1) return first;
  switch (random.below(8)) {
    case 0:
      return withMembers(first, subset(random, outputSize(first), 0.7));
    case 1: {
      const [{ shape, domain }] = first.network.inputs;
      const width = sizeOf(shape);
      // A cell that is not read counts as 0, which must be one of its values.
      if (domain.kind !== 'values' || !domain.values.includes(0)) return first;
      return withoutCells(first, subset(random, width, 0.15));
    }
    case 2:
      return followed(random, first);
    case 3:
      return accompanied(random, first);
    default:
      return first;
  }
}

/** The program, and another one that reads its truths. */
function followed(random: Random, first: Specimen): Specimen {
  const { layers } = first.network;
  const width = outputSize(first);
  if (layers[layers.length - 1].activation.kind !== 'step' || width < 2 || width > 16) return first;
  if (chance(random, 0.5)) return oneAfterAnother(first, countOf(random, width));
  return oneAfterAnother(first, automatonOf(random, width, 'bits'));
}

/** The program beside another one over the same input, where one of the same layers is found. */
function accompanied(random: Random, first: Specimen): Specimen {
  const [{ shape, domain }] = first.network.inputs;
  for (let attempt = 0; attempt < 10; attempt++) {
    const other =
      shape.length === 1 && chance(random, 0.5)
        ? automatonOf(random, shape[0], 'bits')
        : randomRegions(random, sizeOf(shape), shape);
    const [input] = other.network.inputs;
    const alike = JSON.stringify(input.domain) === JSON.stringify(domain);
    if (!alike || profile(other) !== profile(first)) continue;
    return sideBySide(first, other, pick(random, ['joined', 'interleaved']));
  }
  return first;
}

function randomAutomaton(random: Random, cells: number): Specimen {
  return automatonOf(random, between(random, 1, cells), pick(random, ['bits', 'bits', 'signs']));
}

function automatonOf(random: Random, width: number, cells: 'bits' | 'signs'): Specimen {
  return elementaryAutomaton({
    rule: random.below(256),
    width,
    border: pick(random, BORDERS),
    encoding: pick(random, ['minterms', 'maxterms', 'thermometer']),
    hidden: pick(random, GATES),
    cells,
    output: pick(random, READERS),
  });
}

function randomTotalistic(random: Random, cells: number): Specimen {
  const [rows, columns] = randomShape(random, 2, cells);
  const life = chance(random, 0.5);
  return totalistic({
    rows,
    columns,
    border: pick(random, BORDERS),
    ...(life ? {} : { birth: subset(random, 9, 0.25), survival: subset(random, 9, 0.25) }),
    encoding: pick(random, ['one sum', 'conditions']),
    hidden: pick(random, GATES),
    output: pick(random, READERS),
  });
}

function randomPairs(random: Random, cells: number): Specimen {
  const pairs = pick(random, ['some', 'all'] as const);
  const outputs: readonly PairOptions['output'][] =
    pairs === 'some' ? ['scores', 'strict'] : ['scores', 'strict', 'best', 'first'];
  const interval: Domain = { kind: 'interval', min: -1, max: 1 };
  return pairwise({
    values: between(random, 2, Math.max(2, Math.floor(cells / 2))),
    pairs,
    seek: pick(random, ['largest', 'smallest']),
    output: pick(random, outputs),
    ...(chance(random, 0.2) ? { domain: interval } : {}),
    ...(chance(random, 0.5) ? { decision: { kind: pick(random, ['argmax', 'argmin']) } } : {}),
  });
}

function randomCount(random: Random, cells: number): Specimen {
  return countOf(random, between(random, 1, cells));
}

function countOf(random: Random, width: number): Specimen {
  const k = between(random, 1, width);
  switch (random.below(5)) {
    case 0:
      return parity(width, pick(random, GATES));
    case 1:
      return exactly(k, width, pick(random, GATES));
    case 2:
      return atLeast(k, width);
    case 3:
      return majority(width);
    default: {
      const table = indices(width + 1).map(() => random.below(2));
      return countTable('table', table, pick(random, GATES), pick(random, READERS));
    }
  }
}

function randomNumbers(random: Random, cells: number): Specimen {
  switch (random.below(3)) {
    case 0:
      return compareNumbers(
        between(random, 1, Math.floor(cells / 2)),
        pick(random, ['lsb', 'msb']),
      );
    case 1:
      return balance(between(random, 1, cells));
    default: {
      const width = between(random, 1, cells);
      const most = (width * (width + 1)) / 2;
      const limits = indices(between(random, 1, 4)).map(() => between(random, 1, most));
      return ramp(width, [...new Set(limits)].sort((a, b) => a - b)); // prettier-ignore
    }
  }
}

function randomAdder(random: Random, cells: number): Specimen {
  return adder({
    bits: between(random, 1, Math.max(1, Math.floor(cells / 2))),
    order: pick(random, ['lsb', 'msb']),
    encoding: pick(random, ['look-ahead', 'thresholds', 'ripple']),
  });
}
