/** Which cluster computes each value of the outputs: runs of values that one cluster holds in order. */
import type { ClusterGraph } from '../../ir/cluster.js';
import { LINE_WIDTH, wrapText } from './text.js';

/** Runs that are listed; more are counted. */
const MOST_RUNS = 16;

/** Longer names of values are not aligned. */
const MOST_NAME = 40;

interface Run {
  readonly cluster: number;
  readonly from: number;
  readonly to: number;
  readonly rank: number;
}

/** Lines such as `assign true  = cluster 10`, `board[0 to 17] = cluster 6`. */
export function outputLines(graph: ClusterGraph): readonly string[] {
  const rows = graph.outputs.flatMap((entries, at) => {
    const { name, labels } = graph.interface.outputs[at];
    const runs = runsOf(entries, labels !== undefined);
    return runs.map((run) => [
      valueText(run, name, labels, entries.length),
      memberText(run, graph),
    ]);
  });
  const shown = rows.slice(0, MOST_RUNS);
  const width = Math.min(MOST_NAME, Math.max(...shown.map(([value]) => value.length)));
  const lines = shown.flatMap(([value, member]) =>
    wrapText(`${value.padEnd(width)} = ${member}`, LINE_WIDTH - 2, 4),
  );
  const more = rows.length - shown.length;
  if (more > 0) lines.push(`… ${more} more; --json lists them`);
  return lines.map((line) => `  ${line}`);
}

/** Runs of values whose ranks in one cluster are consecutive; labelled values stand alone. */
function runsOf(
  entries: readonly { readonly cluster: number; readonly rank: number }[],
  alone: boolean,
): readonly Run[] {
  const runs: Run[] = [];
  entries.forEach(({ cluster, rank }, at) => {
    const last = runs.at(-1);
    const follows =
      !alone && last?.cluster === cluster && last.rank + (last.to - last.from) + 1 === rank;
    if (follows) runs[runs.length - 1] = { ...last, to: at };
    else runs.push({ cluster, rank, from: at, to: at });
  });
  return runs;
}

function valueText(
  { from, to }: Run,
  name: string,
  labels: readonly string[] | undefined,
  size: number,
): string {
  if (labels !== undefined && labels.length === size) return labels[from];
  if (to - from + 1 === size) return name;
  return from === to ? `${name}[${from}]` : `${name}[${from} to ${to}]`;
}

function memberText({ cluster, rank, from, to }: Run, { clusters }: ClusterGraph): string {
  const { members } = clusters[cluster];
  const count = to - from + 1;
  if (count === members.length) return `cluster ${cluster}`;
  if (count === 1) return `cluster ${cluster}, member ${rank + 1}`;
  return `cluster ${cluster}, members ${rank + 1} to ${rank + count}`;
}
