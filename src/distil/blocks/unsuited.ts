/** Why a block is not told by equations: where it was named that is an error, else a line of the report. */
export class Unsuited extends Error {
  override readonly name = 'Unsuited';
}
