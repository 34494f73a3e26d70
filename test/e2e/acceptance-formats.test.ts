/** The same network as CSV with a manifest, as ONNX and as a state dict gives the same program. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { parse } from '../../src/parse/index.js';
import { withoutSource } from '../helpers/emitted-text.js';
import { csvFiles, onnxFiles, safetensorsFiles, torchFiles } from '../helpers/model-files.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

const CASES: readonly (readonly [string, Network])[] = [
  ['orientation', orientationNetwork(12)],
  ['maxsat', maxsatNetwork(6, 17)],
];

describe.each(CASES)('%s', (_, network) => {
  it('is one program, from memory, from CSV and from ONNX', async () => {
    const plain = await compile(network);
    const fromCsv = await compile(await parse(csvFiles(network)));
    const fromOnnx = await compile(await parse(onnxFiles(network), { main: 'network.onnx' }));
    expect(fromCsv.verdict.status).toBe('proved');
    expect(fromOnnx.verdict.status).toBe('proved');
    expect(withoutSource(fromCsv.code)).toBe(withoutSource(plain.code));
    expect(withoutSource(fromOnnx.code)).toBe(withoutSource(plain.code));
    expect(fromCsv.report.model.source).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(fromOnnx.report.model.source).not.toBe(fromCsv.report.model.source);
  });

  it('is the same program from a state dict, and one source in either format of it', async () => {
    const fromCsv = await compile(await parse(csvFiles(network)));
    const fromTorch = await compile(await parse(torchFiles(network)));
    const fromSafetensors = await compile(await parse(safetensorsFiles(network)));
    expect(fromTorch.verdict.status).toBe('proved');
    expect(withoutSource(fromTorch.code)).toBe(withoutSource(fromCsv.code));
    expect(fromSafetensors.code).toBe(fromTorch.code);
    expect(fromTorch.report.model.source).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(fromTorch.report.model.source).not.toBe(fromCsv.report.model.source);
  });
});
