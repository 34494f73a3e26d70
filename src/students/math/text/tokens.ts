/** Text of a formula → tokens, each with its column. What is no token at all is told at its place. */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { Place } from '../../../diagnostics/diagnostic.js';

export interface Token {
  readonly kind: 'number' | 'name' | 'quoted' | 'sign' | 'end';
  /** As parsed: a quoted name without its quotes, a sign in the one form that the parser knows. */
  readonly text: string;
  /** Of its first character, one-based. */
  readonly column: number;
}

const PATTERN =
  /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}\p{M}_]*)|(?<quoted>`(?:[^`]|``)*`)|(?<sign>\*\*|[<>=]=|[-+*/^<>(),?:−·×÷])/uy;

/** Other forms of signs. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['**', '^'],
  ['−', '-'],
  ['·', '*'],
  ['×', '*'],
  ['÷', '/'],
]);

/**
 * The tokens of a text, ended by one of kind `end`.
 *
 * @throws Diagnostic FORMULA_SYNTAX at a character that begins no token.
 */
export function tokensOf(text: string, place: Place): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw strayCharacter(text, start, place);
    const { number, name, quoted, sign } = match.groups as Record<string, string | undefined>;
    const column = start + 1;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, column });
    if (name !== undefined) tokens.push({ kind: 'name', text: name, column });
    if (sign !== undefined) tokens.push({ kind: 'sign', text: SIGNS.get(sign) ?? sign, column });
    if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.slice(1, -1).replaceAll('``', '`'), column });
    }
  }
  tokens.push({ kind: 'end', text: '', column: text.length + 1 });
  return tokens;
}

function strayCharacter(text: string, at: number, place: Place): Error {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const isQuote = character === '`';
  return diagnose(
    'FORMULA_SYNTAX',
    { ...place, column: at + 1 },
    {
      expected: isQuote ? 'a name between two backticks' : 'a number, a name or an operator',
      found: isQuote ? 'only one backtick' : `"${character}"`,
    },
  );
}
