/** Confidence of a share that was counted (Wilson 1927), which holds near 0 and 1 as well. */

/** The normal quantile of 95 %, both sides. */
const QUANTILE = 1.959963984540054;

/** From which share to which the true one lies with 95 % confidence, `hits` of `count` seen. */
export function wilsonInterval(hits: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const share = hits / count;
  const square = QUANTILE ** 2 / count;
  const middle = share + square / 2;
  const half = Math.sqrt(share * (1 - share) * square + (square * square) / 4);
  return [Math.max(0, (middle - half) / (1 + square)), Math.min(1, (middle + half) / (1 + square))];
}
