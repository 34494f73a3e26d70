/** Certificates: what stands in one is true by other means, and nothing in one can be changed unnoticed. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compile.js';
import { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import type { Certificate, Claim, TiedNeurons } from '../../../src/ir/certificate.js';
import type { Network } from '../../../src/ir/network.js';
import { renderCertificate } from '../../../src/report/certificate.js';
import { allInputs } from '../../../src/verify/checker/exhaustive.js';
import { certificateOf, certify, checkCertificate } from '../../../src/verify/index.js';
import { disguise } from '../../helpers/disguise.js';
import { chainNetwork, maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

const SMALL: Network = chainNetwork({
  name: 'small',
  input: { name: 'cells', shape: [6], domain: { kind: 'values', values: [-1, 0, 1] } },
  layers: [
    {
      rows: [
        [2, -1, 0, 3, 0, 1],
        [0.3, 0.3, 0.3, 0, 0, -0.6],
        [0, 0, 1, 1, 1, 0],
      ],
      bias: [1, 0, -2],
      activation: 'sign',
    },
    { rows: [[1, 1, -2], [0.5, -1, 0]], bias: [0, 1], activation: 'sign' }, // prettier-ignore
    { rows: [[1, 0.25], [-1, 0.1]], bias: [0.5, 0], activation: 'identity' }, // prettier-ignore
  ],
});

async function claimOf(network: Network): Promise<{ code: string; claim: Claim }> {
  const { code } = await compile(network);
  const { claim } = await certify(network, code);
  if (claim === undefined) throw new Error('nothing to certify');
  return { code, claim };
}

/** Positions in `0..2, 5`. */
function positions({ neurons }: TiedNeurons): number[] {
  return neurons.split(', ').flatMap((range) => {
    const [from, to = from] = range.split('..').map(Number);
    return Array.from({ length: to - from + 1 }, (_, k) => from + k);
  });
}

/** Pre-activations and values of all layers, in plain sums. */
function evaluate(network: Network, input: readonly number[]): { z: number[]; shares: number[] }[] {
  let source = [...input];
  return network.layers.map(({ weights, bias, activation }) => {
    const z = Array.from(bias, (start, neuron) => {
      let sum = start;
      for (let k = weights.rowStart[neuron]; k < weights.rowStart[neuron + 1]; k++) {
        sum += weights.values[k] * source[weights.columns[k]];
      }
      return sum;
    });
    const near = (value: number): number => (Math.abs(value) < 1e-6 ? 0 : value);
    // Every cell of this network is at most 1.
    const shares = z.map((value, neuron) => {
      const row = weights.values.subarray(weights.rowStart[neuron], weights.rowStart[neuron + 1]);
      return (
        Math.abs(value) /
        row.reduce((sum, weight) => sum + Math.abs(weight), Math.abs(bias[neuron]))
      );
    });
    source = z.map((value) => (activation.kind === 'sign' ? Math.sign(near(value)) : value));
    return { z, shares };
  });
}

describe('the evidence of a small network', () => {
  it('is what running every input shows', async () => {
    const { claim } = await claimOf(SMALL);
    const { evidence } = claim;
    if (evidence === undefined) throw new Error('no evidence');
    let nearest = Infinity;
    const tied = new Set<string>();
    for (const [cells] of allInputs(SMALL)) {
      evaluate(SMALL, Array.from(cells)).forEach(({ z, shares }, layer) => {
        if (SMALL.layers[layer].activation.kind !== 'sign') return;
        z.forEach((value, neuron) => {
          if (Math.abs(value) < 1e-6) tied.add(`${layer} ${neuron}`);
          else nearest = Math.min(nearest, shares[neuron]);
        });
      });
    }
    expect(evidence.margin?.share).toBeLessThanOrEqual(nearest);
    expect(evidence.margin?.share).toBeGreaterThan(0.25 * nearest);
    expect(evidence.withoutMargin).toBe(0);
    const told = evidence.ties.examples.flatMap(({ inputs, ties }) =>
      ties.flatMap((one) =>
        positions(one).map((neuron) => {
          expect(Math.abs(evaluate(SMALL, inputs[0])[one.layer].z[neuron])).toBeLessThan(1e-6);
          return `${one.layer} ${neuron}`;
        }),
      ),
    );
    expect(new Set(told)).toEqual(tied);
    expect(told.length).toBe(tied.size);
  });

  it('counts weights that were taken for integers, and by how much they are off', async () => {
    const [first, ...rest] = SMALL.layers;
    const values = first.weights.values.map((value, k) => value * (1 + 1e-9 * (k % 3)));
    const noisy = {
      ...SMALL,
      layers: [{ ...first, weights: { ...first.weights, values } }, ...rest],
    };
    const { claim } = await claimOf(noisy);
    const { snapped } = claim.evidence ?? {};
    expect(snapped?.rows).toBeGreaterThanOrEqual(1);
    expect(snapped?.largestChange).toBeGreaterThan(1e-10);
    expect(snapped?.largestChange).toBeLessThan(4e-9);
  });
});

describe('ties of the benchmarks', () => {
  it.each([
    ['orientation', orientationNetwork(5), 25 + 10],
    ['maxsat', maxsatNetwork(6, 17), undefined],
  ] as const)('%s: every neuron has an example', async (_, network, neurons) => {
    const { claim } = await claimOf(network);
    const { ties } = claim.evidence ?? {};
    expect(ties?.withoutExample).toEqual([]);
    const told = ties?.examples.flatMap((one) => one.ties.flatMap((tied) => positions(tied)));
    expect(told?.length).toBe(ties?.neurons);
    if (neurons !== undefined) expect(ties?.neurons).toBe(neurons);
  });
});

