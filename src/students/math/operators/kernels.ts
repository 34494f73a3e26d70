/**
 * The kernels that searches spend their time in. Four rows in one turn of the loop take little more than
 * half the time of four turns; the engine does not do that by itself.
 */

type Column = Float64Array;

export function addColumns(left: Column, right: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] + right[i];
    result[i + 1] = left[i + 1] + right[i + 1];
    result[i + 2] = left[i + 2] + right[i + 2];
    result[i + 3] = left[i + 3] + right[i + 3];
  }
  for (; i < count; i++) result[i] = left[i] + right[i];
}

export function addColumnNumber(left: Column, right: number, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] + right;
    result[i + 1] = left[i + 1] + right;
    result[i + 2] = left[i + 2] + right;
    result[i + 3] = left[i + 3] + right;
  }
  for (; i < count; i++) result[i] = left[i] + right;
}

export function subtractColumns(left: Column, right: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] - right[i];
    result[i + 1] = left[i + 1] - right[i + 1];
    result[i + 2] = left[i + 2] - right[i + 2];
    result[i + 3] = left[i + 3] - right[i + 3];
  }
  for (; i < count; i++) result[i] = left[i] - right[i];
}

export function subtractColumnNumber(
  left: Column,
  right: number,
  result: Column,
  count: number,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] - right;
    result[i + 1] = left[i + 1] - right;
    result[i + 2] = left[i + 2] - right;
    result[i + 3] = left[i + 3] - right;
  }
  for (; i < count; i++) result[i] = left[i] - right;
}

export function subtractNumberColumn(
  left: number,
  right: Column,
  result: Column,
  count: number,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left - right[i];
    result[i + 1] = left - right[i + 1];
    result[i + 2] = left - right[i + 2];
    result[i + 3] = left - right[i + 3];
  }
  for (; i < count; i++) result[i] = left - right[i];
}

export function multiplyColumns(left: Column, right: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] * right[i];
    result[i + 1] = left[i + 1] * right[i + 1];
    result[i + 2] = left[i + 2] * right[i + 2];
    result[i + 3] = left[i + 3] * right[i + 3];
  }
  for (; i < count; i++) result[i] = left[i] * right[i];
}

export function multiplyColumnNumber(
  left: Column,
  right: number,
  result: Column,
  count: number,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] * right;
    result[i + 1] = left[i + 1] * right;
    result[i + 2] = left[i + 2] * right;
    result[i + 3] = left[i + 3] * right;
  }
  for (; i < count; i++) result[i] = left[i] * right;
}

export function divideColumns(left: Column, right: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] / right[i];
    result[i + 1] = left[i + 1] / right[i + 1];
    result[i + 2] = left[i + 2] / right[i + 2];
    result[i + 3] = left[i + 3] / right[i + 3];
  }
  for (; i < count; i++) result[i] = left[i] / right[i];
}

export function divideColumnNumber(
  left: Column,
  right: number,
  result: Column,
  count: number,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left[i] / right;
    result[i + 1] = left[i + 1] / right;
    result[i + 2] = left[i + 2] / right;
    result[i + 3] = left[i + 3] / right;
  }
  for (; i < count; i++) result[i] = left[i] / right;
}

export function divideNumberColumn(
  left: number,
  right: Column,
  result: Column,
  count: number,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = left / right[i];
    result[i + 1] = left / right[i + 1];
    result[i + 2] = left / right[i + 2];
    result[i + 3] = left / right[i + 3];
  }
  for (; i < count; i++) result[i] = left / right[i];
}

export function negateColumn(argument: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = -argument[i];
    result[i + 1] = -argument[i + 1];
    result[i + 2] = -argument[i + 2];
    result[i + 3] = -argument[i + 3];
  }
  for (; i < count; i++) result[i] = -argument[i];
}

export function squareColumn(argument: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = argument[i] * argument[i];
    result[i + 1] = argument[i + 1] * argument[i + 1];
    result[i + 2] = argument[i + 2] * argument[i + 2];
    result[i + 3] = argument[i + 3] * argument[i + 3];
  }
  for (; i < count; i++) result[i] = argument[i] * argument[i];
}

export function cubeColumn(argument: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = argument[i] * argument[i] * argument[i];
    result[i + 1] = argument[i + 1] * argument[i + 1] * argument[i + 1];
    result[i + 2] = argument[i + 2] * argument[i + 2] * argument[i + 2];
    result[i + 3] = argument[i + 3] * argument[i + 3] * argument[i + 3];
  }
  for (; i < count; i++) result[i] = argument[i] * argument[i] * argument[i];
}

export function magnitudeColumn(argument: Column, result: Column, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    result[i] = Math.abs(argument[i]);
    result[i + 1] = Math.abs(argument[i + 1]);
    result[i + 2] = Math.abs(argument[i + 2]);
    result[i + 3] = Math.abs(argument[i + 3]);
  }
  for (; i < count; i++) result[i] = Math.abs(argument[i]);
}
