/**
 * The account of a network's structure: the first half of the pipeline, and what the report makes of it.
 * Where stages cut the network, each part is told by itself, in order.
 */
import { printable } from './diagnostics/printable.js';
import { clusterNetwork } from './cluster/index.js';
import { diagnose } from './diagnostics/diagnostic.js';
import { dumpStage } from './ir/network-dump.js';
import type { StagedNetwork } from './ir/network.js';
import { segmentsOf } from './ir/segments.js';
import { describeModel, describeStructure, renderAccount, renderPicture } from './report/index.js';

export interface Account {
  /** For people. */
  readonly text: string;
  /** For programs; one structure, or with stages `segments`, a list of structures and stages. */
  readonly structure: object;
  /** An SVG of the clusters. @throws Diagnostic `INSPECT_STAGES` for a network with stages. */
  readonly picture: () => string;
}

/** Clusters a network, part by part, and tells what was found. */
export function inspectNetwork(network: StagedNetwork): Account {
  const parts = segmentsOf(network).map((segment) => {
    if (segment.kind === 'stage') {
      const { name, shape } = segment.stage;
      const lines = dumpStage(segment.stage, segment.layer);
      return {
        text: `${lines.map((line) => printable(line, Infinity)).join('\n')}\n`,
        structure: { stage: name, shape, formula: lines[1].trim() },
      };
    }
    const graph = clusterNetwork(segment.network);
    return {
      text: renderAccount(segment.network, graph),
      structure: describeStructure(segment.network, graph),
      graph,
    };
  });
  const [first] = parts;
  const isWhole = parts.length === 1;
  return {
    text: parts.map(({ text }) => text).join('\n'),
    structure: isWhole
      ? first.structure
      : { schema: 1, model: describeModel(network), segments: parts.map((part) => part.structure) },
    picture: () => {
      if (!isWhole || first.graph === undefined) {
        throw diagnose('INSPECT_STAGES', {}, { parts: parts.length });
      }
      return renderPicture(first.graph);
    },
  };
}
