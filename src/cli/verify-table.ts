/**
 * A module that was fitted to a table, measured again on the table's rows. Whether the target is classes or
 * numbers is what the module says.
 */
import { modelOfTable } from '../distil/logic-table.js';
import type { Verdict } from '../ir/verdict.js';
import { explainsDecisions, verifyRows } from '../verify/index.js';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import { readLogicTable } from './logic-subject.js';
import { readText } from './read-file.js';

/**
 * The verdict on the module at a path, of the table that `--data`, `--target` and `--features` name.
 *
 * @throws Diagnostic of the files and of the table.
 */
export async function verifyOnTable(
  parsed: Arguments,
  modulePath: string,
  io: CliIo,
): Promise<Verdict> {
  const code = readText(modulePath, io.cwd);
  const kind = (await explainsDecisions(code)) ? 'classes' : 'numbers';
  const table = await readLogicTable(parsed, io, kind);
  return verifyRows(modelOfTable(table), code, table.data);
}
