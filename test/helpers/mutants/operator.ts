/**
 * What a mutation operator is: one entry of a table, which says for one node of a text what else may stand
 * in its place. Operators know nothing of each other and nothing of the text around them.
 */
import { ts } from 'ts-morph';

/** One edit: the text of `node`, or from it to `last`, becomes `to`. */
export interface Edit {
  readonly node: ts.Node;
  readonly last?: ts.Node;
  readonly to: string;
}

export interface MutationOperator {
  /** What it does, in the words of the tables. */
  readonly name: string;
  /** An example, `before → after`: the engine's test runs it. */
  readonly example: readonly [before: string, after: string];
  /** All edits at this one node; none where the operator does not apply. */
  readonly edits: (node: ts.Node) => readonly Edit[];
}

/** An expression's text where any expression may stand: in parentheses unless it is a single word. */
export function wrapped(text: string): string {
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

/** The statement list that a statement stands in, itself included; a lone one is a list of its own. */
export function siblingsOf(node: ts.Statement): readonly ts.Statement[] {
  const { parent } = node;
  return ts.isBlock(parent) || ts.isSourceFile(parent) ? parent.statements : [node];
}
