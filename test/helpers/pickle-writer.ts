/**
 * Writes pickles for tests, operation by operation, as Python's pickler does for what `torch.save` hands
 * it: protocol 2 with GLOBAL and BINPUT, or protocol 4 with STACK_GLOBAL and MEMOIZE; and what it never
 * writes, given as bytes.
 */

/** A number that is whole is written as an integer, unless it is `{ float }`. */
export type PickleSpec =
  | null
  | boolean
  | number
  | string
  | { readonly float: number }
  | { readonly tuple: readonly PickleSpec[] }
  | { readonly list: readonly PickleSpec[] }
  | { readonly dict: readonly (readonly [PickleSpec, PickleSpec])[] }
  /** An OrderedDict; `state` becomes its attributes. */
  | {
      readonly ordered: readonly (readonly [PickleSpec, PickleSpec])[];
      readonly state?: PickleSpec;
    }
  /** A name of Python; called with `args` where they are given. */
  | { readonly global: readonly [string, string]; readonly args?: readonly PickleSpec[] }
  | { readonly persistent: PickleSpec }
  /** Operations as they are. */
  | { readonly raw: readonly number[] };

interface Writer {
  readonly bytes: number[];
  readonly protocol: 2 | 4;
  /** Numbers of the texts and globals that are written already. */
  readonly memo: Map<string, number>;
  /** Values remembered so far. */
  count: number;
}

/** The bytes of a pickle of one value. */
export function writePickle(value: PickleSpec, protocol: 2 | 4 = 2): Uint8Array {
  const writer: Writer = { bytes: [0x80, protocol], protocol, memo: new Map(), count: 0 };
  // FRAME; its length is what streams look at, and nobody here.
  if (protocol === 4) writer.bytes.push(0x95, 0, 0, 0, 0, 0, 0, 0, 0);
  writeValue(writer, value);
  writer.bytes.push(code('.'));
  return Uint8Array.from(writer.bytes);
}

function writeValue(writer: Writer, value: PickleSpec): void {
  const { bytes } = writer;
  if (value === null) bytes.push(code('N'));
  else if (typeof value === 'boolean') bytes.push(value ? 0x88 : 0x89);
  else if (typeof value === 'number') writeInteger(writer, value);
  else if (typeof value === 'string') writeText(writer, value);
  else if ('float' in value)
    bytes.push(code('G'), ...numberBytes(8, (view) => view.setFloat64(0, value.float)));
  else if ('tuple' in value) writeTuple(writer, value.tuple);
  else if ('list' in value) writeList(writer, value.list);
  else if ('dict' in value) {
    bytes.push(code('}'));
    remember(writer);
    writeItems(writer, value.dict);
  } else if ('ordered' in value) writeOrdered(writer, value.ordered, value.state);
  else if ('global' in value) {
    writeGlobal(writer, ...value.global);
    if (value.args !== undefined) {
      writeTuple(writer, value.args);
      bytes.push(code('R'));
      remember(writer);
    }
  } else if ('persistent' in value) {
    writeValue(writer, value.persistent);
    bytes.push(code('Q'));
  } else bytes.push(...value.raw);
}

function writeInteger({ bytes }: Writer, value: number): void {
  if (value >= 0 && value < 2 ** 8) bytes.push(code('K'), value);
  else if (value >= 0 && value < 2 ** 16) bytes.push(code('M'), value & 0xff, value >> 8);
  else if (value >= -(2 ** 31) && value < 2 ** 31) {
    bytes.push(code('J'), ...numberBytes(4, (view) => view.setInt32(0, value, true)));
  } else {
    bytes.push(0x8a, 8, ...numberBytes(8, (view) => view.setBigInt64(0, BigInt(value), true)));
  }
}

function writeText(writer: Writer, text: string): void {
  if (recall(writer, `text ${text}`)) return;
  const encoded = new TextEncoder().encode(text);
  if (writer.protocol === 4 && encoded.length < 256) writer.bytes.push(0x8c, encoded.length);
  else
    writer.bytes.push(
      code('X'),
      ...numberBytes(4, (view) => view.setUint32(0, encoded.length, true)),
    );
  writer.bytes.push(...encoded);
  remember(writer, `text ${text}`);
}

function writeTuple(writer: Writer, items: readonly PickleSpec[]): void {
  const { bytes } = writer;
  if (items.length > 3) bytes.push(code('('));
  for (const item of items) writeValue(writer, item);
  if (items.length === 0) bytes.push(code(')'));
  else {
    bytes.push(items.length > 3 ? code('t') : 0x84 + items.length);
    remember(writer);
  }
}

function writeList(writer: Writer, items: readonly PickleSpec[]): void {
  const { bytes } = writer;
  bytes.push(code(']'));
  remember(writer);
  if (items.length === 0) return;
  if (items.length > 1) bytes.push(code('('));
  for (const item of items) writeValue(writer, item);
  bytes.push(items.length > 1 ? code('e') : code('a'));
}

function writeItems(writer: Writer, items: readonly (readonly [PickleSpec, PickleSpec])[]): void {
  const { bytes } = writer;
  if (items.length === 0) return;
  if (items.length > 1) bytes.push(code('('));
  for (const [key, value] of items) {
    writeValue(writer, key);
    writeValue(writer, value);
  }
  bytes.push(items.length > 1 ? code('u') : code('s'));
}

function writeOrdered(
  writer: Writer,
  items: readonly (readonly [PickleSpec, PickleSpec])[],
  state: PickleSpec | undefined,
): void {
  writeGlobal(writer, 'collections', 'OrderedDict');
  writer.bytes.push(code(')'), code('R'));
  remember(writer);
  writeItems(writer, items);
  if (state === undefined) return;
  writeValue(writer, state);
  writer.bytes.push(code('b'));
}

function writeGlobal(writer: Writer, module: string, name: string): void {
  const key = `global ${module} ${name}`;
  if (recall(writer, key)) return;
  if (writer.protocol === 4) {
    writeText(writer, module);
    writeText(writer, name);
    writer.bytes.push(0x93);
  } else writer.bytes.push(code('c'), ...new TextEncoder().encode(`${module}\n${name}\n`));
  remember(writer, key);
}

/** Every value is remembered, though few are recalled: so does Python. */
function remember(writer: Writer, key?: string): void {
  const { bytes, count } = writer;
  if (key !== undefined) writer.memo.set(key, count);
  if (writer.protocol === 4) bytes.push(0x94);
  else if (count < 256) bytes.push(code('q'), count);
  else bytes.push(code('r'), ...numberBytes(4, (view) => view.setUint32(0, count, true)));
  writer.count++;
}

function recall(writer: Writer, key: string): boolean {
  const index = writer.memo.get(key);
  if (index === undefined) return false;
  if (index < 256) writer.bytes.push(code('h'), index);
  else writer.bytes.push(code('j'), ...numberBytes(4, (view) => view.setUint32(0, index, true)));
  return true;
}

function code(character: string): number {
  return character.charCodeAt(0);
}

function numberBytes(length: number, write: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  write(view);
  return new Uint8Array(view.buffer);
}
