/** A network that counts, step by step: small enough to write every field of a scan by hand. */
import { denseLayer } from '../../src/ir/builders.js';
import type { Scan, StagedNetwork, Tap } from '../../src/ir/network.js';

const BITS = { kind: 'values', values: [0, 1] } as const;
const REAL = { kind: 'real' } as const;

/** How many of four bits are set: so far, and in all. */
export function counterNetwork(): StagedNetwork {
  const next = denseLayer({
    name: 'next',
    sources: [
      { kind: 'input', index: 0 },
      { kind: 'input', index: 1 },
    ],
    rows: [[1, 1]],
    bias: [0],
    activation: { kind: 'identity' },
    shape: [],
  });
  const body: StagedNetwork = {
    name: 'counter',
    source: '',
    inputs: [
      { name: 'bit', shape: [], domain: REAL },
      { name: 'count', shape: [], domain: REAL },
    ],
    outputs: [{ name: 'next', shape: [] }],
    decision: { kind: 'none' },
    layers: [next],
    results: [{ kind: 'layer', index: 0 }],
    parameters: 0,
    warnings: [],
  };
  const scan: Scan = {
    kind: 'scan',
    name: 'counter',
    word: '',
    sources: [{ kind: 'input', index: 0 }],
    steps: 4,
    reversed: false,
    feeds: [
      { kind: 'row', source: 0 },
      { kind: 'state', first: new Float64Array(1), next: 0 },
    ],
    body,
    outputs: [
      { state: 1, every: true },
      { state: 1, every: false },
    ],
    size: 4,
    shape: [4],
  };
  const tap: Tap = {
    kind: 'tap',
    name: 'counter',
    sources: [{ kind: 'layer', index: 0 }],
    output: 1,
    size: 1,
    shape: [],
  };
  return {
    name: 'counter',
    source: 'sha256:test',
    inputs: [{ name: 'bits', shape: [4], domain: BITS }],
    outputs: [
      { name: 'counts', shape: [4] },
      { name: 'count', shape: [] },
    ],
    decision: { kind: 'none' },
    layers: [scan, tap],
    results: [
      { kind: 'layer', index: 0 },
      { kind: 'layer', index: 1 },
    ],
    parameters: 0,
    warnings: [],
  };
}
