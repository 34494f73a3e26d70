/** Mutations by hand: what to replace, by what; `at` picks one of several occurrences (0 first). */
export interface Mutation {
  readonly from: string;
  readonly to: string;
  readonly at?: number;
}

/** The text with one mutation. @throws Error when the text does not hold what is to be replaced. */
export function mutate(text: string, { from, to, at = 0 }: Mutation): string {
  let position = -1;
  for (let count = 0; count <= at; count++) {
    position = text.indexOf(from, position + 1);
    if (position < 0) throw new Error(`the text has no ${from} (occurrence ${at})`);
  }
  return text.slice(0, position) + to + text.slice(position + from.length);
}
