/** One trial: two networks trained on a rule, the first explained from its gradients, the answer judged. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateDictOf } from '../../examples/common/state-dict.js';
import { manifestOf, SECOND, trainRule } from '../../examples/wetzel/train.js';
import type { Rule } from '../../examples/wetzel/rules.js';
import { createThreadTransport } from '../../src/cli/search-threads.js';
import { distilBoundary } from '../../src/distil/boundary/index.js';
import { subjectOfBoundary } from '../../src/distil/boundary/subject.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { parse } from '../../src/parse/index.js';
import { DEFAULT_SETTINGS } from '../../src/students/math/problem.js';
import { parseFormula } from '../../src/students/math/text/parse-formula.js';
import { judgeStructure } from './judge.js';
import type { Structure } from './judge.js';

/** What the command line's threads run: on the sources, through tsx, typed arrays are slower. */
const BUILT_WORKER = new URL('../../dist/cli/search-worker.cjs', import.meta.url);

export interface BoundaryTrial {
  readonly rule: string;
  readonly seed: number;
  readonly selected: Structure;
  readonly onFront: Structure;
  readonly condition: string;
  /** Of the module, on the inputs that it declares. */
  readonly fidelity: number;
  readonly cosine: number;
  readonly disagreement: number;
  /** Whether the report shows other formulas as no worse, and inputs at which they part. */
  readonly rivals: number;
  /** Whether one of them has the rule's structure. */
  readonly rightIsShown: boolean;
  readonly seconds: number;
}

export interface TrialSettings {
  readonly seed: number;
  readonly workers: number;
  /** Seconds after which the search is stopped at its next barrier. */
  readonly timeout: number;
  /** Where trained networks are kept between runs; absent: they are trained anew. */
  readonly networks?: string;
}

export async function runBoundaryTrial(
  rule: Rule,
  { seed, workers, timeout, networks }: TrialSettings,
): Promise<BoundaryTrial> {
  const network = await networkOf(rule, seed, networks);
  const second = await networkOf(rule, seed + SECOND, networks);
  const start = performance.now();
  const asked = { contrast: 'rest', band: 0.1, rows: 250, second } as const;
  const subject = subjectOfBoundary(network, asked, { ...DEFAULT_SETTINGS, seed });
  const { findings, verdict } = await distilBoundary(
    subject,
    { maxEvaluations: 20_000 },
    ({ problem }) => createThreadTransport({ problem }, workers, BUILT_WORKER),
    () => ({ shouldStop: () => performance.now() - start > 1000 * timeout }),
  );
  const seconds = (performance.now() - start) / 1000;
  const [latent] = findings.latents;
  const names = rule.ranges.map((_, k) => `x${k + 1}`);
  const truth = parseFormula(rule.formula, names);
  const judge = (expression: string): Structure =>
    judgeStructure(parseFormula(expression, names), truth, rule.ranges);
  const front = latent.front.map(({ expression }) => judge(expression));
  return {
    rule: rule.name,
    seed,
    selected: judge(latent.expression),
    onFront: (['right', 'form'] as const).find((one) => front.includes(one)) ?? 'wrong',
    condition: latent.condition ?? latent.expression,
    fidelity: verdict.fidelity ?? NaN,
    cosine: latent.cosine,
    disagreement: latent.disagreement ?? NaN,
    rivals: latent.rivals.filter(({ examples }) => examples.length > 0).length,
    rightIsShown: latent.rivals.some(
      ({ condition }) => judge(condition.replace(/ (>|<=) [^ ]+$/, '')) === 'right',
    ),
    seconds,
  };
}

async function networkOf(
  rule: Rule,
  seed: number,
  folder: string | undefined,
): Promise<StagedNetwork> {
  const weights = 'network.safetensors';
  const manifest = JSON.stringify(manifestOf(rule, weights));
  const file = folder === undefined ? undefined : join(folder, `${rule.name}-${seed}.safetensors`);
  if (file !== undefined && existsSync(file)) {
    return parse({ 'network.json': manifest, [weights]: readFileSync(file) });
  }
  const bytes = stateDictOf(trainRule(rule, seed));
  if (file !== undefined && folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, bytes);
  }
  return parse({ 'network.json': manifest, [weights]: bytes });
}
