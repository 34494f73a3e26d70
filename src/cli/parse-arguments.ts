/**
 * Command line to command: yargs splits the words and lays out the help, the tables of the commands
 * say what is known. yargs is loaded here and only here, when there is something to parse.
 *
 * Usage errors are diagnostics like all others, so nothing of yargs' own texts reaches the user.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { Arguments } from './arguments.js';
import type { Command, Option } from './command.js';

export type Invocation =
  | { readonly kind: 'run'; readonly command: Command; readonly parsed: Arguments }
  | { readonly kind: 'help'; readonly text: string };

const PROGRAM = 'deepdistill';
const HELP_WIDTH = 100;

/** A value that begins with a minus sign: `-` itself (stdout) or a negative number. */
const MINUS_VALUE = /^-($|[\d.])/;

/**
 * Finds the command and its arguments.
 *
 * @throws Diagnostic `CLI_…` for an unknown command or option, a missing or a wrong value, and too few
 *   or too many arguments.
 */
export async function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
): Promise<Invocation> {
  const asksHelp = argv.includes('--help') || argv.includes('-h');
  const command = commands.find(({ name }) => name === argv[0]);
  if (command === undefined && !asksHelp) throw unknownCommand(argv[0], commands);

  const { default: yargs } = await import('yargs');
  const parser = yargs()
    .scriptName(PROGRAM)
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .exitProcess(false)
    .version(false)
    .detectLocale(false)
    .wrap(HELP_WIDTH)
    .help('help', 'show this help')
    .alias('help', 'h');
  if (command === undefined) {
    parser.usage(
      `${PROGRAM} <command> [options]\n\nA trained network in, readable TypeScript out.`,
    );
    for (const { name, positionals, summary } of commands) {
      parser.command(`${name} ${positionals}`, summary.replaceAll('\n', ' '));
    }
    parser.option('version', { type: 'boolean', description: 'show the version' });
    parser.epilogue(`${PROGRAM} <command> --help shows the options of a command.`);
    return { kind: 'help', text: await parser.getHelp() };
  }
  parser.usage(`${PROGRAM} ${command.name} ${command.positionals}\n\n${command.summary}`);
  for (const [name, option] of Object.entries(command.options)) {
    parser.option(name, {
      type: option.kind === 'flag' ? 'boolean' : 'string',
      description: option.description,
      ...(option.alias === undefined ? {} : { alias: option.alias }),
      ...(option.choices === undefined ? {} : { choices: option.choices }),
    });
  }
  if (asksHelp) {
    const shown = command.examples.map((line) => `  ${PROGRAM} ${line}`).join('\n');
    return { kind: 'help', text: `${await parser.getHelp()}\n\nExample:\n${shown}` };
  }
  // The choices are checked below, with our own words.
  const words = joinMinusValues(argv.slice(1), command.options);
  const values: Readonly<Record<string, unknown>> = parser
    .fail(() => undefined)
    .parseSync([...words], {}, () => undefined);
  return { kind: 'run', command, parsed: checkValues(command, values) };
}

function unknownCommand(word: string | undefined, commands: readonly Command[]): Error {
  const names = commands.map(({ name }) => name);
  if (word === undefined) return diagnose('CLI_NO_COMMAND', {}, { commands: names });
  return diagnose(
    'CLI_UNKNOWN_COMMAND',
    {},
    { word, nearest: nearestWord(word, names), known: names },
  );
}

/** `--domain -1,1` as `--domain=-1,1`, and `-o -` as `--output=-`, which yargs would not take. */
function joinMinusValues(
  argv: readonly string[],
  options: Readonly<Record<string, Option>>,
): readonly string[] {
  const longName = new Map<string, string>();
  for (const [name, { kind, alias }] of Object.entries(options)) {
    if (kind === 'flag') continue;
    longName.set(`--${name}`, name);
    if (alias !== undefined) longName.set(`-${alias}`, name);
  }
  const words: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const name = longName.get(argv[index]);
    const next = argv.at(index + 1);
    if (name !== undefined && next !== undefined && MINUS_VALUE.test(next)) {
      words.push(`--${name}=${next}`);
      index++;
    } else words.push(argv[index]);
  }
  return words;
}

function checkValues(command: Command, values: Readonly<Record<string, unknown>>): Arguments {
  const options = new Map<string, readonly string[]>();
  const aliases = new Set(Object.values(command.options).map(({ alias }) => alias));
  for (const [name, value] of Object.entries(values)) {
    if (name === '_' || name === '$0' || aliases.has(name) || value === undefined) continue;
    if (!Object.hasOwn(command.options, name)) throw unknownOption(command, name);
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    if (command.options[name].kind === 'flag') {
      if (texts.at(-1) === 'true') options.set(name, ['true']);
    } else {
      checkTexts(name, command.options[name], texts);
      options.set(name, texts);
    }
  }
  const positionals = (Array.isArray(values['_']) ? values['_'] : []).map(String);
  const [fewest, most] = command.count;
  if (positionals.length < fewest || positionals.length > most) {
    throw diagnose(
      'CLI_ARGUMENT_COUNT',
      {},
      { command: command.name, positionals: command.positionals, actual: positionals.length },
    );
  }
  return { positionals, options };
}

function unknownOption(command: Command, name: string): Error {
  const known = Object.keys(command.options);
  return diagnose(
    'CLI_UNKNOWN_OPTION',
    {},
    {
      option: name.length === 1 ? `-${name}` : `--${name}`,
      command: command.name,
      nearest: name.length === 1 ? undefined : nearestWord(name, known),
    },
  );
}

function checkTexts(name: string, option: Option, texts: readonly string[]): void {
  if (texts.length > 1 && option.repeatable !== true) {
    throw diagnose('CLI_OPTION_REPEATED', {}, { option: name });
  }
  for (const value of texts) {
    const { choices } = option;
    if (value === '') {
      const expected = `--${name} ${option.value ?? 'VALUE'}`;
      throw diagnose('CLI_OPTION_VALUE', {}, { option: name, value, expected });
    }
    if (choices !== undefined && !choices.includes(value)) {
      const expected = `one of ${choices.join(', ')}`;
      throw diagnose('CLI_OPTION_VALUE', {}, { option: name, value, expected });
    }
  }
}
