/** Comments: whatever their words are made of, they end where the printer ends them. */
import { printable } from '../diagnostics/printable.js';

/** One line of a comment, in which nothing ends it. */
export function plainLine(text: string): string {
  return printable(text.replace(/\s+/g, ' '), Infinity).replaceAll('*/', '* /');
}

/** The lines of a comment. */
export function plainComment(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(plainLine)
    .join('\n');
}
