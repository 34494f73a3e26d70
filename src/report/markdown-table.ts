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

/** Code within a line or a cell: a bar would end the cell, a backtick the code, a line end either. */
export function inlineCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || text === '' ? ' ' : '';
  const line = text.replace(/\s+/g, ' ');
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`;
}
