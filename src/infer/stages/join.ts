/**
 * Joins the programs of a network's segments into one: what one returns is what the next one takes, and
 * stages and scans are lowered in between.
 */
import type { Scan, StagedNetwork, TensorRef } from '../../ir/network.js';
import { interfaceOf } from '../../ir/network.js';
import { array, constant, giveBack, ref, symbol } from '../../ir/program-builders.js';
import { typeOf } from '../../ir/program-types.js';
import type { Expression, Program, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import type { Segment } from '../../ir/segments.js';
import { keepLast } from './histories.js';
import type { History } from './histories.js';
import { camelCase } from '../words.js';
import { renameInBlock } from '../rewrite.js';
import { runPasses } from '../passes/index.js';
import { lowerScan } from './lower-scan.js';
import { lowerStage, wordFor } from './lower-stage.js';

/** A segment with the program that was inferred for it, or with the parts of its body; others need none. */
export type Part =
  | { readonly segment: Extract<Segment, { kind: 'layers' }>; readonly program: Program }
  | { readonly segment: Extract<Segment, { kind: 'scan' }>; readonly parts: readonly Part[] }
  | { readonly segment: Extract<Segment, { kind: 'stage' | 'tap' }> };

/** The program of the whole network; of a single segment of layers its own program. */
export function joinPrograms(network: StagedNetwork, parts: readonly Part[]): Program {
  const [first] = parts;
  if (parts.length === 1 && 'program' in first) return first.program;
  const parameters = network.inputs.map((input) =>
    symbol(camelCase(input.name) || 'input', 'number', input.shape),
  );
  const joined = new Joiner(network, parameters).join(parts);
  const results = joined.results.map(ref);
  const program: Program = {
    interface: interfaceOf(network),
    parameters,
    tables: joined.tables,
    body: [...joined.body, giveBack(results.length === 1 ? results[0] : array(...results))],
  };
  // Rounding has no bound through stages: every digit stays.
  return runPasses(keepLast(program, joined.histories), { tolerance: 0 });
}

/** The joined parts of a network; `results` hold what it gives. */
interface Joined {
  readonly tables: readonly Table[];
  readonly body: readonly Statement[];
  readonly results: readonly ProgramSymbol[];
  readonly histories: readonly History[];
}

class Joiner {
  private readonly symbols = new Map<string, ProgramSymbol>();
  private readonly scans = new Map<number, readonly ProgramSymbol[]>();
  private readonly tables: Table[] = [];
  private readonly body: Statement[] = [];
  private readonly histories: History[] = [];

  /** `inPlace`: for stages that write where something stands already, by their layer, the array. */
  constructor(
    private readonly network: StagedNetwork,
    parameters: readonly ProgramSymbol[],
    private readonly inPlace: ReadonlyMap<number, ProgramSymbol> = new Map(),
  ) {
    parameters.forEach((parameter, index) => {
      this.symbols.set(keyOf({ kind: 'input', index }), parameter);
    });
  }

  join(parts: readonly Part[]): Joined {
    for (const part of parts) this.add(part);
    const { tables, body, histories } = this;
    const results = this.network.results.map((result) => this.symbolOf(result));
    return { tables, body, results, histories };
  }

  private add(part: Part): void {
    if ('program' in part) this.addProgram(part.segment, part.program);
    else if ('parts' in part) this.addScan(part.segment, part.parts);
    else if (part.segment.kind === 'stage') this.addStage(part.segment);
    else {
      const { tap, layer } = part.segment;
      const [source] = tap.sources;
      const found = this.scans.get(source.index)?.at(tap.output);
      if (found === undefined) throw new Error(`${keyOf(source)} is read before it is computed`);
      this.symbols.set(keyOf({ kind: 'layer', index: layer }), found);
    }
  }

  private symbolOf(tensor: TensorRef): ProgramSymbol {
    const known = this.symbols.get(keyOf(tensor));
    if (known === undefined) throw new Error(`${keyOf(tensor)} is read before it is computed`);
    return known;
  }

  private addProgram(
    { inputs, outputs }: Extract<Segment, { kind: 'layers' }>,
    program: Program,
  ): void {
    const renamed = new Map(
      program.parameters.map((parameter, index) => [parameter, this.symbolOf(inputs[index])]),
    );
    const block = renameInBlock(program.body, renamed);
    const last = block.at(-1);
    if (last?.kind !== 'return') throw new Error('a program ends by returning its outputs');
    this.tables.push(...program.tables);
    this.body.push(...block.slice(0, -1));
    const values =
      outputs.length === 1 || last.value.kind !== 'array' ? [last.value] : last.value.elements;
    outputs.forEach((output, index) => {
      const { name } = this.network.layers[output.index];
      this.symbols.set(keyOf(output), this.bind(values[index], wordFor(name)));
    });
  }

  private addStage({ stage, layer }: Extract<Segment, { kind: 'stage' }>): void {
    const renamed = new Map(
      stage.parameters.map((parameter, index) => [parameter, this.symbolOf(stage.sources[index])]),
    );
    const { symbol: target, statements } = lowerStage(stage, this.inPlace.get(layer));
    this.tables.push(...stage.tables);
    this.body.push(...renameInBlock(statements, renamed));
    this.symbols.set(keyOf({ kind: 'layer', index: layer }), target);
  }

  private addScan(
    { scan, layer }: Extract<Segment, { kind: 'scan' }>,
    parts: readonly Part[],
  ): void {
    const word = scanWord(this.network, scan);
    const lowered = lowerScan(
      { ...scan, word },
      scan.sources.map((source) => this.symbolOf(source)),
      (parameters, inPlace) => new Joiner(scan.body, parameters, inPlace).join(parts),
      // Only what nothing else tells apart: directions have loops of their own.
      scan.word === '' && word !== '',
    );
    this.tables.push(...lowered.tables);
    this.body.push(...lowered.statements);
    this.histories.push(...lowered.histories);
    this.scans.set(layer, lowered.outputs);
    this.symbols.set(keyOf({ kind: 'layer', index: layer }), lowered.outputs[0]);
  }

  /** The symbol that holds a value; a new constant where it is none. */
  private bind(value: Expression, hint: string): ProgramSymbol {
    if (value.kind === 'symbol') return value.symbol;
    const { scalar, extents } = typeOf(value);
    const name = symbol(hint, scalar, extents);
    this.body.push(constant(name, value));
    return name;
  }
}

/** What tells a scan from the others of its network: its own word, and which one of several it is. */
function scanWord({ layers }: StagedNetwork, scan: Scan): string {
  const alike = layers.filter((node) => node.kind === 'scan' && node.word === scan.word);
  return alike.length === 1 ? scan.word : `layer${alike.indexOf(scan) + 1} ${scan.word}`;
}

function keyOf({ kind, index }: TensorRef): string {
  return `${kind} ${index}`;
}
