/** What networks become before they are clustered: the rows of the simpler network, as its dump says them. */
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { dumpNetwork } from '../../../src/ir/network-dump.js';
import type { Domain } from '../../../src/ir/model-interface.js';
import type { Network } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import { simplifyNetwork } from '../../../src/simplify/index.js';
import { forward } from '../../../src/verify/teacher.js';
import { affine, largest, piecewiseNetwork, smallest } from '../../helpers/build/piecewise.js';
import { disguise } from '../../helpers/disguise.js';
import { chainNetwork } from '../../helpers/networks.js';
import type { LayerSpec } from '../../helpers/networks.js';

const UNIT: Domain = { kind: 'interval', min: -2, max: 2 };

type Rows = readonly (readonly number[])[];

/** Rectified units and one linear layer that reads them. */
function twoLayers(units: Rows, bias: readonly number[], outputs: Rows, domain = UNIT): Network {
  const layers: LayerSpec[] = [
    { rows: units, bias, activation: 'relu' },
    { rows: outputs, bias: outputs.map(() => 0), activation: 'identity' },
  ];
  return chainNetwork({
    name: 'two layers',
    input: { name: 'x', shape: [units[0].length], domain },
    layers,
    decision: { kind: 'none' },
  });
}

/** The layers of the simpler network, one line each: the activation and its rows. */
function told(network: Network, tolerance?: number): readonly string[] {
  const { network: simple } = simplifyNetwork(network, tolerance);
  expect([...checkNetwork(simple)]).toEqual([]);
  return dumpNetwork(simple)
    .split('\n')
    .flatMap((line) => {
      const head = /^layer \d+ .*?: ([a-z-]+(?: [-\d.]+)?)/.exec(line);
      const row = /^ {2}\d+: (.*)$/.exec(line);
      return head !== null ? [head[1]] : row !== null ? [row[1]] : [];
    });
}

describe('shapes of one number', () => {
  it.each<[string, Network, readonly string[]]>([
    ['x = r(x) − r(−x)', twoLayers([[1], [-1]], [0, 0], [[1, -1]]), ['identity', '1·x[0]']],
    ['|x|', twoLayers([[1], [-1]], [0, 0], [[1, 1]]), ['abs', '1·x[0]', 'identity', '1·x[0]']],
    ['|x − y|, scaled', twoLayers([[2, -2], [-3, 3]], [0, 0], [[1.5, 1]]), ['abs', '1·x[0] - 1·x[1]', 'identity', '3·x[0]']],
    ['a clamp', twoLayers([[1], [1]], [0, -1], [[1, -1]]), ['clamp 0..1', '1·x[0]', 'identity', '1·x[0]']],
    ['a clamp, turned', twoLayers([[-1], [-1]], [0, 1], [[1, -1]]), ['clamp 0..1', '1·x[0]', 'identity', '1·x[0] - 1']],
    ['a hat', twoLayers([[1], [1], [1]], [1, 0, -1], [[1, -2, 1]]), ['abs', '1·x[0]', 'relu', '-1·x[0] + 1', 'identity', '1·x[0]']],
    ['the larger of two', twoLayers([[1, -1], [0, 1], [0, -1]], [0, 0, 0], [[1, 1, -1]]), ['max', '1·x[0] + 1·x[1]', 'identity', '1·x[0]']],
    ['the smaller of two', twoLayers([[1, -1], [1, 0], [-1, 0]], [0, 0, 0], [[-1, 1, -1]]), ['min', '1·x[0] + 1·x[1]', 'identity', '1·x[0]']],
  ])('%s', (_, network, layers) => {
    expect(told(network)).toEqual(layers);
  }); // prettier-ignore
});

