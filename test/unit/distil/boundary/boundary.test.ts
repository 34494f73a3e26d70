/** Decisions told from gradients, of networks whose decision is known exactly. */
import { describe, expect, it } from 'vitest';
import { distilBoundary } from '../../../../src/distil/boundary/index.js';
import type { BoundaryDistilled } from '../../../../src/distil/boundary/index.js';
import { subjectOfBoundary } from '../../../../src/distil/boundary/subject.js';
import type { BoundaryAsked } from '../../../../src/distil/boundary/subject.js';
import type { StagedNetwork } from '../../../../src/ir/network.js';
import type { Target } from '../../../../src/ir/target.js';
import { DEFAULT_SETTINGS } from '../../../../src/students/math/problem.js';
import { createInProcessTransport } from '../../../../src/students/math/search/in-process.js';
import { STANDARD_TOOLS } from '../../../../src/students/math/tools.js';
import { verify } from '../../../../src/verify/index.js';
import { chainNetwork } from '../../../helpers/networks.js';

const BOX = { kind: 'interval', min: -1, max: 1 } as const;

/** Two hidden tanh units that move only with a + b and with a − b; the score is their sum. */
function pairNetwork(labels?: readonly string[]): StagedNetwork {
  return chainNetwork({
    name: 'pair',
    input: { name: 'point', shape: [2], features: ['a', 'b'], domain: BOX },
    layers: [
      { rows: [[2, 2]], bias: [0.5], activation: 'tanh' },
      { rows: [[3]], bias: [-1], activation: 'sigmoid' },
    ],
    decision: { kind: 'threshold', threshold: 0.5 },
    ...(labels === undefined ? {} : { labels }),
  });
}

/** Three classes by a and b: the highest of a, b and −a − b, scaled. */
const THREE = chainNetwork({
  name: 'three',
  input: { name: 'point', shape: [2], features: ['a', 'b'], domain: BOX },
  layers: [
    {
      rows: [
        [1, 0],
        [0, 1],
      ],
      bias: [0, 0],
      activation: 'identity',
    },
    {
      rows: [
        [4, 0],
        [0, 4],
        [-4, -4],
      ],
      bias: [0, 0, 0.4],
      activation: 'softmax',
    },
  ],
  decision: { kind: 'argmax' },
});

const ASKED: BoundaryAsked = { contrast: 'rest', band: 0.1, rows: 60 };

function explain(
  network: StagedNetwork,
  asked: Partial<BoundaryAsked> = {},
): Promise<BoundaryDistilled> {
  // prettier-ignore
  const settings = { ...DEFAULT_SETTINGS, operators: ['+', '-', '*', 'square', 'exp', 'max'] };
  const subject = subjectOfBoundary(network, { ...ASKED, ...asked }, settings);
  return distilBoundary(subject, { mode: 'scouts' }, ({ problem }) =>
    createInProcessTransport(problem, STANDARD_TOOLS),
  );
}

