/**
 * The inputs that two models both take: their domains, cell by cell. A proof about one domain holds for
 * every part of it, and for nothing else.
 */
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { CellDomain, InputTensor, ModelInterface } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';

/** Whether both have the same number of inputs of the same shapes. */
export function sameShapes(old: ModelInterface, fresh: ModelInterface): boolean {
  return (
    old.inputs.length === fresh.inputs.length &&
    old.inputs.every(({ shape }, k) => sameNumbers(shape, fresh.inputs[k].shape))
  );
}

/** Whether two lists hold the same numbers in the same order. */
export function sameNumbers(old: readonly number[], fresh: readonly number[]): boolean {
  return old.length === fresh.length && old.every((value, k) => value === fresh[k]);
}

/** Whether every input of `inner` is one of `outer`; the shapes are the same. */
export function contains(outer: ModelInterface, inner: ModelInterface): boolean {
  return everyCell(outer, inner, (one, two) => {
    if (one.kind === 'real') return true;
    if (two.kind === 'real') return false;
    const values = two.kind === 'values' ? two.values : [two.min, two.max];
    if (one.kind === 'interval') return values.every((v) => v >= one.min && v <= one.max);
    return two.kind === 'values' && values.every((value) => one.values.includes(value));
  });
}

/**
 * The old model's interface with the domains in which both are defined; `undefined` where some cell has no
 * value that both take. The shapes are the same.
 */
export function commonDomain(
  old: ModelInterface,
  fresh: ModelInterface,
): ModelInterface | undefined {
  if (contains(fresh, old)) return old;
  const inputs: InputTensor[] = [];
  for (const [index, input] of old.inputs.entries()) {
    const cells: CellDomain[] = [];
    for (let cell = 0; cell < sizeOf(input.shape); cell++) {
      const both = intersection(
        cellDomain(input.domain, cell),
        cellDomain(fresh.inputs[index].domain, cell),
      );
      if (both === undefined) return undefined;
      cells.push(both);
    }
    inputs.push({ ...input, domain: { kind: 'per-cell', cells } });
  }
  return { ...old, inputs };
}

function intersection(one: CellDomain, two: CellDomain): CellDomain | undefined {
  if (one.kind === 'real') return two;
  if (two.kind === 'real') return one;
  if (one.kind === 'interval' && two.kind === 'interval') {
    const [min, max] = [Math.max(one.min, two.min), Math.min(one.max, two.max)];
    return min > max ? undefined : { kind: 'interval', min, max };
  }
  const isIn = (domain: typeof one, value: number): boolean =>
    domain.kind === 'values'
      ? domain.values.includes(value)
      : value >= domain.min && value <= domain.max;
  const values = one.kind === 'values' ? one.values : two.kind === 'values' ? two.values : [];
  const kept = values.filter((value) => isIn(one, value) && isIn(two, value));
  return kept.length === 0 ? undefined : { kind: 'values', values: kept };
}

function everyCell(
  one: ModelInterface,
  two: ModelInterface,
  holds: (one: CellDomain, two: CellDomain) => boolean,
): boolean {
  return one.inputs.every((input, index) => {
    const other = two.inputs[index].domain;
    if (input.domain.kind !== 'per-cell' && other.kind !== 'per-cell')
      return holds(input.domain, other);
    return Array.from({ length: sizeOf(input.shape) }, (_, cell) => cell).every((cell) =>
      holds(cellDomain(input.domain, cell), cellDomain(other, cell)),
    );
  });
}

/** A network that is called like another model: its names, labels and decision, its own weights. */
export function asModel(network: StagedNetwork, model: ModelInterface): StagedNetwork {
  return {
    ...network,
    name: model.name,
    source: model.source,
    decision: model.decision,
    inputs: network.inputs.map(({ shape, domain }, k) => ({ ...model.inputs[k], shape, domain })),
    outputs: network.outputs.map(({ shape }, k) => ({ ...model.outputs[k], shape })),
  };
}
