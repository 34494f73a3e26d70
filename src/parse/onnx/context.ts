/**
 * What an operator's importer is given: the node's arguments and attributes, checked on access, and the
 * layers so far. Also the shared failures of importers.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic, Place } from '../../diagnostics/diagnostic.js';
import type { LayerBuilder } from './builder.js';
import { ATTRIBUTE_TYPE } from './schema.js';
import type { AttributeMessage, NodeMessage } from './schema.js';
import type { ConstantValue, TensorValue, Value } from './values.js';

export interface Importer {
  /** The operator, as nodes name it. */
  readonly operator: string;
  /** Its operator set; absent for ONNX's own. */
  readonly domain?: string;
  /** Names of the attributes that `read` understands. */
  readonly attributes: readonly string[];
  /**
   * The value of the node's output, or of its outputs in their order; `undefined` for one that cannot be
   * had. @throws Diagnostic of the ONNX area.
   */
  readonly read: (context: OperatorContext) => Value | readonly (Value | undefined)[];
}

/** Facts of the import that the network reports. */
export interface Notes {
  /** Names of the constants that became weights, with their numbers of elements. */
  readonly parameters: Map<string, number>;
  /** The first weights that each node reads, by their names. */
  readonly weights: Map<string, string>;
  readonly warnings: Set<string>;
}

/** Who reads a value. */
export interface Readers {
  /** How many nodes and results of the graph. */
  readonly count: number;
  readonly isResult: boolean;
}

export class OperatorContext {
  constructor(
    readonly node: NodeMessage,
    /** Name of the node; names layers and places. */
    readonly name: string,
    readonly place: Place,
    /** Version of the default operator set. */
    readonly opset: number,
    readonly layers: LayerBuilder,
    private readonly values: (name: string) => Value,
    private readonly readersOf: (name: string) => Readers,
    private readonly notes: Notes,
  ) {}

  /** The same node, building into the body of a scan, for the part of it that is called `name`. */
  within(layers: LayerBuilder, name: string): OperatorContext {
    // What a body computes is read by the body alone.
    const readers = (): Readers => ({ count: 1, isResult: false });
    return new OperatorContext(this.node, name, this.place, this.opset, layers, this.values, readers, this.notes); // prettier-ignore
  }

  /** Whether anything reads the output at a position from 0. */
  wants(position: number): boolean {
    return this.readersOf(this.node.output.at(position) ?? '').count > 0;
  }

  /** Whether the first output is a result of the graph, and nothing else. */
  get isResult(): boolean {
    const { count, isResult } = this.readersOf(this.node.output[0]);
    return isResult && count === 1;
  }

  /** Argument at a position from 0, if given. */
  optional(position: number): Value | undefined {
    const name = this.node.input.at(position) ?? '';
    return name === '' ? undefined : this.values(name);
  }

  /** Argument at a position from 0. @throws Diagnostic ONNX_MISSING_ARGUMENT. */
  argument(position: number): Value {
    const value = this.optional(position);
    if (value !== undefined) return value;
    const values = { operator: this.node.opType, position: position + 1 };
    throw diagnose('ONNX_MISSING_ARGUMENT', this.place, values);
  }

  /** An argument that must be computed. @throws Diagnostic ONNX_UNSUPPORTED_FORM. */
  tensor(position: number): TensorValue {
    const value = this.argument(position);
    if (value.kind === 'constant') throw this.unsupported('of a constant');
    return value;
  }

  /**
   * An argument that must be a constant; `phrase` names it, such as `its shape`.
   *
   * @throws Diagnostic ONNX_MISSING_ARGUMENT, ONNX_NOT_CONSTANT.
   */
  constant(position: number, phrase: string): ConstantValue {
    const value = this.argument(position);
    if (value.kind === 'tensor') throw this.notConstant(phrase);
    return value;
  }

  /** As `constant`; `undefined` when the argument is left out. */
  optionalConstant(position: number, phrase: string): ConstantValue | undefined {
    return this.optional(position) === undefined ? undefined : this.constant(position, phrase);
  }

