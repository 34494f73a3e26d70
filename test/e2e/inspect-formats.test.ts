/** `inspect` tells the same of one network, whichever files hold it, and writes the picture as a whole. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvFiles, onnxFiles } from '../helpers/model-files.js';
import { orientationNetwork } from '../helpers/networks.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

describe('inspect', () => {
  let work: WorkFolder;

  beforeEach(() => {
    work = createWorkFolder();
  });

  afterEach(() => {
    work.remove();
  });

  async function inspect(
    files: Readonly<Record<string, string | Uint8Array>>,
    model: string,
  ): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(work.path, name), content);
    }
    const { code, stdout } = await work.run(['inspect', model, '--svg', 'picture.svg']);
    expect(code).toBe(0);
    return stdout;
  }

  it('tells the same of CSV and of ONNX files', async () => {
    const network = orientationNetwork(5);
    const ofCsv = await inspect(csvFiles(network), 'network.json');
    const pictureOfCsv = work.snapshot().get('picture.svg');
    const ofOnnx = await inspect(onnxFiles(network), 'network.onnx');
    expect(ofCsv).toContain('sign(Σ image[:, column] − Σ image[row, :])');
    // What the ONNX file calls its result is its own; weights are float32 there.
    const told = (text: string): string => text.replaceAll(/\bh\d\b/g, 'scores');
    expect(told(ofOnnx)).toBe(told(ofCsv));
    expect(pictureOfCsv).toMatch(/^<svg [^]+<\/svg>\n$/);
    expect(work.snapshot().get('picture.svg')).toBe(pictureOfCsv);
  });

  it('says nothing when the picture cannot be written', async () => {
    for (const [name, content] of Object.entries(csvFiles(orientationNetwork(3)))) {
      writeFileSync(join(work.path, name), content);
    }
    const argv = ['inspect', 'network.json', '--svg', 'network.json/picture.svg'];
    const { code, stdout, stderr } = await work.run(argv);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('FILE_NOT_WRITABLE');
  });
});
