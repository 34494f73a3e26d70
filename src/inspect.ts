/**
 * The account of a network's structure: the first half of the pipeline, and what the report makes of it.
 * Where stages cut the network, each part is told by itself, in order.
 */
import { printable } from './diagnostics/printable.js';
import { clusterNetwork } from './cluster/index.js';
import { diagnose } from './diagnostics/diagnostic.js';
import type { ClusterGraph } from './ir/cluster.js';
import { dumpScan, dumpStage, dumpTap } from './ir/network-dump.js';
import type { StagedNetwork } from './ir/network.js';
import { segmentsOf } from './ir/segments.js';
import type { Segment } from './ir/segments.js';
import { simplifyNetwork } from './simplify/index.js';
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
  const parts = segmentsOf(network).map(describeSegment);
  const [first] = parts;
  const isWhole = parts.length === 1 && first.graph !== undefined;
  return {
    text: parts.map(({ text }) => text).join('\n'),
    structure: isWhole
      ? first.structure
      : { schema: 1, model: describeModel(network), segments: parts.map((part) => part.structure) },
    picture: () => {
      if (!isWhole) {
        throw diagnose('INSPECT_STAGES', {}, { parts: parts.length });
      }
      return renderPicture(first.graph);
    },
  };
}

/** One part of a network, for people and for programs; of layers the clusters, too. */
interface Told {
  readonly text: string;
  readonly structure: object;
  readonly graph?: ClusterGraph;
}

function describeSegment(segment: Segment): Told {
  switch (segment.kind) {
    case 'layers': {
      const { network: simple, changes } = simplifyNetwork(segment.network);
      const own = clusterNetwork(simple);
      const graph = { ...own, changes: [...changes, ...own.changes] };
      return {
        text: renderAccount(segment.network, graph),
        structure: describeStructure(segment.network, graph),
        graph,
      };
    }
    case 'stage': {
      const { name, shape } = segment.stage;
      const lines = dumpStage(segment.stage, segment.layer);
      return {
        text: `${lines.map((line) => printable(line, Infinity)).join('\n')}\n`,
        structure: { stage: name, shape, formula: lines[1].trim() },
      };
    }
    case 'scan': {
      const { name, shape, steps, reversed, body } = segment.scan;
      const inner = segmentsOf(body).map(describeSegment);
      const text = inner.map((part) => part.text).join('\n');
      return {
        text: `${dumpScan(segment.scan, segment.layer)}\n\n${text.replace(/^(?=.)/gm, '  ')}`,
        structure: {
          scan: name,
          shape,
          steps,
          reversed,
          segments: inner.map((part) => part.structure),
        },
      };
    }
    case 'tap': {
      const { name, shape, output } = segment.tap;
      return {
        text: `${dumpTap(segment.tap, segment.layer)}\n`,
        structure: { tap: name, shape, output },
      };
    }
  }
}