describe('units that never switch on the domain', () => {
  const network = twoLayers([[1, 1], [1, -1], [1, 0], [0, 1]], [5, -5, 0, -0.5], [[1, 1, 1, 1]]); // prettier-ignore

  it('become sums, or vanish, and are counted', () => {
    const { changes } = simplifyNetwork(network);
    expect(changes).toMatchObject([
      { kind: 'always-off', neurons: [{ layer: 0, index: 1 }] },
      { kind: 'always-on', neurons: [{ layer: 0, index: 0 }] },
      { kind: 'simplified', before: { neurons: 5 }, after: { neurons: 3 } },
    ]);
  });

  it('stay where the domain is wider', () => {
    const wide = { ...network, inputs: [{ ...network.inputs[0], domain: { kind: 'interval', min: -9, max: 9 } as const }] }; // prettier-ignore
    expect(simplifyNetwork(wide).changes).toEqual([]);
  });

  it('may reach the border, which belongs to the domain', () => {
    // r(x + 2) is x + 2 down to −2; r(x + 1) switches.
    expect(told(twoLayers([[1], [1]], [2, 1], [[1, 1]]))).toEqual([
      'relu',
      '1·x[0] + 1',
      'identity',
      '1·x[0] + 1·x[1] + 2',
    ]);
  });
});

describe('what is no idiom', () => {
  it('stays the same network', () => {
    const random = createRandom(1);
    const rows = (count: number, width: number): number[][] =>
      Array.from({ length: count }, () => Array.from({ length: width }, () => random.normal()));
    const network = twoLayers(rows(12, 6), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], rows(3, 12));
    expect(simplifyNetwork(network).network).toBe(network);
  });

  it('keeps what signs and steps read to the last bit', () => {
    const network = chainNetwork({
      name: 'threshold',
      input: { name: 'x', shape: [1], domain: UNIT },
      layers: [
        { rows: [[1], [-1]], bias: [0, 0], activation: 'relu' },
        { rows: [[1, 1]], bias: [-0.3], activation: 'sign' },
      ],
      decision: { kind: 'none' },
    });
    expect(simplifyNetwork(network).network).toBe(network);
  });

  it('is not evened out where nothing may be lost', () => {
    const network = twoLayers(
      [
        [1, 1],
        [-1, -1.00001],
      ],
      [0, 0],
      [[1, 1]],
    );
    expect(told(network, 1e-3)).toContain('abs');
    expect(told(network, 1e-9)).not.toContain('abs');
  });
});

describe('trees of comparisons', () => {
  const pieces = [affine(1, 2, 3), affine(-1, 0.5, 0), affine(0.25, -1, 1), affine(-2, -1, 0.5)];
  const tree = largest(smallest(pieces[0], pieces[1]), smallest(pieces[1], pieces[2], pieces[3]));

  it.each(['halves', 'chain'] as const)('are opened to groups: %s', (order) => {
    const { network: simple } = simplifyNetwork(piecewiseNetwork('tree', [tree], { inputs: 2, order }));
    const kinds = simple.layers.map(({ activation: { kind }, size }) => `${kind} ${size}`);
    expect(kinds).toEqual(['identity 4', 'min 2', 'max 1', 'identity 1']);
  }); // prettier-ignore

  it('compute the same under every disguise', () => {
    const network = piecewiseNetwork('tree', [tree], { inputs: 2 });
    const random = createRandom(4);
    for (const noise of [0, 1e-9]) {
      const options = { permute: true, stretch: true, duplicates: 2, dead: 2, noise, seed: 3 };
      const disguised = disguise(network, options);
      const { network: simple } = simplifyNetwork(disguised);
      expect(simple.layers.map(({ activation: { kind } }) => kind)).toEqual(['identity', 'min', 'max', 'identity']); // prettier-ignore
      for (let k = 0; k < 200; k++) {
        const x = [4 * random.unit() - 2, 4 * random.unit() - 2].map((v) => Math.max(-1, Math.min(1, v))); // prettier-ignore
        expect(Math.abs(forward(simple, [x])[0][0] - forward(disguised, [x])[0][0])).toBeLessThan(1e-6);
      }
    }
  }); // prettier-ignore
});
