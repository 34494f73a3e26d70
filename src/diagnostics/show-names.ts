/** How names that come out of files are shown: cut, and without what would move a terminal's cursor. */

/** Longer names are cut. */
const LONGEST_NAME = 80;

/** What JSON leaves as it is, and a terminal may obey: C1 controls, line and direction marks. */
const INVISIBLE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A name in double quotes. */
export function quoteName(name: string): string {
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}...` : name;
  return JSON.stringify(shown).replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `a, b, c and 4 more`: the first `most` of the names; `nothing` for none. */
export function listNames(names: readonly string[], most: number): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, most).map((name) => quoteName(name).slice(1, -1));
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}
