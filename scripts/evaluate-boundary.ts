/**
 * npm run evaluate:boundary: classifiers trained on known rules, explained from their gradients, and how often
 * the rule is found.
 *
 *   npm run evaluate:boundary -- [--seeds 5] [--first-seed 1] [--only ellipse,wave] [--workers 2] [--timeout 100]
 *       [--networks FOLDER]
 *
 * Two networks are trained for every rule and seed (half a minute), kept in FOLDER where one is named. The
 * searches run in the threads of the built command line (`npm run build`). What counts as the rule's structure
 * says `bench/boundary/judge.ts`.
 */
import { parseArgs } from 'node:util';
import { runBoundaryTrial } from '../bench/boundary/trial.js';
import type { BoundaryTrial } from '../bench/boundary/trial.js';
import { median } from '../bench/median.js';
import { formatTable } from '../examples/common/format-table.js';
import { readWhole } from '../examples/common/script.js';
import { RULES } from '../examples/wetzel/rules.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    'first-seed': { type: 'string', default: '1' },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
    timeout: { type: 'string', default: '100' },
    networks: { type: 'string' },
  },
});
const only = values.only?.split(',') ?? RULES.map(({ name }) => name);
const unknown = only.find((name) => !RULES.some((rule) => rule.name === name));
if (unknown !== undefined) throw new RangeError(`there is no rule "${unknown}"`);
const first = readWhole('first-seed', values['first-seed'], 0);
const count = readWhole('seeds', values.seeds, 1);
const settings = {
  workers: readWhole('workers', values.workers, 1),
  timeout: readWhole('timeout', values.timeout, 1),
  ...(values.networks === undefined ? {} : { networks: values.networks }),
};

const trials: BoundaryTrial[] = [];
for (const rule of RULES.filter(({ name }) => only.includes(name))) {
  for (let seed = first; seed < first + count; seed++) {
    const trial = await runBoundaryTrial(rule, { ...settings, seed });
    trials.push(trial);
    const { selected, onFront, fidelity, cosine, seconds, condition, rivals, rightIsShown } = trial;
    process.stderr.write(
      `${rule.name} seed ${seed}: selected ${selected}, front ${onFront}, decides alike ${fidelity}, ` +
        `|cos| ${cosine.toFixed(4)}, ${rivals} rivals${rightIsShown ? ' (the rule among them)' : ''}, ` +
        `${seconds.toFixed(1)} s: ${condition}\n`,
    );
  }
}
const share = (
  own: readonly BoundaryTrial[],
  isCounted: (trial: BoundaryTrial) => boolean,
): string => `${own.filter(isCounted).length}/${own.length}`;
const lines = RULES.flatMap(({ name, formula, threshold }) => {
  const own = trials.filter(({ rule }) => rule === name);
  if (own.length === 0) return [];
  return [
    [
      name,
      `\`${formula} > ${threshold}\``,
      share(own, ({ onFront }) => onFront === 'right'),
      share(own, ({ selected }) => selected === 'right'),
      share(own, ({ rivals }) => rivals > 0),
      Math.min(...own.map(({ fidelity }) => fidelity)).toFixed(4),
      Math.min(...own.map(({ cosine }) => cosine)).toFixed(4),
      median(own.map(({ seconds }) => seconds)).toFixed(1),
    ],
  ];
});
const head = [
  'rule', 'decides', 'on the front', 'selected', 'not identifiable', 'least fidelity', 'least mean cos', 'median s',
]; // prettier-ignore
process.stdout.write(formatTable(head, lines));