describe('a decision between two classes', () => {
  it('is a formula and a threshold, and the module decides', async () => {
    const network = pairNetwork(['low', 'high']);
    const { code, verdict, findings } = await explain(network);
    const [latent] = findings.latents;
    // tanh(2(a + b) + 0.5) > 1/3 is a + b > (atanh(1/3) − 0.5) / 2 = −0.0767.
    expect(latent.condition).toMatch(/^a \+ b > -0\.07[67]/);
    expect(latent.cosine).toBeGreaterThan(0.999999);
    expect(verdict.status).toBe('approximate');
    expect(verdict.fidelity).toBeGreaterThan(0.998);
    expect(code).toContain("return 'high';");
    expect(code).toContain('Complexity 3;');
    expect((await verify(network, code)).status).toBe('approximate');
    const changed = code.replace(/a \+ b > -0\.07\d*/, 'a + b > 0.5');
    expect(changed).not.toBe(code);
    expect((await verify(network, changed)).status).toBe('refuted');
  });

  it('does not depend on the scale of its score, or its sign', async () => {
    const { layers, ...rest } = pairNetwork();
    const [hidden, output] = layers;
    if (output.kind !== undefined) throw new TypeError('a layer was expected');
    const turned = {
      ...rest,
      layers: [
        hidden,
        {
          ...output,
          weights: { ...output.weights, values: output.weights.values.map((w) => -7 * w) },
          bias: output.bias.map((b) => -7 * b),
        },
      ],
    };
    const [own, other] = [await explain(pairNetwork()), await explain(turned)];
    expect(own.findings.latents[0].condition).toMatch(/^a \+ b > -0\.07/);
    // What was above is below now.
    expect(other.findings.latents[0].condition).toMatch(/(a \+ b <= -0\.07|-a - b > 0\.07|-\(a \+ b\) > 0\.07)/); // prettier-ignore
  });

  it('needs a decision, gradients and a border', () => {
    const undecided = { ...pairNetwork(), decision: { kind: 'none' } as const };
    expect(() => subjectOfBoundary(undecided, ASKED, DEFAULT_SETTINGS)).toThrow(
      'the model draws no decision: it has no boundary to be explained',
    );
    const far = chainNetwork({
      name: 'far',
      input: { name: 'point', shape: [1], domain: BOX },
      layers: [{ rows: [[1]], bias: [9], activation: 'sigmoid' }],
      decision: { kind: 'threshold', threshold: 0.5 },
    });
    expect(() => subjectOfBoundary(far, ASKED, DEFAULT_SETTINGS)).toThrow(
      'the boundary of class 1 is met by 0 of the lines that were drawn through the domain: too few to learn from',
    );
    const flat = chainNetwork({
      name: 'flat',
      input: { name: 'point', shape: [1], domain: BOX },
      layers: [
        { rows: [[1]], bias: [0], activation: 'sign' },
        { rows: [[1]], bias: [0], activation: 'sigmoid' },
      ],
      decision: { kind: 'threshold', threshold: 0.5 },
    });
    expect(() => subjectOfBoundary(flat, ASKED, DEFAULT_SETTINGS)).toThrow(
      'gradients cannot be taken through "flat_2"',
    );
  });
});

describe('a second network', () => {
  it('tells the tolerance, and has to be of the same task', async () => {
    const network = pairNetwork();
    const { layers, ...rest } = pairNetwork();
    const [hidden, output] = layers;
    if (hidden.kind !== undefined) throw new TypeError('a layer was expected');
    const values = Float64Array.of(2, 2.2);
    const second = { ...rest, layers: [{ ...hidden, weights: { ...hidden.weights, values } }, output] }; // prettier-ignore
    const { findings } = await explain(network, { second });
    const [latent] = findings.latents;
    // The angle between (2, 2) and (2, 2.2).
    const cosine = 8.4 / Math.hypot(2, 2) / Math.hypot(2, 2.2);
    expect(latent.disagreement).toBeCloseTo(1 - cosine * cosine, 10);
    expect(latent.tolerance).toBeCloseTo(2 * (1 - cosine * cosine), 10);
    expect(findings.secondAgreement).toBeGreaterThan(0.9);
    expect(() => subjectOfBoundary(network, { ...ASKED, second: THREE }, DEFAULT_SETTINGS)).toThrow(
      'the second model has no class 1',
    );
  });
});

describe('several classes', () => {
  it.each(['rest', 'pairs'] as const)('become rules in an order: %s', async (contrast) => {
    const { findings, verdict, code } = await explain(THREE, { contrast });
    expect(findings.latents).toHaveLength(3);
    expect(verdict.fidelity).toBeGreaterThan(contrast === 'pairs' ? 0.99 : 0.9);
    expect(code.match(/ {2}if \(/g)).toHaveLength(3);
  });
});

describe('a hidden neuron', () => {
  it('gets a formula, and the function that leads to its value', async () => {
    const target: Target = { kind: 'neuron', layer: 0, neuron: 0 };
    const { findings, verdict, code } = await explain(pairNetwork(), { target });
    const [latent] = findings.latents;
    expect(latent.expression).toBe('a + b');
    expect(latent.condition).toBeUndefined();
    expect(latent.link?.share).toBeGreaterThan(0.999999);
    expect(verdict.fidelity).toBeGreaterThan(0.999999);
    expect(code).toContain('Math.tanh(');
  });
});
