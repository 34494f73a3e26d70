/**
 * The scans of a network in the context of the module's text: the body is evaluated once for every step, on
 * what the step before left. The text's loop runs just so, hence what both sides carry is the same.
 */
import { sizeOf } from '../../ir/model-interface.js';
import type { Feed, Scan } from '../../ir/network.js';
import type { Context } from './context.js';
import type { Num } from './num.js';

type Values = readonly Num[];

/** The cells of every output of a scan; `runBody` gives the body's results for its inputs. */
export function evaluateScan(
  context: Context,
  scan: Scan,
  sources: readonly Values[],
  runBody: (inputs: readonly Values[]) => readonly Values[],
): readonly Values[] {
  const { steps, reversed, feeds, body, outputs } = scan;
  const firstOf = ({ first }: Extract<Feed, { kind: 'state' }>): Values =>
    typeof first === 'number'
      ? sources[first]
      : Array.from(first, (value) => context.constant(value));
  let states = feeds.map((feed) => (feed.kind === 'state' ? firstOf(feed) : []));
  const kept = outputs.map((): Values[] => new Array<Values>(steps).fill([]));
  for (let step = 0; step < steps; step++) {
    const row = reversed ? steps - 1 - step : step;
    const inputs = feeds.map((feed, input): Values => {
      if (feed.kind === 'state') return states[input];
      if (feed.kind === 'whole') return sources[feed.source];
      const width = sizeOf(body.inputs[input].shape);
      return sources[feed.source].slice(row * width, (row + 1) * width);
    });
    const next = runBody(inputs);
    states = feeds.map((feed) => (feed.kind === 'state' ? next[feed.next] : []));
    outputs.forEach(({ state }, output) => {
      kept[output][row] = states[state];
    });
  }
  const last = reversed ? 0 : steps - 1;
  return outputs.map(({ every }, output) => (every ? kept[output].flat() : kept[output][last]));
}
