/**
 * Parsed arguments, and how the commands read values out of them: every value arrives as text and is
 * checked here, so that a wrong one is refused before any file is read.
 */
import { diagnose } from '../diagnostics/diagnostic.js';

export interface Arguments {
  readonly positionals: readonly string[];
  /** Values in order of appearance, by the option's long name; a flag that is on has one, `true`. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** The value of an option that may be given once; `undefined` when absent. */
export function textOption(parsed: Arguments, name: string): string | undefined {
  return parsed.options.get(name)?.[0];
}

/** All values of a repeatable option. */
export function textOptions(parsed: Arguments, name: string): readonly string[] {
  return parsed.options.get(name) ?? [];
}

export function flagOption(parsed: Arguments, name: string): boolean {
  return parsed.options.has(name);
}

/** The arguments as if `name` had not been given. */
export function withoutOption(parsed: Arguments, name: string): Arguments {
  const options = new Map(parsed.options);
  options.delete(name);
  return { ...parsed, options };
}

/** The parts of a comma-separated value, trimmed; `undefined` when absent. */
export function listOption(parsed: Arguments, name: string): readonly string[] | undefined {
  const text = textOption(parsed, name);
  return text?.split(',').map((part) => part.trim());
}

/**
 * A finite number that is at least `minimum`; `undefined` when absent.
 *
 * @throws Diagnostic `CLI_OPTION_VALUE` for anything else.
 */
export function numberOption(parsed: Arguments, name: string, minimum: number): number | undefined {
  const text = textOption(parsed, name);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && value >= minimum) return value;
  throw diagnose(
    'CLI_OPTION_VALUE',
    {},
    { option: name, value: text, expected: `a number, ${minimum} or more` },
  );
}

/** @throws Diagnostic `CLI_OPTIONS_CONFLICT` where `first` stands beside one of the options. */
export function refuse(
  parsed: Arguments,
  first: string,
  names: readonly string[],
  hint: string,
): void {
  const name = names.find((one) => parsed.options.has(one));
  if (name === undefined) return;
  throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first, second: `--${name}`, hint });
}
