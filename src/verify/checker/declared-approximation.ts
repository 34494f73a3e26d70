/**
 * What an approximate module states of itself (`Approximation`), read from its `network` constant. Nothing
 * is believed yet; what cannot be read, or could not be measured again, is told as a false statement.
 */
import type { Approximation, CellRange, Measured } from '../../ir/fidelity.js';
import { cellDomainsOf, isBounded } from '../../ir/fidelity-probes.js';
import { domainHull } from '../../ir/model-interface.js';
import type { ModelInterface } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { DeclaredTarget } from '../../ir/target.js';
import type { Value } from './interpreter/values.js';
import { ArrayValue, ObjectValue } from './interpreter/values.js';

/** A statement that is wrong by itself. */
export class FalseStatement extends Error {
  constructor(
    /** The field, `network.fidelity`. */
    readonly where: string,
    message: string,
  ) {
    super(message);
  }
}

/** Fewer inputs tell nothing, more take too long to run again. */
const [FEWEST_PROBES, MOST_PROBES] = [100, 100_000];

/** @throws FalseStatement */
export function readApproximation(constant: ObjectValue): Approximation {
  const { entries } = constant;
  const fidelity = numberOf(entries.get('fidelity'));
  if (fidelity === undefined || !(fidelity <= 1)) {
    throw new FalseStatement('network.fidelity', 'declares no fidelity of at most 1');
  }
  const outside = entries.get('fidelityOutOfRange');
  const heldOut = entries.get('fidelityHeldOut');
  for (const [key, value] of [['fidelityOutOfRange', outside], ['fidelityHeldOut', heldOut]] as const) {
    if (value === undefined || (numberOf(value) ?? NaN) <= 1) continue;
    throw new FalseStatement(`network.${key}`, 'declares no fidelity of at most 1');
  } // prettier-ignore
  const [explains, complexity] = [entries.get('explains'), entries.get('complexity')];
  if (explains !== undefined && explains !== 'decisions') {
    throw new FalseStatement('network.explains', 'explains nothing that is known');
  }
  if (complexity !== undefined && !((numberOf(complexity) ?? NaN) >= 0)) {
    throw new FalseStatement('network.complexity', 'declares a complexity that is no number from 0 on');
  } // prettier-ignore
  const target = entries.get('target');
  const ranges = entries.get('ranges');
  const replaces = entries.get('replaces');
  const [around, bound] = [entries.get('around'), entries.get('bound')];
  return {
    ...(explains === undefined ? {} : { explains }),
    complexity: numberOf(complexity) ?? 0,
    fidelity,
    ...(outside === undefined ? {} : { fidelityOutOfRange: numberOf(outside) ?? NaN }),
    ...(heldOut === undefined ? {} : { fidelityHeldOut: numberOf(heldOut) ?? NaN }),
    ...(target === undefined ? {} : { target: targetOf(target) }),
    ...(ranges === undefined ? {} : { ranges: rangesOf(ranges) }),
    ...(replaces === undefined ? {} : { replaces: namesOf(replaces) }),
    ...(around === undefined ? {} : { around: numbersOf(around) }),
    ...(bound === undefined ? {} : { bound: numberOf(bound) ?? NaN }),
    measured: measuredOf(entries.get('measured')),
  };
}

/**
 * Whether the ranges are those of the model: given where a domain has no bounds, and nowhere else others.
 * Around a point they lie within the domain and hold the point.
 */
export function checkRanges(
  model: ModelInterface,
  { ranges, around }: Pick<Approximation, 'ranges' | 'around'>,
): void {
  const fail = (message: string): never => {
    throw new FalseStatement('network.ranges', message);
  };
  if (ranges === undefined) {
    if (around !== undefined) fail('declares no ranges around its point');
    if (!isBounded(model)) fail('declares no ranges, and the domain has no bounds');
    return;
  }
  const domains = cellDomainsOf(model);
  if (ranges.length !== domains.length) {
    fail(`declares ${ranges.length} ranges for ${domains.length} cells`);
  }
  if (around !== undefined && around.length !== domains.length) {
    fail(`is around ${around.length} numbers, for ${domains.length} cells`);
  }
  domains.forEach((domain, cell) => {
    const [min, max] = ranges[cell];
    if (!(min <= max && Number.isFinite(max - min))) fail(`declares no range for cell ${cell}`);
    if (around !== undefined) {
      const [least, most] = domainHull(domain);
      const isAround = around[cell] >= min && around[cell] <= max;
      if (!isAround) fail(`declares a range for cell ${cell} without its point`);
      if (min < least || max > most) fail(`declares a range for cell ${cell} beyond its domain`);
      if (domain.kind === 'values' && !domain.values.includes(around[cell])) {
        fail(`is around a point whose cell ${cell} is no value of its domain`);
      }
      return;
    }
    if (domain.kind === 'interval' && (min !== domain.min || max !== domain.max)) {
      fail(`declares another range for cell ${cell} than its domain`);
    }
  });
}

