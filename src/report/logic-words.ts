/** Shares in the words of the Logic student's reports. */
import { tellFidelity } from '../ir/fidelity.js';

/** `98.1 %`, rounded down. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

/** ` (95 % interval 0.91 to 0.98)`; empty where there is none. */
export function withinWords(interval: readonly [low: number, high: number] | undefined): string {
  if (interval === undefined) return '';
  return ` (95 % interval ${tellFidelity(interval[0])} to ${tellFidelity(interval[1])})`;
}
