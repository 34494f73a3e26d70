/**
 * Trains an essence neural network from labelled images, layer by layer, every image its own
 * subconcept. No step knows what the images show.
 *
 *   differentia   one neuron per pair of images of different classes: their perpendicular bisector
 *   subconcept    one neuron per image: the maximum-margin hyperplane around it, in differentiae
 *   concept       one neuron per class: logistic regression on the subconcepts
 */
import { fitLogistic } from '../common/logistic-regression.js';
import type { TrainedLayer } from '../common/weights-csv.js';
import type { LabelledImage } from './images.js';
import { maximumMargin } from './max-margin.js';

/**
 * How unsure the concept layer may stay on its training images: they are separable, so logistic
 * regression has no finite optimum for full certainty.
 */
const DOUBT = 1e-10;

/**
 * The three layers (activations sign, sign, identity), inputs the cells of the images. Differentiae
 * come in the order of the pairs, subconcepts in the order of the images, first class 0, then class 1.
 *
 * @throws RangeError when an image cannot be told from those of the other class.
 */
export function trainEssenceNetwork(
  images: readonly LabelledImage[],
  onProgress: (done: number, total: number) => void = () => undefined,
): TrainedLayer[] {
  const classes = [0, 1].map((label) =>
    images.filter((image) => image.label === label).map(({ cells }) => cells),
  );
  const differentiae = bisectors(classes[0], classes[1]);
  const seen = classes.map((members) => members.map((cells) => respond(differentiae, cells)));
  const subconcepts = seen.flatMap((members, label) =>
    members.map((own, index) => {
      onProgress(label * seen[0].length + index, images.length);
      return maximumMargin([own], seen[1 - label]);
    }),
  );
  const subconceptLayer: TrainedLayer = {
    rows: subconcepts.map(({ weights }) => weights),
    bias: subconcepts.map(({ bias }) => bias),
  };
  const examples = seen.flatMap((members, label) =>
    members.map((own) => ({ features: respond(subconceptLayer, own), answer: label === 0 })),
  );
  // The two scores are opposite halves of the one evidence: softmax of them is its certainty.
  const evidence = fitLogistic(examples, DOUBT);
  const conceptLayer: TrainedLayer = {
    rows: [evidence.map((weight) => weight / 2), evidence.map((weight) => -weight / 2)],
    bias: [0, 0],
  };
  return [differentiae, subconceptLayer, conceptLayer];
}

/** w = a − b, bias = (|b|² − |a|²)/2 for every pair: z > 0 on the side of a. */
function bisectors(first: readonly Float64Array[], second: readonly Float64Array[]): TrainedLayer {
  const rows: Float64Array[] = [];
  const bias: number[] = [];
  for (const a of first) {
    for (const b of second) {
      rows.push(a.map((value, k) => value - b[k]));
      bias.push((squaredNorm(b) - squaredNorm(a)) / 2);
    }
  }
  return { rows, bias };
}

/** What a layer of sign neurons answers. */
function respond(layer: TrainedLayer, input: Float64Array): Float64Array {
  return Float64Array.from(layer.rows, (row, neuron) => {
    let z = layer.bias[neuron];
    for (let k = 0; k < row.length; k++) z += row[k] * input[k];
    return Math.sign(z);
  });
}

function squaredNorm(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
