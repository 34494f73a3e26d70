/**
 * Counts the code lines of emitted text: lines that are neither blank nor comment only, the exported
 * `network` constant left out. Works on text with comments, strings and template literals; assumes
 * that there are no regular expressions, which the emitter never prints.
 */

/** Marks, for each character, whether it is code (strings and templates are, comments are not). */
function markCode(text: string): Uint8Array {
  const isCode = new Uint8Array(text.length);
  /** What encloses the position: quotes, or `{` of a template's `${`, innermost last. */
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = open.at(-1);
    const char = text[at];
    if (quote === undefined || quote === '{') {
      if (text.startsWith('//', at) || text.startsWith('/*', at)) {
        at = endOfComment(text, at);
        continue;
      }
      if (char === "'" || char === '"' || char === '`') open.push(char);
      else if (char === '{' && quote === '{') open.push('{');
      else if (char === '}' && quote === '{') open.pop();
    } else if (char === '\\') {
      isCode[at++] = 1;
    } else if (char === quote) {
      open.pop();
    } else if (quote === '`' && text.startsWith('${', at)) {
      isCode[at++] = 1;
      open.push('{');
    }
    isCode[at++] = 1;
  }
  return isCode;
}

function endOfComment(text: string, start: number): number {
  const end = text[start + 1] === '/' ? text.indexOf('\n', start) : text.indexOf('*/', start + 2);
  if (end < 0) return text.length;
  return text[start + 1] === '/' ? end : end + 2;
}

/** The `network` constant, from `export` to the end of its statement. */
const NETWORK = /^export const network = \{[^]*?^\} as const;$/m;

/** The number of code lines of a module's text. */
export function countCodeLines(text: string): number {
  const isCode = markCode(text);
  const network = NETWORK.exec(text);
  const hidden = network === null ? [-1, -1] : [network.index, network.index + network[0].length];
  let lines = 0;
  let counted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\n') counted = false;
    else if (!counted && isCode[at] === 1 && text[at].trim() !== '') {
      if (at >= hidden[0] && at < hidden[1]) continue;
      counted = true;
      lines++;
    }
  }
  return lines;
}
