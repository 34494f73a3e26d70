/**
 * The tables of options in docs/reference/command-line.md, made from the registry of commands. The page
 * says where each of them stands: between `<!-- options: compile -->` and `<!-- end -->`.
 */
import type { Command, Option } from '../../../src/cli/command.js';
import { MODEL_OPTIONS } from '../../../src/cli/model-options.js';

/** In place of a command's name: the options that describe a model, which several commands have. */
export const OF_MODELS = 'models';

const PLACE = /<!-- options: (\w+) -->\n[\s\S]*?<!-- end -->/g;

/**
 * The page with its tables made anew; those of commands that are still being built stay as they are.
 *
 * @throws Error where it names a command that there is not.
 */
export function withOptionTables(
  page: string,
  commands: readonly Command[],
  pending: readonly string[],
): string {
  return page.replace(PLACE, (whole, name: string) => {
    if (pending.includes(name)) return whole;
    const table = name === OF_MODELS ? tableOf(MODEL_OPTIONS) : sectionOf(name, commands);
    return `<!-- options: ${name} -->\n\n${table}\n\n<!-- end -->`;
  });
}

/** What a page has tables of, in their order. */
export function tablesOf(page: string): readonly string[] {
  return [...page.matchAll(PLACE)].map(([, name]) => name);
}

function sectionOf(name: string, commands: readonly Command[]): string {
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const own = Object.entries(command.options).filter(([option, { description }]) => {
    const described = Object.entries(MODEL_OPTIONS).find(([other]) => other === option);
    return described?.[1].description !== description;
  });
  const shared = Object.keys(command.options).length - own.length;
  return [
    `\`deepdistill ${name} ${command.positionals}\``,
    command.summary.replaceAll('\n', ' '),
    tableOf(Object.fromEntries(own)),
    ...(shared === 0 ? [] : ['And the options that [describe a model](#models).']),
  ].join('\n\n');
}

function tableOf(options: Readonly<Record<string, Option>>): string {
  const rows = Object.entries(options).map(([name, option]) => {
    const { alias, value, choices, description, repeatable } = option;
    const placeholder = value === undefined ? '' : ` ${value}`;
    const names = [...(alias === undefined ? [] : [`-${alias}${placeholder}`]), `--${name}${placeholder}`]; // prettier-ignore
    const words = choices === undefined ? '' : ` (${choices.map((word) => `\`${word}\``).join(', ')})`; // prettier-ignore
    const again = repeatable === true && !description.includes('repeated') ? '; may be repeated' : ''; // prettier-ignore
    return `| ${names.map((text) => `\`${text}\``).join(', ')} | ${cell(description)}${words}${again} |`;
  });
  return ['| option | meaning |', '|---|---|', ...rows].join('\n');
}

/** Text in a table: a bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
