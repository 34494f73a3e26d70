/** Diagnostics of `--generic`: why the sizes of a network cannot become symbols. */
import { entry } from '../entry.js';

export const GENERIC_DIAGNOSTICS = {
  GENERIC_STRUCTURE: entry<{ left: string; leftSize: string; right: string; rightSize: string }>(
    ({ left, leftSize, right, rightSize }) =>
      `the programs differ in more than numbers: \`${left}\` at ${leftSize}, \`${right}\` at ${rightSize}`,
    () => 'give networks of one problem, at sizes where no axis is shorter than 4',
  ),
  GENERIC_CONSTANT: entry<{ place: string; values: string }>(
    ({ place, values }) => `no expression of the sizes gives a constant in \`${place}\`: ${values}`,
    () => 'leave out the size that does not fit, or compile each size by itself',
  ),
  GENERIC_TABLE: entry<{ table: string; numbers: number }>(
    ({ table, numbers }) =>
      `the ${numbers} numbers in the table \`${table}\` follow no formula, so no other size can be inferred`,
    () => 'leave out --generic: the module then has the sizes of the model',
  ),
  GENERIC_NOTHING: entry<{ reason: string }>(
    ({ reason }) => `no size of this network can become a symbol: ${reason}`,
    () => 'leave out --generic: the module then has the sizes of the model',
  ),
  GENERIC_INTERFACE: entry<{ what: string; left: string; right: string }>(
    ({ what, left, right }) => `the networks have different ${what}: ${left} and ${right}`,
    () => 'several models with --generic are one problem at several sizes',
  ),
  GENERIC_SAME_SIZE: entry<{ size: string }>(
    ({ size }) => `two networks have the same size, ${size}`,
    () => 'give each size once',
  ),
} as const;
