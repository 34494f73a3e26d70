import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/ir/verdict.js';
import { buildReport, describeStructure, renderReportMarkdown } from '../../../src/report/index.js'; // prettier-ignore
import { exampleGraph, exampleNetwork } from './graphs.js';

const PROVED: Verdict = {
  status: 'proved',
  method: 'symbolic: canonical forms equal',
  checked: 36,
  ties: 2,
  maxError: 1.8e-10,
};

function example(verdict: Verdict = PROVED) {
  return buildReport({
    network: exampleNetwork(),
    segments: [{ graph: exampleGraph(), layers: [0, 1, 2] }],
    code: { lines: 38, bytes: 2084, weightsInData: 8 },
    verdict,
  });
}

describe('buildReport', () => {
  it('holds what the contract lists', () => {
    const report = example();
    expect(report).toMatchObject({
      schema: 1,
      model: { name: 'example', source: 'sha256:test', parameters: 128, neurons: 14, layers: 3 },
      code: { lines: 38, bytes: 2084, weightsInData: 8 },
      unexplainedNeurons: [{ layer: 2, index: 0 }, { layer: 2, index: 1 }],
      verdict: PROVED,
    }); // prettier-ignore
    expect(report.clusters.map(({ members }) => members)).toEqual([9, 2, 2]);
    expect(report).not.toHaveProperty('milliseconds');
    expect(report.verdict).not.toHaveProperty('counterexample');
  });

  it('survives JSON, with null for a figure that is not finite', () => {
    const report = example({
      ...PROVED,
      status: 'unknown',
      maxError: Infinity,
      reason: 'too large',
    });
    const read = JSON.parse(JSON.stringify(report)) as typeof report;
    expect(read).toEqual(report);
    expect(read.verdict).toMatchObject({ maxError: null, reason: 'too large' });
  });

  it('passes timings and counterexamples on', () => {
    const counterexample = { inputs: [[1, 0]], expected: [1], actual: [0], where: 'scores' };
    const report = buildReport({
      network: exampleNetwork(),
      segments: [{ graph: exampleGraph(), layers: [0, 1, 2] }],
      code: { lines: 1, bytes: 2, weightsInData: 3 },
      verdict: { ...PROVED, status: 'refuted', counterexample },
      milliseconds: { cluster: 1.5 },
    });
    expect(report.verdict.counterexample).toEqual(counterexample);
    expect(report.milliseconds).toEqual({ cluster: 1.5 });
  });

  it('tells terms, axes and biases', () => {
    const { clusters } = describeStructure(exampleNetwork(), exampleGraph());
    expect(clusters[0]).toEqual({
      id: 0,
      layer: 0,
      members: 9,
      activation: 'sign',
      axes: [{ name: 'column', extent: 3 }, { name: 'row', extent: 3 }],
      terms: [
        { source: 'image', pattern: 'line', region: 'image[:, column]', coefficient: 1 },
        { source: 'image', pattern: 'line', region: 'image[row, :]', coefficient: -1 },
      ],
      bias: 0,
      formula: 'sign(Σ image[:, column] − Σ image[row, :])',
      unexplained: false,
      neurons: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      readBy: [1],
    }); // prettier-ignore
    expect(clusters[1].bias).toBe('2·i − 6');
    expect(clusters[2].terms[0]).toMatchObject({ pattern: 'table', coefficient: null });
  });
});

describe('renderReportMarkdown', () => {
  it('tells a proved module', () => {
    expect(renderReportMarkdown(example())).toBe(`# example: proved

**proved**: symbolic: canonical forms equal.
36 states enumerated, 2 states decided by the tie rule alone, error of an output: at most 1.8e-10.

| | |
|---|---|
| source | \`sha256:test\` |
| parameters | 128 |
| neurons | 14 |
| layers | 3 |
| lines of code | 38 |
| bytes of code | 2,084 |
| weights in data | 8 |
| unexplained neurons | 2 |

## Clusters

- cluster 0 (layer 1): 9 neurons over column (3) × row (3)

      sign(Σ image[:, column] − Σ image[row, :])

- cluster 1 (layer 2): 2 neurons over i (3)

      sign(3 · Σ cluster 0[i, :] − 2 · Σ cluster 0[:, :] + 2·i − 6)

- cluster 2 (layer 3): 2 neurons over i (2), unexplained

      table of 6 weights · cluster 1 + table of 2 biases

## Normalisation

- 1 neuron that nothing reads left out (layer 2: 2)
- 2 neurons that equal or negate another one merged with it (layer 1: 2, 3)
- 1 neuron of constant value folded into biases (layer 1: 6)
- layer 1: 9 neurons rescaled by 0.501 to 27.3
- layer 2: 1 weight made equal to others, by at most 1.23e-9 relative
- layer 2: 4 weights dropped as residue of noise, at most 2e-12 of the row
`);
  });

  it('shows a counterexample, cut where it is long', () => {
    const counterexample = {
      inputs: [Array.from({ length: 40 }, () => 1)],
      expected: [1, 0],
      actual: 'x: expected length 3, got 2 | <b>',
      where: 'shape',
    };
    const text = renderReportMarkdown(example({ ...PROVED, status: 'refuted', counterexample }));
    expect(text).toContain('Network and module part in `shape`.');
    expect(text).toContain('1, … 8 more]`\n- network: `[1, 0]`');
    expect(text).toContain('- module: x: expected length 3, got 2 \\| \\<b\\>');
  });

  it('says what stayed undecided, and lists timings', () => {
    const report = example({ ...PROVED, status: 'unknown', maxError: Infinity, reason: 'line 4' });
    const text = renderReportMarkdown({ ...report, milliseconds: { parse: 3.25 } });
    expect(text).toContain('error of an output: not bounded.\nUndecided: line 4.');
    expect(text).toContain('| parse, ms | 3.25 |');
  });
});
