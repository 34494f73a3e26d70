/**
 * The picture that `inspect --svg` writes: for each cluster the weights of a few members, as one SVG
 * document that needs no other file and follows the reader's light or dark setting. The same graph gives
 * the same bytes.
 */
import { toldGraph } from '../../ir/told.js';
import type { ClusterGraph } from '../../ir/cluster.js';
import { counted } from '../numbers.js';
import { wrapText } from '../inspect/text.js';
import { clusterBox } from './cluster-box.js';
import { styleSheet } from './colours.js';
import { charactersIn, stack, textBox } from './layout.js';
import type { Box } from './layout.js';
import { escapeText, rectElement } from './markup.js';

const WIDTH = 960;
const MARGIN = 24;
const CONTENT = WIDTH - 2 * MARGIN;
const CLUSTER_GAP = 30;

/** Clusters that are drawn; of more, the largest. */
const MOST_CLUSTERS = 30;

const EXPLANATION =
  'Each picture is a neuron: the weights with which it reads the cells of the input, or of other ' +
  'clusters. Blue counts for, orange against; the larger the weight, the stronger the colour. ' +
  'The first axis goes down, the second to the right, all count from 0; cells of a line go to the right.';

/** The picture of a graph, ended by a newline. */
export function renderPicture(named: ClusterGraph): string {
  const graph = toldGraph(named);
  const { clusters, interface: model } = graph;
  const bySize = [...clusters].sort((a, b) => b.members.length - a.members.length || a.id - b.id);
  const drawn = new Set(bySize.slice(0, MOST_CLUSTERS));
  const shown = clusters.filter((cluster) => drawn.has(cluster));
  const content = stack(
    [
      headBox(model.name, clusters.length, shown.length),
      ...shown.map((cluster) => clusterBox(cluster, graph, CONTENT)),
    ],
    CLUSTER_GAP,
  );
  const height = content.height + 2 * MARGIN;
  const label = escapeText(`Weights of the clusters of ${model.name}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
      `viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<style>\n${styleSheet()}\n</style>`,
    rectElement('page', 0, 0, WIDTH, height),
    content.draw(MARGIN, MARGIN),
    '</svg>\n',
  ].join('\n');
}

function headBox(name: string, clusters: number, shown: number): Box {
  const rest = clusters - shown;
  const cut = rest === 0 ? '' : `, the ${counted(shown, 'cluster')} with the most neurons drawn`;
  const heading = `${name}: ${counted(clusters, 'cluster')}${cut}`;
  return stack([
    ...wrapText(heading, charactersIn(CONTENT, 'heading')).map((line) => textBox('heading', line)),
    ...wrapText(EXPLANATION, charactersIn(CONTENT, 'body')).map((line) => textBox('body', line)),
  ]);
}
