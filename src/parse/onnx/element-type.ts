/**
 * Element types of tensors: their names, and their numbers in the file (`TensorProto.DataType`). Those
 * whose values are numbers can be imported; the others have a name, so that diagnostics can say it.
 */

/** The element types that can be imported, as ONNX names them. */
export type ElementType =
  | 'float16'
  | 'bfloat16'
  | 'float'
  | 'double'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool';

const NUMERIC: ReadonlyMap<number, ElementType> = new Map([
  [1, 'float'],
  [2, 'uint8'],
  [3, 'int8'],
  [4, 'uint16'],
  [5, 'int16'],
  [6, 'int32'],
  [7, 'int64'],
  [9, 'bool'],
  [10, 'float16'],
  [11, 'double'],
  [12, 'uint32'],
  [13, 'uint64'],
  [16, 'bfloat16'],
]);

/** What cannot be imported: no numbers, or numbers that only quantised models have. */
const OTHERS: ReadonlyMap<number, string> = new Map([
  [0, 'no type'],
  [8, 'string'],
  [14, 'complex64'],
  [15, 'complex128'],
  [17, 'float8e4m3fn'],
  [18, 'float8e4m3fnuz'],
  [19, 'float8e5m2'],
  [20, 'float8e5m2fnuz'],
  [21, 'uint4'],
  [22, 'int4'],
  [23, 'float4e2m1'],
  [24, 'float8e8m0'],
  [25, 'uint2'],
  [26, 'int2'],
]);

/** Whether the numbers of a type are whole; a bool counts as 0 or 1. */
export function isWhole(type: ElementType): boolean {
  return !['float16', 'bfloat16', 'float', 'double'].includes(type);
}

/** The element type of a number in the file; `undefined` when it cannot be imported. */
export function elementTypeOf(dataType: number): ElementType | undefined {
  return NUMERIC.get(dataType);
}

/** What diagnostics call a number in the file. */
export function nameOfDataType(dataType: number): string {
  return NUMERIC.get(dataType) ?? OTHERS.get(dataType) ?? `type ${dataType}`;
}
