/**
 * Joins the programs of a network's segments into one: what one returns is what the next one takes, and
 * stages are lowered in between.
 */
import type { StagedNetwork, TensorRef } from '../../ir/network.js';
import { interfaceOf } from '../../ir/network.js';
import { array, constant, giveBack, ref, symbol } from '../../ir/program-builders.js';
import { typeOf } from '../../ir/program-types.js';
import type { Expression, Program, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import type { Segment } from '../../ir/segments.js';
import { camelCase } from '../words.js';
import { renameInBlock } from '../rewrite.js';
import { runPasses } from '../passes/index.js';
import { lowerStage, wordFor } from './lower-stage.js';

/** A segment with the program that was inferred for it; stages need none. */
export type Part =
  | { readonly segment: Extract<Segment, { kind: 'layers' }>; readonly program: Program }
  | { readonly segment: Extract<Segment, { kind: 'stage' }> };

/** The program of the whole network; of a single segment of layers its own program. */
export function joinPrograms(network: StagedNetwork, parts: readonly Part[]): Program {
  const [first] = parts;
  if (parts.length === 1 && 'program' in first) return first.program;
  return new Joiner(network).join(parts);
}

class Joiner {
  private readonly parameters: readonly ProgramSymbol[];
  private readonly symbols = new Map<string, ProgramSymbol>();
  private readonly tables: Table[] = [];
  private readonly body: Statement[] = [];

  constructor(private readonly network: StagedNetwork) {
    this.parameters = network.inputs.map((input) =>
      symbol(camelCase(input.name) || 'input', 'number', input.shape),
    );
    this.parameters.forEach((parameter, index) => {
      this.symbols.set(keyOf({ kind: 'input', index }), parameter);
    });
  }

  join(parts: readonly Part[]): Program {
    for (const part of parts) {
      if ('program' in part) this.addProgram(part.segment, part.program);
      else this.addStage(part.segment);
    }
    const results = this.network.results.map((result) => ref(this.symbolOf(result)));
    const program: Program = {
      interface: interfaceOf(this.network),
      parameters: this.parameters,
      tables: this.tables,
      body: [...this.body, giveBack(results.length === 1 ? results[0] : array(...results))],
    };
    // Rounding has no bound through stages: every digit stays.
    return runPasses(program, { tolerance: 0 });
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
    const { symbol: target, statements } = lowerStage(stage);
    this.tables.push(...stage.tables);
    this.body.push(...renameInBlock(statements, renamed));
    this.symbols.set(keyOf({ kind: 'layer', index: layer }), target);
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

function keyOf({ kind, index }: TensorRef): string {
  return `${kind} ${index}`;
}
