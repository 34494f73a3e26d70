/**
 * The one table of identifiers that emitted text must not declare: words that ECMAScript or TypeScript
 * reserve (strict mode, modules), globals that the printers use, and the module's own exports.
 */

/** Reserved in strict-mode modules, or with a meaning of their own where a name is expected. */
const LANGUAGE = `
  abstract any arguments as async await boolean break case catch class const continue debugger declare
  default delete do else enum eval export extends false finally for from function get if implements
  import in infer instanceof interface is keyof let module namespace never new null number object of
  package private protected public readonly require return set static string super switch symbol this
  throw true try type typeof undefined unique unknown using var void while with yield
`;

/** Globals that printed code mentions, and those that a reader would be surprised to see hidden. */
const GLOBALS = `
  Array ArrayLike Boolean Error Infinity Math NaN Number Object RangeError String globalThis isNaN
  isFinite name length top self window document event process exports global
`;

/** What every emitted module declares or exports. */
const MODULE = 'network scores predict labels';

export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `${LANGUAGE} ${GLOBALS} ${MODULE}`.trim().split(/\s+/),
);
