/**
 * Text of a model or an error, made harmless in Markdown as GitHub reads it: no markup, no HTML, no end of
 * a table's cell, nobody notified, nothing linked.
 */

/** Characters that mean something in Markdown. */
const MARKUP = /[\\`*_{}[\]<>|#~&$]/g;

/** The text on one line, without meaning in Markdown and in tables. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(MARKUP, '\\$&')
      // A mention and a number of an issue are found after escapes are read, but not across code.
      .replace(/@/g, '`@`')
      .replace(/\\#(?=\d)/g, '`#`')
      .replace(/:\/\//g, ':\\//')
      .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`)
  );
}
