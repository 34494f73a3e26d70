/**
 * The images of the orientation task: square, 0/1, row-major. Class 0 shows a vertical bar, class 1 a
 * horizontal one, which is the same bar with rows and columns exchanged.
 */

export interface LabelledImage {
  readonly cells: Float64Array;
  /** 0 vertical, 1 horizontal. */
  readonly label: 0 | 1;
}

/** Side of the images of the published network. */
export const PUBLISHED_SIZE = 28;

/** Rows and columns exchanged. */
export function transpose(cells: Float64Array, size: number): Float64Array {
  return cells.map((_, cell) => cells[(cell % size) * size + Math.floor(cell / size)]);
}

/** The 2·size training images: every full column (left to right), then every full row (top down). */
export function trainingImages(size: number): LabelledImage[] {
  const columns = Array.from({ length: size }, (_, column) =>
    Float64Array.from({ length: size * size }, (_, cell) => (cell % size === column ? 1 : 0)),
  );
  return [
    ...columns.map((cells): LabelledImage => ({ cells, label: 0 })),
    ...columns.map((cells): LabelledImage => ({ cells: transpose(cells, size), label: 1 })),
  ];
}
