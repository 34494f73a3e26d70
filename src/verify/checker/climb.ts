/**
 * From inputs at which a difference may be large to one at which it shows: single cells are changed as long as
 * text and network part further. Behind a saturated softmax a difference of logits is hardly to be seen, until
 * other cells bring the classes level; each step of that way makes it larger.
 */
import { cellDomain, domainHull } from '../../ir/model-interface.js';
import type { CellDomain, ModelInterface } from '../../ir/model-interface.js';
import type { Random } from '../../numeric/random.js';
import { createRandom } from '../../numeric/random.js';
import type { Probe } from '../probes.js';
import { backgroundOf } from '../probes.js';

/** Inputs that a climb starts from. */
const MOST_STARTS = 4;
/** Changes in a row that make nothing better before a climb ends. */
const PATIENCE = 400;
const SEED = 1;

/**
 * Inputs of ever larger difference, each once; `differenceAt` runs both on one. Whoever takes them ends the
 * climb by taking no more.
 */
export function* climb(
  model: ModelInterface,
  starts: Iterable<Probe>,
  differenceAt: (probe: Probe) => number,
): Generator<Probe> {
  const random = createRandom(SEED);
  let left = MOST_STARTS;
  for (const start of starts) {
    if (left-- <= 0) return;
    let best = start;
    let largest = differenceAt(start);
    for (let failures = 0; failures < PATIENCE;) {
      const next = changed(model, best, random);
      const own = differenceAt(next);
      failures = own > largest ? 0 : failures + 1;
      if (!(own >= largest)) continue;
      // A step on the level is taken too: it may be half of one that leads up.
      const isHigher = own > largest;
      [best, largest] = [next, own];
      if (!isHigher) continue;
      yield best;
    }
  }
}

/** One cell, or two, with another value of its domain. */
function changed(model: ModelInterface, probe: Probe, random: Random): Probe {
  const next = probe.map((cells) => cells.slice());
  const changes = 1 + random.below(2);
  for (let k = 0; k < changes; k++) {
    const input = random.below(next.length);
    const cell = random.below(next[input].length);
    next[input][cell] = otherValue(cellDomain(model.inputs[input].domain, cell), random);
  }
  return next;
}

function otherValue(domain: CellDomain, random: Random): number {
  if (domain.kind === 'values') return domain.values[random.below(domain.values.length)];
  const [min, max] = domain.kind === 'interval' ? domainHull(domain) : [-1, 1];
  const ends = [min, max, backgroundOf(domain)];
  return random.below(2) === 0
    ? ends[random.below(ends.length)]
    : min + (max - min) * random.unit();
}
