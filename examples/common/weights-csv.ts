/**
 * Weights in the format in which ENN files are published: one CSV per layer, (inputs + 1) rows of one
 * column per neuron, `%.18e`, the last row the biases.
 */

/** One layer as trained: a weight row and a bias for each neuron. */
export interface TrainedLayer {
  readonly rows: readonly Float64Array[];
  readonly bias: ArrayLike<number>;
}

/** Digits behind the point; 18 keep every float64 apart from its neighbours. */
const DIGITS = 18;

/** C's `%.18e`: at least two digits in the exponent, the sign of a negative zero kept. */
export function formatScientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(DIGITS).split('e');
  const padded = exponent.slice(1).padStart(2, '0');
  return `${Object.is(value, -0) ? '-' : ''}${mantissa}e${exponent[0]}${padded}`;
}

/** The text of one layer's file, with a newline at its end. */
export function formatWeights(layer: TrainedLayer): string {
  // Few distinct numbers make up most of a file, and printing 19 digits is slow.
  const known = new Map<number, string>();
  const print = (value: number): string => {
    if (value === 0) return formatScientific(value);
    let text = known.get(value);
    if (text === undefined) known.set(value, (text = formatScientific(value)));
    return text;
  };
  const lines: string[] = [];
  for (let input = 0; input < layer.rows[0].length; input++) {
    lines.push(layer.rows.map((row) => print(row[input])).join(','));
  }
  lines.push(Array.from(layer.bias, print).join(','));
  return `${lines.join('\n')}\n`;
}
