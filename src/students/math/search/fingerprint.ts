/**
 * A fingerprint of a problem: 64 bits over names, data, domains and settings, by which a stored search
 * is told to belong to it, and a worker that already holds the problem recognises it. Two rounds of
 * FNV-1a (Fowler, Noll, Vo); it guards against mistakes, not against malice.
 */
import type { Problem } from '../problem.js';

const PRIME = 0x01000193;
const STARTS = [0x811c9dc5, 0x050c5d1f];

/** Sixteen hexadecimal digits. */
export function fingerprintOf({ data, settings, domains }: Problem): string {
  const text = JSON.stringify([data.names, domains, settings]);
  const columns = [...data.columns, data.target, ...(data.weights ? [data.weights] : [])];
  return STARTS.map((start) => {
    let hash = start;
    for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), PRIME);
    for (const column of columns) hash = hashColumn(column, hash);
    return (hash >>> 0).toString(16).padStart(8, '0');
  }).join('');
}

function hashColumn(column: Float64Array, start: number): number {
  // Little-endian by hand: the same digits on every machine.
  const view = new DataView(new ArrayBuffer(8));
  let hash = Math.imul(start ^ column.length, PRIME);
  for (const value of column) {
    view.setFloat64(0, value, true);
    for (let k = 0; k < 8; k++) hash = Math.imul(hash ^ view.getUint8(k), PRIME);
  }
  return hash;
}
