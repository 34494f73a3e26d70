/** Letters for lists of positions that follow no formula, so that formulas stay short. */
import { listText } from '../regions.js';
import { wrapText } from './text.js';

/** Lists up to this length are written where they stand. */
const MOST_INLINE = 5;

/** Numbers of a list that are shown. */
const MOST_SHOWN = 40;

/** No letter that axes or positions are called by (i to n, p to r). */
const LETTERS = 'abcdefghstuvw';

/** Gives each distinct long list one letter, in the order in which they are met. */
export class ListNames {
  private readonly names = new Map<string, { name: string; values: readonly number[] }>();

  /** The list itself when it is short, else its letter. */
  readonly text = (values: readonly number[]): string => {
    if (values.length <= MOST_INLINE) return listText(values);
    const key = values.join();
    const known = this.names.get(key);
    if (known !== undefined) return known.name;
    const number = this.names.size;
    const name = LETTERS.charAt(number) || `a${number}`;
    this.names.set(key, { name, values });
    return name;
  };

  /** A line (or several, wrapped) for each list that got a letter. */
  lines(width: number): readonly string[] {
    return [...this.names.values()].flatMap(({ name, values }) => {
      const shown = values.slice(0, MOST_SHOWN).join(', ');
      const rest = values.length > MOST_SHOWN ? `, … (${values.length} in all)` : '';
      return wrapText(`${name} = ${shown}${rest}`, width, name.length + 3);
    });
  }
}