/** Every change of one leaf of a JSON value: its path, and the whole value with it. */
function* changes(value: unknown, path: string): Generator<[string, unknown]> {
  if (Array.isArray(value)) {
    if (value.length > 0) yield [`${path} shortened`, value.slice(1)];
    for (const [k, one] of value.entries()) {
      for (const [at, other] of changes(one, `${path}[${k}]`)) yield [at, value.with(k, other)];
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      for (const [at, other] of changes(one, `${path}.${key}`))
        yield [at, { ...value, [key]: other }];
      const rest = Object.entries(value).filter(([name]) => name !== key);
      yield [`${path}.${key} left out`, Object.fromEntries(rest)];
    }
  } else if (typeof value === 'number') yield [path, value + 1];
  else if (typeof value === 'string') yield [path, `${value}x`];
  else yield [path, value === null ? 0 : !value];
}

/**
 * What the check does not compare: who signed, the model's name, inputs, at which other ties may be true, and
 * the tolerance, which only says how much is claimed.
 */
const FREE = /^\.checker|^\.claims\[0\]\.(model\.name|tolerance)|examples\[\d+\]\.inputs/;

describe('checking a certificate', () => {
  it('finds every change of every figure', async () => {
    const { code, claim } = await claimOf(SMALL);
    const certificate = JSON.parse(renderCertificate(certificateOf('us', { code }, [claim]))) as Certificate; // prettier-ignore
    expect((await checkCertificate(certificate, SMALL, code, {})).problems).toEqual([]);
    const unnoticed: string[] = [];
    let count = 0;
    for (const [path, changed] of changes(certificate, '')) {
      if (FREE.test(path)) continue;
      count++;
      try {
        const { problems } = await checkCertificate(changed, SMALL, code, {});
        if (problems.length === 0) unnoticed.push(path);
      } catch (error) {
        if (!(error instanceof Diagnostic)) throw error;
        expect(error.code).toBe('CERTIFICATE_SYNTAX');
      }
    }
    expect(unnoticed).toEqual([]);
    expect(count).toBeGreaterThan(80);
  });

  it('is about these texts and this model alone', async () => {
    const { code, claim } = await claimOf(SMALL);
    const certificate = certificateOf('us', { code }, [claim]);
    const other = { ...SMALL, decision: { kind: 'argmin' as const } };
    expect((await checkCertificate(certificate, other, code, {})).problems).toEqual([
      'it says nothing about this model, but about "small"',
    ]);
    const [problem] = (await checkCertificate(certificate, SMALL, `${code}\n`, {})).problems;
    expect(problem).toMatch(
      /^the module is another: its hash is sha256:[0-9a-f]{64}, not "sha256:/,
    );
    const weights = 'export const w = [1];\n';
    expect((await checkCertificate(certificate, SMALL, code, { weights })).problems).toEqual([
      'it does not know the sibling with the weights',
    ]);
  });

  it('does not depend on the names of layers, but on everything that they compute', async () => {
    const { code, claim } = await claimOf(SMALL);
    const certificate = certificateOf('us', { code }, [claim]);
    const renamed = { ...SMALL, layers: SMALL.layers.map((layer) => ({ ...layer, name: 'x' })) };
    expect((await checkCertificate(certificate, renamed, code, {})).problems).toEqual([]);
    const [first, ...rest] = SMALL.layers;
    const looser = { ...SMALL, layers: [{ ...first, tieTolerance: 1e-7 }, ...rest] };
    expect((await checkCertificate(certificate, looser, code, {})).problems).toHaveLength(1);
  });

  it('refuses what is no certificate', async () => {
    const { code } = await claimOf(SMALL);
    const deep = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) as unknown;
    const proto = JSON.parse('{"__proto__": {"schema": 1}, "module": {}}') as unknown;
    for (const value of [null, 1, 'x', [], {}, { schema: 2 }, deep, proto, { schema: 1, module: { text: 'x' }, claims: [1] }]) {
      await expect(checkCertificate(value, SMALL, code, {})).rejects.toMatchObject({ code: 'CERTIFICATE_SYNTAX' });
    }
  }); // prettier-ignore

  it('is not exhausted by hostile ones', async () => {
    const { code, claim } = await claimOf(SMALL);
    const certificate = certificateOf('us', { code }, [claim]);
    const whole = '0..16777215';
    const ties = { ...claim.evidence?.ties, withoutExample: [{ layer: 0, neurons: new Array(5000).fill(whole).join(', ') }] };
    const wide = { ...certificate, claims: [{ ...claim, evidence: { ...claim.evidence, ties } }] };
    const { problems } = await checkCertificate(wide, SMALL, code, {});
    expect(problems.join('\n')).toContain('more neurons than there are');
    const deep = JSON.parse(`${'['.repeat(9000)}${']'.repeat(9000)}`) as unknown;
    const nested = { ...certificate, claims: [{ ...claim, method: deep }] };
    await expect(checkCertificate(nested, SMALL, code, {})).rejects.toMatchObject({ code: 'CERTIFICATE_SYNTAX' });
  }); // prettier-ignore

  it('certifies nothing that is refuted', async () => {
    const { code } = await claimOf(SMALL);
    const { claim } = await certify({ ...SMALL, decision: { kind: 'argmin' } }, code);
    expect(claim).toBeUndefined();
  });

  it('is the same for the same texts', async () => {
    const disguised = disguise(maxsatNetwork(5, 6), { seed: 3, noise: 1e-9 });
    const { code, claim } = await claimOf(disguised);
    const again = await certify(disguised, code);
    expect(again.claim).toEqual(claim);
  });
});
