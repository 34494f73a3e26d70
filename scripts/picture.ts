/**
 * Draws docs/before-after.svg: on the left weights of the orientation network as its files hold them, on
 * the right the module that the compiler makes of them. Both are read from disk, so the picture cannot
 * show what the tool did not do. Run it after `npm run demo`: `npx tsx scripts/picture.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { readExample } from '../examples/common/read-example.js';
import type { Network } from '../src/ir/network.js';
import { createRandom } from '../src/numeric/random.js';

const TILE = 132;
const GAP = 14;
const LINE = 15;
const LEFT = 24;
const CODE_LEFT = LEFT + 3 * TILE + 2 * GAP + 70;

interface Tile {
  readonly caption: string;
  readonly layer: number;
  readonly neuron: number;
}

/** Rectangles of equal weights in a row, coloured by sign and size relative to the row's largest. */
function drawTile(network: Network, tile: Tile, x: number, y: number): string {
  const { weights } = network.layers[tile.layer];
  const side = Math.sqrt(784);
  const dense = new Float64Array(784);
  for (let k = weights.rowStart[tile.neuron]; k < weights.rowStart[tile.neuron + 1]; k++) {
    dense[weights.columns[k]] = weights.values[k];
  }
  const largest = dense.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const cell = TILE / side;
  const shapes: string[] = [];
  for (let row = 0; row < side; row++) {
    for (let start = 0; start < side;) {
      const shade = (dense[row * side + start] / largest).toFixed(2);
      let end = start + 1;
      while (end < side && (dense[row * side + end] / largest).toFixed(2) === shade) end++;
      if (Math.abs(Number(shade)) > 0) {
        const kind = Number(shade) > 0 ? 'plus' : 'minus';
        const opacity = (0.35 + 0.65 * Math.abs(Number(shade))).toFixed(2);
        shapes.push(
          `<rect class="${kind}" opacity="${opacity}" x="${(x + start * cell).toFixed(1)}" ` +
            `y="${(y + row * cell).toFixed(1)}" width="${((end - start) * cell).toFixed(1)}" ` +
            `height="${(cell + 0.3).toFixed(1)}"/>`,
        );
      }
      start = end;
    }
  }
  return (
    `<rect class="frame" x="${x}" y="${y}" width="${TILE}" height="${TILE}"/>${shapes.join('')}` +
    `<text class="caption" x="${x}" y="${y + TILE + 13}">${tile.caption}</text>`
  );
}

function chooseTiles(network: Network): Tile[] {
  const random = createRandom(1);
  const pick = (layer: number, count: number): Tile[] =>
    Array.from({ length: count }, () => random.below(network.layers[layer].size)).map((neuron) => ({
      caption: `layer ${layer + 1}, neuron ${neuron}`,
      layer,
      neuron,
    }));
  return [...pick(0, 6), ...pick(1, 3)];
}

/** The lines of the module that compute: from `scores` on, without the docstrings. */
function chooseCode(module: string): string[] {
  const lines = module.split('\n');
  const from = lines.findIndex((line) => line.includes('function scores('));
  const to = lines.findIndex((line, index) => index > from && line === '}');
  return lines.slice(from, to + 1);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const network = await readExample('examples/orientation/network.json');
const code = chooseCode(await readFile('output/orientation.ts', 'utf8'));
const tiles = chooseTiles(network).map((tile, index) =>
  drawTile(
    network,
    tile,
    LEFT + (index % 3) * (TILE + GAP),
    66 + Math.floor(index / 3) * (TILE + GAP + 20),
  ),
);
const height = Math.max(66 + 3 * (TILE + GAP + 20) + 10, 66 + code.length * LINE + 20);
const count = network.parameters.toLocaleString('en-US');
const text = code
  .map((line, index) => {
    const y = 78 + index * LINE;
    return `<text class="code" xml:space="preserve" x="${CODE_LEFT}" y="${y}">${escape(line)}</text>`;
  })
  .join('\n');
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CODE_LEFT + 740} ${height}" role="img" aria-label="Weights of the orientation network, and the code compiled from them">
<style>
  .page { fill: #ffffff } .frame { fill: none; stroke: #8c959f } .plus { fill: #0969da } .minus { fill: #bc4c00 }
  text { font-family: ui-sans-serif, system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 } .caption { font-size: 10.5px }
  .code { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } text { fill: #e6edf3 } .plus { fill: #58a6ff } .minus { fill: #f0883e }
  }
</style>
<rect class="page" width="100%" height="100%"/>
<text class="title" x="${LEFT}" y="34">Before: ${count} weights and biases</text>
<text class="caption" x="${LEFT}" y="52">nine of ${network.layers[0].size + network.layers[1].size} hidden neurons; blue +, orange −</text>
<text class="title" x="${CODE_LEFT}" y="34">After: the function they compute</text>
<text class="caption" x="${CODE_LEFT}" y="52">proved equal for every 28 × 28 image of zeros and ones</text>
${tiles.join('\n')}
${text}
</svg>
`;
await writeFile('docs/before-after.svg', svg);
