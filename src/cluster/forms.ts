/**
 * Forms: what two candidates of one signature share when one is a moved copy of the other. The form
 * tells apart what a signature mixes: windows of different lengths, cells at different distances.
 */
import type { Candidate } from './signatures.js';

/**
 * The distances between the positions of a candidate that stand on one axis of one source;
 * `undefined` where no axis holds two positions.
 */
export function formOf({ terms, parameters }: Candidate): string | undefined {
  const firsts = new Map<string, number>();
  const distances: number[] = [];
  let next = 0;
  const take = (tensor: number, axis: number): void => {
    const key = `${tensor},${axis}`;
    const first = firsts.get(key);
    const value = parameters[next++];
    if (first === undefined) firsts.set(key, value);
    else distances.push(value - first);
  };
  for (const { tensor, accesses } of terms) {
    accesses.forEach((access, axis) => {
      if (access.kind === 'at' || access.kind === 'range') take(tensor, axis);
      if (access.kind === 'range') take(tensor, axis);
    });
  }
  return distances.length === 0 ? undefined : distances.join();
}
