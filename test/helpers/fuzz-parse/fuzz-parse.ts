/**
 * One case of the parser's fuzz test: a seed gives a damaged model, and the parser either refuses it with
 * a diagnostic that is the user's business, or makes a legal network of it.
 */
import { Diagnostic, renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { createRandom } from '../../../src/numeric/random.js';
import { parse } from '../../../src/parse/index.js';
import { damagedModel } from './formats.js';
import type { Contents, Format } from './formats.js';

export interface ParseResult {
  /** `accepted`, or the diagnostic's code; what went wrong where `problem` is given. */
  readonly outcome: string;
  /** Why the case is a failure; `undefined` where it is none. */
  readonly problem?: string;
}

/** Runs the case of a seed. */
export async function fuzzParse(format: Format, seed: number): Promise<ParseResult> {
  return tryParse(damagedModel(format, createRandom(seed)));
}

/** Parses the files of one model; never rejects. */
export async function tryParse(contents: Contents): Promise<ParseResult> {
  try {
    const network = await parse(contents);
    const illegal = checkNetwork(network);
    return illegal.length === 0
      ? { outcome: 'accepted' }
      : { outcome: 'illegal network', problem: illegal[0] };
  } catch (error) {
    if (!(error instanceof Diagnostic)) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { outcome: 'no diagnostic', problem: text };
    }
    const rendered = renderDiagnostic(error);
    const problem = error.code.startsWith('INTERNAL_') ? rendered : problemOfText(rendered);
    return { outcome: error.code, ...(problem === undefined ? {} : { problem }) };
  }
}

/** A diagnostic goes to a terminal: it has three lines, no control characters, and an end. */
function problemOfText(rendered: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(rendered.replaceAll('\n', '')))
    return `control characters: ${JSON.stringify(rendered)}`;
  if (rendered.split('\n').length > 3) return `more than three lines: ${rendered}`;
  return rendered.length > 4000 ? `${rendered.length} characters: ${rendered.slice(0, 200)}` : undefined; // prettier-ignore
}
