/** Numbers in no order, by which sums are told apart: what is equal has equal sums of them. */

/** A number from ½ to 1 for each place, the same every time. */
export function scatter(place: number): number {
  let hash = Math.imul(place + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return 0.5 + ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 33;
}
