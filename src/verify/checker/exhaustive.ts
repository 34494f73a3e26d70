/** Every input of a small finite domain, one after the other. */
import type { StagedNetwork } from '../../ir/network.js';
import { cellDomain, sizeOf } from '../../ir/model-interface.js';
import type { Probe } from '../probes.js';

/** Largest domain that is run through. */
export const MAX_INPUTS = 1 << 16;

/** The number of inputs of a network's domain; Infinity where it is not finite. */
export function domainSize(network: Pick<StagedNetwork, 'inputs'>): number {
  let size = 1;
  for (const { shape, domain } of network.inputs) {
    for (let cell = 0; cell < sizeOf(shape); cell++) {
      const own = cellDomain(domain, cell);
      if (own.kind !== 'values') return Infinity;
      size *= own.values.length;
      if (size > Number.MAX_SAFE_INTEGER) return Infinity;
    }
  }
  return size;
}

/** All inputs, the first cell changing fastest. The arrays are the same at every step. */
export function* allInputs(network: Pick<StagedNetwork, 'inputs'>): Generator<Probe> {
  const probe = network.inputs.map(({ shape }) => new Float64Array(sizeOf(shape)));
  const places = network.inputs.flatMap(({ shape, domain }, input) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => {
      const own = cellDomain(domain, cell);
      return { input, cell, values: own.kind === 'values' ? own.values : [0] };
    }),
  );
  const digits = new Uint32Array(places.length);
  for (const { input, cell, values } of places) probe[input][cell] = values[0];
  for (;;) {
    yield probe;
    let k = 0;
    for (; k < places.length; k++) {
      const { input, cell, values } = places[k];
      digits[k] = (digits[k] + 1) % values.length;
      probe[input][cell] = values[digits[k]];
      if (digits[k] !== 0) break;
    }
    if (k === places.length) return;
  }
}
