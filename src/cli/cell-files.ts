/** Files of a search of several outputs: each output has files of its own, beside those of the first. */

/** `front.csv` for the first output, then `front.1.csv`, `front.2.csv`, …; folders keep their names. */
export function fileOfCell(path: string, position: number): string {
  return position === 0 ? path : path.replace(/(\.[^./\\]*)?$/, `.${position}$1`);
}
