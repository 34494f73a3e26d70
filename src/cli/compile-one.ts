/** One compilation as `compile` asks for it: options in, progress and dumps on stderr, timings on request. */
import type { Compiled } from '../compile.js';
import { flagOption, numberOption, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import { siblingPath } from './module-files.js';
import { createProgress } from './progress.js';
import { readTextIfPresent } from './read-file.js';
import type { Model } from './read-model.js';
import { describeRefusal, describeVerdict } from './verdict-text.js';

/**
 * Compiles a model, or with `--generic` the sizes of one.
 *
 * @throws Diagnostic of `compile`, `CLI_OPTION_VALUE`.
 */
export async function compileModel(
  parsed: Arguments,
  [model, ...others]: readonly Model[],
  started: number,
  io: CliIo,
): Promise<Compiled> {
  const tolerance = numberOption(parsed, 'tolerance', 0);
  const { compile } = await import('../compile.js');
  const dumps = new Set(textOptions(parsed, 'debug-dump'));
  const progress = createProgress(io, started);
  try {
    return await compile(model.network, {
      ...(tolerance === undefined ? {} : { tolerance }),
      precision: textOption(parsed, 'precision') === 'float32' ? 'float32' : 'float64',
      generic: flagOption(parsed, 'generic'),
      sizes: others.map(({ network }) => network),
      ...(flagOption(parsed, 'timings') ? { clock: io.clock } : {}),
      onProgress: progress.report,
      onDump: (level, text) => {
        if (!dumps.has(level)) return;
        progress.end();
        io.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
      },
    });
  } finally {
    progress.end();
  }
}

/** The compiler cannot time the parser, which ran before it. */
export function withParseTime(compiled: Compiled, parse: number): Compiled {
  const { milliseconds } = compiled.report;
  if (milliseconds === undefined) return compiled;
  const rounded = Math.round(parse * 100) / 100;
  return {
    ...compiled,
    report: { ...compiled.report, milliseconds: { parse: rounded, ...milliseconds } },
  };
}

/** The verdict in one line, with timings before it where they were asked for. */
export function tellOutcome(parsed: Arguments, compiled: Compiled, name: string, io: CliIo): void {
  if (flagOption(parsed, 'timings')) {
    const phases = Object.entries(compiled.report.milliseconds ?? {});
    const parts = phases.map(([phase, time]) => `${phase} ${String(Math.round(Number(time)))} ms`);
    io.stderr.write(`${parts.join(', ')}\n`);
  }
  io.stderr.write(`${name}: ${describeVerdict(compiled.verdict)}\n`);
  if (compiled.verdict.status === 'refuted') io.stderr.write(describeRefusal(compiled.verdict));
}

/** The files of a module: its own, and its sibling's where it imports one. */
export function filesOf(
  path: string,
  { code, weights }: Pick<Compiled, 'code' | 'weights'>,
): readonly { readonly path: string; readonly text: string }[] {
  if (weights === undefined) return [{ path, text: code }];
  const sibling = siblingPath(path, code);
  if (sibling === undefined) throw new Error('the module does not import its weights');
  return [
    { path: sibling, text: weights },
    { path, text: code },
  ];
}

/** What `--check` says of files that are not as they would be written, a line each. */
export function differencesOf(
  files: readonly { readonly path: string; readonly text: string }[],
  cwd: string,
): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const found = readTextIfPresent(path, cwd);
    if (found === text) return [];
    return [`${path}: ${found === undefined ? 'missing' : 'out of date'}`];
  });
}