  /** Marks a constant as weights. @throws Diagnostic ONNX_INEXACT_WEIGHT. */
  useWeights(constant: ConstantValue): ConstantValue {
    this.refuseRounded(constant);
    this.notes.parameters.set(constant.name, constant.data.length);
    if (!this.notes.weights.has(this.name)) this.notes.weights.set(this.name, constant.name);
    return constant;
  }

  /** Refuses to compute with numbers that are not what the file holds. @throws Diagnostic ONNX_INEXACT_WEIGHT. */
  refuseRounded({ name, rounded }: ConstantValue): void {
    if (rounded === undefined) return;
    const { index, text: value } = rounded;
    throw diagnose('ONNX_INEXACT_WEIGHT', this.place, { tensor: name, index, value });
  }

  /** Notes that constants were folded with a rounding to double precision. */
  noteRounding(): void {
    this.warn('a result of constants was rounded to a double');
  }

  /** Notes something that the user may not expect. */
  warn(text: string): void {
    this.notes.warnings.add(`${this.name}: ${text}`);
  }

  attribute(name: string): AttributeMessage | undefined {
    return this.node.attribute.find((attribute) => attribute.name === name);
  }

  integer(name: string, absent: number): number {
    return this.typed(name, ATTRIBUTE_TYPE.int)?.i ?? absent;
  }

  float(name: string, absent: number): number {
    const value = this.typed(name, ATTRIBUTE_TYPE.float)?.f ?? absent;
    if (!Number.isFinite(value)) throw this.unsupportedAttribute(name, String(value));
    return value;
  }

  /** The numbers of a list attribute. */
  integers(name: string): readonly number[] | undefined {
    return this.typed(name, ATTRIBUTE_TYPE.ints)?.ints;
  }

  /** The numbers of a list attribute, none where it is left out. */
  floats(name: string): readonly number[] {
    const values = this.typed(name, ATTRIBUTE_TYPE.floats)?.floats ?? [];
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw this.unsupportedAttribute(name, String(wrong));
    return values;
  }

  texts(name: string): readonly string[] | undefined {
    return this.typed(name, ATTRIBUTE_TYPE.strings)?.strings;
  }

  text(name: string, absent: string): string {
    const bytes = this.typed(name, ATTRIBUTE_TYPE.string)?.s;
    return bytes === undefined ? absent : new TextDecoder().decode(bytes);
  }

  /** Integers that stand in an attribute before operator set `since`, and in an argument from it on. */
  integersSince(since: number, name: string, position: number): readonly number[] | undefined {
    if (this.opset < since) {
      if (this.optional(position) === undefined) return this.integers(name);
      throw this.unsupported(`of operator set ${this.opset} with its ${name} as an argument`);
    }
    if (this.attribute(name) !== undefined) throw this.unsupportedAttribute(name, '');
    const constant = this.optionalConstant(position, `its ${name}`);
    return constant === undefined ? undefined : Array.from(constant.data);
  }

  private typed(name: string, type: number): AttributeMessage | undefined {
    const attribute = this.attribute(name);
    // Before IR version 2, attributes had no type.
    if (attribute === undefined || attribute.type === type || attribute.type === 0) {
      return attribute;
    }
    throw this.unsupportedAttribute(name, '');
  }

  unsupported(form: string): Diagnostic {
    const values = { operator: this.node.opType, form };
    return diagnose('ONNX_UNSUPPORTED_FORM', this.place, values);
  }

  unsupportedAttribute(attribute: string, value: string): Diagnostic {
    const values = { operator: this.node.opType, opset: this.opset, attribute, value };
    return diagnose('ONNX_UNSUPPORTED_ATTRIBUTE', this.place, values);
  }

  /** `argument` is a phrase such as `its shape`. */
  notConstant(argument: string): Diagnostic {
    const values = { operator: this.node.opType, argument };
    return diagnose('ONNX_NOT_CONSTANT', this.place, values);
  }

  mismatch(left: readonly number[], right: readonly number[]): Diagnostic {
    const values = { operator: this.node.opType, left, right };
    return diagnose('ONNX_SHAPE_MISMATCH', this.place, values);
  }
}
