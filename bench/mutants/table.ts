/** The tables of a mutation run as Markdown: counts by example and by operator, survivors with their proofs. */
import { formatTable } from '../../examples/common/format-table.js';
import type { JudgedClaim } from './approximate.js';
import { REASONS } from './judge.js';
import type { Judged } from './judge.js';

/** All that was judged of one example. */
export interface Sheet {
  readonly name: string;
  /** Its own verdict. */
  readonly kind: 'exact' | 'sampled';
  readonly judged: readonly Judged[];
  /** What survivors were run on. */
  readonly evidence: string;
}

export interface ClaimSheet {
  readonly name: string;
  readonly judged: readonly JudgedClaim[];
}

/** The whole file. `missing` is what an interrupted run has not come to. */
export function tellMutants(
  sheets: readonly Sheet[],
  claims: readonly ClaimSheet[],
  missing: string,
): string {
  const exact = sheets.filter(({ kind }) => kind === 'exact');
  const sampled = sheets.filter(({ kind }) => kind === 'sampled');
  return [
    '# Mutants of emitted modules',
    'Written by `npm run evaluate:mutants`. Every operator of `test/helpers/mutants/` is applied everywhere in every emitted example and in the compiled zoo, one edit at a time, and each mutant is given to `verify`. **Refuted**: the checker shows an input, a wrong shape or a false claim. **Equivalent**: the checker proves it (or runs every input), and running it as JavaScript, beside the network, says the same. **Undecided**: neither. **Wrong** would be accepted by the checker and contradicted by running.',
    ...(missing === '' ? [] : [`**Interrupted:** ${missing}`]),
    '## Modules that equal their network',
    counts(exact),
    '### By operator',
    byOperator(exact.flatMap(({ judged }) => judged)),
    '## Survivors, and why each is equivalent',
    'Each line is proved by the checker, or every input was run by it (exhaustive); the bound is that of the largest difference of a score. Apart from that it was run as JavaScript. The reasons are measured:',
    Object.entries(REASONS).map(([name, text]) => `- **${name}**: ${text}`).join('\n'),
    ...exact.flatMap(survivors),
    '## Left undecided',
    undecided(exact),
    ...(sampled.length === 0 ? [] : ['## Modules that are only sampled', 'The checker does not prove these modules themselves, so a mutant that it cannot tell from the network is undecided, not equivalent.', counts(sampled), undecided(sampled)]),
    ...(claims.length === 0 ? [] : ['## Modules that approximate', 'These claim a fidelity, not equality; a seeded sample of their mutants is judged against their claims. **Claims hold**: `verify` accepts the mutant, and its fidelity, measured again on 4,000 inputs of another seed, is what it declares, within what `verify` allows.', claimCounts(claims)]),
  ].join('\n\n') + '\n'; // prettier-ignore
}

function counts(sheets: readonly Sheet[]): string {
  const rows = sheets.map(({ name, judged }) => [name, ...tally(judged)]);
  const all = ['all', ...tally(sheets.flatMap(({ judged }) => judged))];
  const head = ['example', 'mutants', 'refuted', 'equivalent', 'of these by tolerance', 'undecided', 'wrong']; // prettier-ignore
  return formatTable(head, [...rows, all]);
}

function tally(judged: readonly Judged[]): string[] {
  const of = (outcome: Judged['outcome']) => judged.filter((one) => one.outcome === outcome).length;
  const byTolerance = judged.filter(({ reason }) => reason === 'tolerance').length;
  const numbers = [judged.length, of('refuted'), of('equivalent'), byTolerance, of('undecided'), of('wrong')]; // prettier-ignore
  return numbers.map(String);
}

function byOperator(judged: readonly Judged[]): string {
  const names = [...new Set(judged.map(({ operator }) => operator))].sort();
  const rows = names.map((name) => [name, ...tally(judged.filter((one) => one.operator === name))]);
  const head = ['operator', 'mutants', 'refuted', 'equivalent', 'of these by tolerance', 'undecided', 'wrong']; // prettier-ignore
  return formatTable(head, rows);
}

/** The survivors of one example, a line each, with heading and evidence; nothing where there are none. */
export function survivors({ name, judged, evidence }: Sheet): string[] {
  const left = judged.filter(({ outcome }) => outcome === 'equivalent' || outcome === 'wrong');
  if (left.length === 0) return [];
  const groups = new Map<string, Judged[]>();
  for (const one of left) {
    // Constants moved by one ulp are many and all alike: one line for all of them.
    const key = one.operator === 'constant ± 1 ulp' ? `${one.operator} ${one.reason ?? ''}` : one.what; // prettier-ignore
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const rows = [...groups.values()].map((group) => {
    const [first] = group;
    const moved = largest(group.flatMap(({ findings = [] }) => findings.map((one) => one.moved)));
    const bound = largest(group.map((one) => one.bound));
    const what = group.length === 1 ? code(first.what) : `${code(first.what)} and ${group.length - 1} more`; // prettier-ignore
    const reason = first.outcome === 'wrong' ? `**WRONG**: ${first.mismatch ?? ''}` : (first.reason ?? ''); // prettier-ignore
    return [what, reason, told(moved), `${first.status}, ≤ ${told(bound)}`];
  });
  return [
    `### ${name}`,
    `Run on ${evidence}.`,
    plainTable(['line: edit', 'reason', 'scores moved', 'checker'], rows),
  ];
}

function undecided(sheets: readonly Sheet[]): string {
  const rows = sheets.flatMap(({ name, judged }) =>
    judged
      .filter(({ outcome }) => outcome === 'undecided')
      .map(({ what, status, method }) => [name, code(what), status, method.replaceAll('|', '∣')]),
  );
  if (rows.length === 0) return 'None.';
  return plainTable(['example', 'line: edit', 'status', 'why'], rows);
}

function claimCounts(sheets: readonly ClaimSheet[]): string {
  const rows = sheets.map(({ name, judged }) => {
    const of = (outcome: JudgedClaim['outcome']) => judged.filter((one) => one.outcome === outcome);
    const held = of('holds');
    const least = held.map(({ measured = 1, claimed = 1 }) => measured - claimed);
    const worst = held.length === 0 ? '' : told(Math.min(...least));
    const numbers = [judged, of('refuted'), held, of('undecided'), of('wrong')];
    return [name, ...numbers.map(({ length }) => String(length)), worst];
  });
  const head = ['module', 'mutants', 'refuted', 'claims hold', 'undecided', 'claims broken', 'measured − claimed at worst']; // prettier-ignore
  const wrong = sheets.flatMap(({ name, judged }) =>
    judged.flatMap(({ outcome, what, claimed, measured, reason }) =>
      outcome === 'wrong' || outcome === 'undecided'
        ? [`- ${name}, ${code(what)}: ${outcome}, claimed ${told(claimed ?? NaN)}, measured ${told(measured ?? NaN)}; ${reason}`]
        : [],
    ),
  ); // prettier-ignore
  return [formatTable(head, rows), ...(wrong.length === 0 ? [] : [wrong.join('\n')])].join('\n\n');
}

/** A table of long texts: not padded, since nobody reads its source in columns. */
function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function told(value: number): string {
  return value === 0 || !Number.isFinite(value) ? String(value) : value.toPrecision(2);
}

/** As code in a cell of a table. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '∣').replaceAll('`', '´')}\``;
}