/** Whether the layers that it stands in for are some of the network's, in its order, each once, and not all. */
export function checkReplaces(
  { layers }: Pick<StagedNetwork, 'layers'>,
  replaces: readonly string[] | undefined,
): void {
  if (replaces === undefined) return;
  let from = 0;
  const isInOrder = replaces.every((name) => {
    const found = layers.findIndex((layer, position) => position >= from && layer.name === name);
    from = found + 1;
    return found >= 0;
  });
  if (isInOrder && replaces.length > 0 && replaces.length < layers.length) return;
  throw new FalseStatement(
    'network.replaces',
    "declares layers that are not some of the network's, in its order",
  );
}

function namesOf(value: Value): readonly string[] {
  const items = value instanceof ArrayValue ? value.items : [];
  return items.map((item) => (typeof item === 'string' ? item : ''));
}

/** NaN for what is no number. */
function numbersOf(value: Value): readonly number[] {
  if (!(value instanceof ArrayValue)) {
    throw new FalseStatement('network.around', 'declares a point that is no array');
  }
  return value.items.map((item) => numberOf(item) ?? NaN);
}

function numberOf(value: Value): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function measuredOf(value: Value): Measured {
  const fail = (message: string): never => {
    throw new FalseStatement('network.measured', message);
  };
  if (!(value instanceof ObjectValue))
    return fail('does not say on what its fidelity was measured');
  const [probes, rows, seed, share] = ['probes', 'rows', 'seed', 'heldOut'].map((key) =>
    numberOf(value.entries.get(key)),
  );
  if (rows !== undefined) {
    if (share === undefined) return { kind: 'rows', count: rows };
    if (!(share > 0 && share < 1)) return fail('holds out no share of its rows between 0 and 1');
    if (seed === undefined || !Number.isSafeInteger(seed)) return fail('declares no seed');
    return { kind: 'rows', count: rows, heldOut: { share, seed } };
  }
  if (probes === undefined || !Number.isInteger(probes) || probes < FEWEST_PROBES || probes > MOST_PROBES) {
    return fail(`its fidelity was not measured on ${FEWEST_PROBES} to ${MOST_PROBES} inputs`);
  } // prettier-ignore
  if (seed === undefined || !Number.isSafeInteger(seed)) return fail('declares no seed');
  return { kind: 'probes', count: probes, seed };
}

function targetOf(value: Value): DeclaredTarget {
  const field = (key: string): Value =>
    value instanceof ObjectValue ? value.entries.get(key) : undefined;
  const nameOf = (key: string): string | number | undefined => {
    const name = field(key);
    return typeof name === 'string' || typeof name === 'number' ? name : undefined;
  };
  const [output, layer] = [nameOf('output'), nameOf('layer')];
  const [cell, neuron] = [numberOf(field('cell')), numberOf(field('neuron'))];
  if (output !== undefined && cell !== undefined) return { output, cell };
  if (layer !== undefined && neuron !== undefined) return { layer, neuron };
  throw new FalseStatement('network.target', 'declares no cell of an output and no neuron');
}

function rangesOf(value: Value): readonly CellRange[] {
  if (!(value instanceof ArrayValue)) {
    throw new FalseStatement('network.ranges', 'declares ranges that are no array');
  }
  return value.items.map((range): CellRange => {
    const ends = range instanceof ArrayValue ? range.items.map(numberOf) : [];
    return [ends[0] ?? NaN, ends[1] ?? NaN];
  });
}
