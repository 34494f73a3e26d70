/**
 * Small formulas with their values, for mutations that know what they look for: half of them random, half
 * parts of the island's members. Made anew in every epoch.
 */
import { createEvaluator } from '../engine/evaluator.js';
import type { Engine } from '../engine/engine.js';
import { CONSTANT } from '../engine/tape.js';
import { clearDraft, createDraft, pushConstant, pushPiece } from './draft.js';
import type { Draft } from './draft.js';
import { copyGenome, startOfSubtree, tapeOf } from './genome.js';
import type { Genome } from './genome.js';
import type { Individual } from './population.js';
import { pushTree } from './random-tree.js';
import type { Growth } from './random-tree.js';
import { tidy } from './tidy.js';
import { createFingerprint } from './value-fingerprint.js';

export interface Library {
  readonly entries: readonly Entry[];
  /** The rows of the data set that are looked at. */
  readonly rows: readonly number[];
}

export interface Entry {
  readonly genome: Genome;
  /** At the library's rows; finite, not all equal. */
  readonly values: Float64Array;
}

/** Rows that a match is judged by: enough to tell formulas apart. */
const MOST_ROWS = 64;
const RANDOM_SIZE = 6;
const LARGEST_PART = 12;
/** Evaluations that an entry may take, at most. */
export const ATTEMPTS_PER_ENTRY = 4;

/** `size` entries, or fewer where few can be found; counted as evaluations. */
export function createLibrary(
  size: number,
  members: readonly Individual[],
  engine: Engine,
  growth: Growth,
): Library {
  const { columns } = engine.problem.data;
  const step = Math.max(1, engine.rows / MOST_ROWS);
  const rows = Array.from({ length: Math.min(MOST_ROWS, engine.rows) }, (_, k) =>
    Math.floor(k * step),
  );
  const own = columns.map((column) => Float64Array.from(rows, (row) => column[row]));
  const evaluator = createEvaluator(own, rows.length, engine.operators);
  const fingerprintOf = createFingerprint(rows.length);
  const known = new Set<number>();
  const entries: Entry[] = [];
  const [raw, draft] = [createDraft(), createDraft()];
  for (let attempt = 0; attempt < ATTEMPTS_PER_ENTRY * size && entries.length < size; attempt++) {
    clearDraft(raw);
    if (attempt % 2 === 0) pushTree(raw, 1 + growth.random.below(RANDOM_SIZE), growth);
    else pushPart(raw, members, growth);
    tidy(draft, raw);
    if (!growth.rules.isAllowed(draft) || isConstant(draft)) continue;
    engine.countEvaluations(1);
    const values = evaluator.values(tapeOf(draft));
    if (values === undefined || values.every((value) => value === values[0])) continue;
    const fingerprint = fingerprintOf(values, 0, 1);
    if (known.has(fingerprint)) continue;
    known.add(fingerprint);
    entries.push({ genome: copyGenome(draft), values: values.slice() });
  }
  return { entries, rows };
}

/** A random part of a random member, if it is not too large. */
function pushPart(draft: Draft, members: readonly Individual[], { random }: Growth): void {
  const { genome } = members[random.below(members.length)];
  const root = random.below(genome.length);
  const start = startOfSubtree(genome, root);
  if (root - start < LARGEST_PART) pushPiece(draft, genome, start, root + 1);
  else pushConstant(draft, 0);
}

function isConstant({ codes, length }: Genome): boolean {
  return length === 1 && codes[0] === CONSTANT;
}
