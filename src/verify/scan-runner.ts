/** The reference pass of a scan: its body's own teacher, step by step. */
import { sizeOf } from '../ir/model-interface.js';
import { scanShape } from '../ir/network.js';
import type { Scan } from '../ir/network.js';
import type { Teacher } from './teacher.js';

export interface ScanRunner {
  /** One array for each output of the scan; they hold until the next run. */
  readonly results: readonly Float64Array[];
  /** Runs all steps on the sources' cells (row-major), in the order of `sources`. */
  run(sources: readonly Float64Array[]): void;
  /** The largest `scale` of the teacher over the steps of the last run. */
  scale(): number;
}

/** Prepares a scan for many runs; `teacher` is that of its body. */
export function createScanRunner(scan: Scan, teacher: Teacher): ScanRunner {
  const { steps, reversed, feeds, body, outputs } = scan;
  const inputs = body.inputs.map(({ shape }) => new Float64Array(sizeOf(shape)));
  const results = outputs.map((output) => new Float64Array(sizeOf(scanShape(scan, output))));
  let scale = 0;
  return {
    results,
    scale: () => scale,
    run(sources) {
      scale = 0;
      feeds.forEach((feed, input) => {
        if (feed.kind === 'whole') inputs[input].set(sources[feed.source]);
        if (feed.kind !== 'state') return;
        inputs[input].set(typeof feed.first === 'number' ? sources[feed.first] : feed.first);
      });
      for (let step = 0; step < steps; step++) {
        const row = reversed ? steps - 1 - step : step;
        feeds.forEach((feed, input) => {
          if (feed.kind !== 'row') return;
          const { length } = inputs[input];
          inputs[input].set(sources[feed.source].subarray(row * length, (row + 1) * length));
        });
        const next = teacher.forward(inputs);
        scale = Math.max(scale, teacher.scale());
        feeds.forEach((feed, input) => {
          if (feed.kind === 'state') inputs[input].set(next[feed.next]);
        });
        outputs.forEach(({ state, every }, output) => {
          results[output].set(inputs[state], every ? row * inputs[state].length : 0);
        });
      }
    },
  };
}
