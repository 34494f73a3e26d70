/** Diagnostics of the command line: wrong usage, and files as the operating system sees them. */
import { entry, suggest } from '../entry.js';

export const CLI_DIAGNOSTICS = {
  CLI_NO_COMMAND: entry<{ commands: readonly string[] }>(
    () => 'no command is given',
    ({ commands }) => `the commands are ${commands.join(', ')}; see deepdistill --help`,
  ),
  CLI_UNKNOWN_COMMAND: entry<{
    word: string;
    nearest: string | undefined;
    known: readonly string[];
  }>(
    ({ word }) => `unknown command "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  CLI_UNKNOWN_OPTION: entry<{ option: string; command: string; nearest: string | undefined }>(
    ({ option, command }) => `"${command}" has no option ${option}`,
    ({ command, nearest }) =>
      nearest === undefined
        ? `deepdistill ${command} --help lists the options`
        : `did you mean --${nearest}?`,
  ),
  CLI_OPTION_REPEATED: entry<{ option: string }>(
    ({ option }) => `the option --${option} is given more than once`,
    () => 'keep one of them',
  ),
  CLI_OPTION_VALUE: entry<{ option: string; value: string; expected: string }>(
    ({ option, value }) =>
      value === '' ? `--${option} needs a value` : `--${option} cannot be "${value}"`,
    ({ expected }) => `give ${expected}`,
  ),
  CLI_ARGUMENT_COUNT: entry<{ command: string; positionals: string; actual: number }>(
    ({ command, actual }) => `"${command}" was given ${actual} argument${actual === 1 ? '' : 's'}`,
    ({ command, positionals }) => `the usage is: deepdistill ${command} ${positionals}`,
  ),
  CLI_FILE_REPEATED: entry(
    () => 'the file is given twice',
    () => 'name the weights of each layer once, in layer order',
  ),
  CLI_SAME_OUTPUT: entry(
    () => 'two of the files to be written have this name',
    () => 'give the models different names ("name" in the manifest), or compile one at a time',
  ),
  CLI_MODULE_EXPECTED: entry<{ found: string }>(
    ({ found }) => `the last argument is the module, but "${found}" does not end in .ts`,
    () => 'the usage is: deepdistill verify <model..> <module.ts>',
  ),
  CLI_OPTIONS_CONFLICT: entry<{ first: string; second: string; hint: string }>(
    ({ first, second }) => `${first} cannot be used with ${second}`,
    ({ hint }) => hint,
  ),
  FILE_UNREADABLE: entry<{ reason: string }>(
    ({ reason }) => `the file cannot be read: ${reason}`,
    () => 'check that it is a file and that you may read it',
  ),
  FILE_TOO_LARGE: entry<{ bytes: number; limit: number }>(
    ({ bytes, limit }) => `the file has ${bytes} bytes, more than the ${limit} that are supported`,
    () => 'is this the right file? sparse layers of this size do not fit into memory',
  ),
  FILE_OUTSIDE_ROOT: entry<{ root: string }>(
    ({ root }) => `the manifest names a file outside of ${root}`,
    () => 'move the file, or allow a folder that holds both with --root DIR',
  ),
  FILE_LINK_OUTSIDE: entry<{ root: string }>(
    ({ root }) => `the file is a link that leads outside of ${root}`,
    () => 'models come from strangers: copy the file to where the link stands, if it is yours',
  ),
  FILE_NOT_WRITABLE: entry<{ reason: string }>(
    ({ reason }) => `the file cannot be written: ${reason}`,
    () => 'check the folder and its permissions; nothing was written',
  ),
  MODULE_NOT_LOADED: entry<{ reason: string }>(
    ({ reason }) => `the module cannot be run: ${reason}`,
    () => 'compile it again; deepdistill compile writes such modules',
  ),
  MODULE_CALL_FAILED: entry<{ reason: string }>(
    ({ reason }) => `the module fails on this input: ${reason}`,
    () => 'check that the data belongs to the model; verify the module against it',
  ),
  CERTIFICATE_SYNTAX: entry<{ problem: string }>(
    ({ problem }) => `the file is no certificate: ${problem}`,
    () => 'deepdistill compile --certificate FILE writes one',
  ),
  CERTIFICATE_NOTHING: entry<{ status: string }>(
    ({ status }) => `there is nothing to certify: the verdict is ${status}`,
    () => 'leave out --certificate; what was found stands in the report',
  ),
  INSPECT_STAGES: entry<{ parts: number }>(
    ({ parts }) => `the network consists of ${parts} parts and cannot be one picture`,
    () => 'leave --svg out; the account tells every part',
  ),
  DATA_WIDTH: entry<{ actual: number; expected: number; shape: string }>(
    ({ actual, expected, shape }) =>
      `the row has ${actual} values, an input of shape ${shape} has ${expected}`,
    () => 'write one flattened input per row, row-major',
  ),
  DATA_NO_ROWS: entry(
    () => 'the file holds no input',
    () => 'write one flattened input per row',
  ),
  LABEL_COUNT: entry<{ labels: number; rows: number; data: string }>(
    ({ labels, rows, data }) => `the file has ${labels} labels for the ${rows} inputs of ${data}`,
    () => 'write one label per line, in the order of the inputs',
  ),
  LABEL_KIND: entry<{ label: string; answer: string }>(
    ({ label, answer }) =>
      `the label ${label} cannot be compared with the module's answer ${answer}`,
    () => 'name the model with --model, which knows the name of every index',
  ),
  LABEL_UNKNOWN: entry<{ word: string; nearest: string | undefined; known: readonly string[] }>(
    ({ word }) => `unknown label "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
} as const;
