/** What the formulas keep of the networks' decisions, and what the networks keep of the rules. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTeacher } from '../../src/verify/teacher.js';
import { createRunner, labelOf, loadModule } from '../../src/verify/run-module.js';
import { formatTable } from '../common/format-table.js';
import { readExample } from '../common/read-example.js';
import { drawRows, RULES } from './rules.js';
import type { Rule } from './rules.js';

const ROWS = 20_000;
const SEED = 41;

/** For every rule, on fresh rows without noise, how often module, network and rule agree, two by two. */
export async function showRules(): Promise<string> {
  const lines: string[][] = [];
  for (const rule of RULES) lines.push(await lineOf(rule));
  const heads = ['rule', 'class 1 where', 'module = network', 'module = rule', 'network = rule'];
  return `${formatTable(heads, lines)}\n`;
}

async function lineOf(rule: Rule): Promise<string[]> {
  const network = await readExample(fileURLToPath(new URL(`${rule.name}.json`, import.meta.url)));
  const file = new URL(`../../output/wetzel/${rule.name}.ts`, import.meta.url);
  const run = createRunner(await loadModule(await readFile(file, 'utf8')), network);
  const teacher = createTeacher(network);
  const { columns, labels } = drawRows(rule, ROWS, SEED, 0);
  let [kept, meant, learned] = [0, 0, 0];
  for (let row = 0; row < ROWS; row++) {
    const input = [columns.map((column) => column[row])];
    const own = String(labelOf(network, teacher.decide(teacher.forward(input))));
    const told = String(run(input).decision);
    const wanted = labels[row] === 1 ? 'above' : 'below';
    kept += Number(told === own);
    meant += Number(told === wanted);
    learned += Number(own === wanted);
  }
  return [
    rule.name,
    `\`${rule.formula} > ${rule.threshold}\``,
    ...[kept, meant, learned].map((count) => `${((100 * count) / ROWS).toFixed(2)} %`),
  ];
}
