/**
 * The subset of TypeScript that the checker understands, types left out. Whatever the text holds beyond it
 * becomes an `unsupported` node, which makes the verdict unknown once it is evaluated: never skipped.
 */

import type { KnownFunction } from './known-functions.js';

/** Offset into the text, for the place in messages. */
interface Located {
  readonly at: number;
}

export interface Unsupported extends Located {
  readonly kind: 'unsupported';
  /** What stands there, such as `a regular expression`. */
  readonly what: string;
}

export type Parameter = { readonly pattern: Pattern; readonly initial: Syntax | undefined };

/** What a declaration binds: a name, or an array pattern of names (undefined where one is left out). */
export type Pattern =
  | (Located & { readonly kind: 'name'; readonly name: string })
  | (Located & { readonly kind: 'array'; readonly elements: readonly (Pattern | undefined)[] });

export type FunctionSyntax = Located & {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly StatementSyntax[];
};

export type Syntax =
  | Unsupported
  | (Located & { readonly kind: 'constant'; readonly value: number | string | boolean | undefined | null })
  | (Located & { readonly kind: 'name'; readonly name: string })
  | (Located & { readonly kind: 'template'; readonly texts: readonly string[]; readonly parts: readonly Syntax[] })
  | (Located & { readonly kind: 'array'; readonly elements: readonly Syntax[] })
  /** An array of number literals. */
  | (Located & { readonly kind: 'numbers'; readonly values: Float64Array })
  | (Located & { readonly kind: 'spread'; readonly value: Syntax })
  | (Located & { readonly kind: 'object'; readonly entries: readonly { readonly key: string; readonly value: Syntax }[] })
  | (Located & { readonly kind: 'unary'; readonly operator: string; readonly operand: Syntax })
  | (Located & { readonly kind: 'binary'; readonly operator: string; readonly left: Syntax; readonly right: Syntax })
  /** &&, || and ??. */
  | (Located & { readonly kind: 'logical'; readonly operator: string; readonly left: Syntax; readonly right: Syntax })
  | (Located & { readonly kind: 'conditional'; readonly condition: Syntax; readonly then: Syntax; readonly otherwise: Syntax })
  /** `operator` is that of the arithmetic, '' for a plain assignment. */
  | (Located & { readonly kind: 'assign'; readonly operator: string; readonly target: Syntax; readonly value: Syntax })
  | (Located & { readonly kind: 'update'; readonly target: Syntax; readonly step: 1 | -1; readonly prefix: boolean })
  | (Located & { readonly kind: 'call'; readonly callee: Syntax; readonly arguments: readonly Syntax[] })
  | (Located & { readonly kind: 'new'; readonly callee: Syntax; readonly arguments: readonly Syntax[] })
  | (Located & { readonly kind: 'member'; readonly object: Syntax; readonly name: string })
  | (Located & { readonly kind: 'element'; readonly object: Syntax; readonly index: Syntax })
  | FunctionSyntax; // prettier-ignore

export type StatementSyntax =
  | Unsupported
  | (Located & { readonly kind: 'declare'; readonly constant: boolean; readonly pattern: Pattern; readonly value: Syntax | undefined })
  | (Located & { readonly kind: 'define'; readonly definition: FunctionSyntax })
  | (Located & { readonly kind: 'expression'; readonly value: Syntax })
  | (Located & { readonly kind: 'block'; readonly body: readonly StatementSyntax[] })
  | (Located & { readonly kind: 'if'; readonly condition: Syntax; readonly then: StatementSyntax; readonly otherwise: StatementSyntax | undefined })
  | (Located & { readonly kind: 'for'; readonly start: readonly StatementSyntax[]; readonly condition: Syntax | undefined; readonly step: Syntax | undefined; readonly body: StatementSyntax })
  | (Located & { readonly kind: 'for-of'; readonly pattern: Pattern; readonly constant: boolean; readonly values: Syntax; readonly body: StatementSyntax })
  | (Located & { readonly kind: 'return'; readonly value: Syntax | undefined })
  | (Located & { readonly kind: 'throw'; readonly value: Syntax })
  | (Located & { readonly kind: 'continue' })
  | (Located & { readonly kind: 'break' }); // prettier-ignore

/** `import { imported as local } from 'from'`. */
export interface ImportSyntax extends Located {
  readonly from: string;
  readonly names: readonly { readonly imported: string; readonly local: string }[];
}

export interface ModuleSyntax {
  readonly imports: readonly ImportSyntax[];
  readonly body: readonly StatementSyntax[];
  /** Exported name to local name; `default` among them. */
  readonly exports: ReadonlyMap<string, string>;
  /** Functions that the checker knows by their text. */
  readonly known: ReadonlyMap<FunctionSyntax, KnownFunction>;
  readonly text: string;
  /** How many numbers its long arrays hold together, where it has any. */
  readonly numbers?: number;
}

/** `line:column` of an offset, both one-based. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `${line}:${at - before.lastIndexOf('\n')}`;
}
