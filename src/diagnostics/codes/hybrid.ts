/** Diagnostics of hybrid modules: blocks that are named wrongly, or that equations cannot stand in for. */
import { entry, suggest } from '../entry.js';
import type { Unknown } from './manifest.js';

export const HYBRID_DIAGNOSTICS = {
  HYBRID_UNKNOWN_LAYER: entry<Unknown>(
    ({ word }) => `the network has no layer called "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  HYBRID_NOT_CONSECUTIVE: entry<{ block: string; known: readonly string[] }>(
    ({ block }) => `the layers of the block "${block}" do not follow each other`,
    ({ known }) => `name them in the network's order: ${known.join(', ')}`,
  ),
  HYBRID_WHOLE_NETWORK: entry<{ block: string }>(
    ({ block }) => `the block "${block}" is the whole network`,
    () => 'leave a layer out, or let deepdistill math explain the whole',
  ),
  HYBRID_NO_CUT: entry<{ block: string; reason: string; known: readonly string[] }>(
    ({ block, reason }) => `the block "${block}" cannot be cut out: ${reason}`,
    ({ known }) =>
      known.length === 0
        ? 'this network can be cut nowhere'
        : `blocks of this network are ${known.join(', ')}`,
  ),
  HYBRID_OVERLAP: entry<{ first: string; second: string; layer: string }>(
    ({ first, second, layer }) =>
      `the blocks "${first}" and "${second}" share the layer "${layer}"`,
    () => 'name blocks that have no layer in common',
  ),
  HYBRID_KEPT: entry<{ block: string; layer: string }>(
    ({ block, layer }) =>
      `the layer "${layer}" is to stay exact, but is part of the block "${block}"`,
    () => 'leave it out of --exact or of --blocks',
  ),
  HYBRID_BLOCK: entry<{ block: string; reason: string }>(
    ({ block, reason }) => `the block "${block}" cannot be told by equations: ${reason}`,
    () => 'name another block, or leave out cells that hardly matter with --prune',
  ),
  HYBRID_COMPLEXITY: entry<{ block: string; complexity: number; known: readonly number[] }>(
    ({ block, complexity }) => `the block "${block}" has no equation of complexity ${complexity}`,
    ({ known }) => `there are equations of complexity ${known.join(', ')}`,
  ),
  HYBRID_COMPLEXITY_BLOCK: entry<Unknown>(
    ({ word }) => `"${word}" is none of the blocks that are told by equations`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  HYBRID_NO_BLOCKS: entry(
    () => 'the network has no block: it can be cut nowhere, or all its layers are to stay exact',
    () => 'let deepdistill math explain the whole network',
  ),
  HYBRID_NOTHING: entry<{ fidelity: number; blocks: readonly string[] }>(
    ({ fidelity }) => `no block is told shorter by equations at fidelity ${fidelity}`,
    ({ blocks }) =>
      `ask for less with --fidelity, or name a block with --blocks all the same; tried: ${blocks.join('; ')}`,
  ),
} as const;
