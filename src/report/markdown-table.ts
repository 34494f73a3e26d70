/** Tables in Markdown. */

/** A table; `alignment` is its second line without the bars at its ends. */
export function table(
  heads: readonly string[],
  alignment: string,
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [`| ${heads.join(' | ')} |`, `|${alignment}|`, ...lines].join('\n');
}

/** Code within a cell: a bar would end the cell, a backtick the code. */
export function inlineCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || text === '' ? ' ' : '';
  return `${fence}${space}${text.replaceAll('|', '\\|')}${space}${fence}`;
}
