/**
 * npm run evaluate:mutants: every mutant of every emitted example, given to the checker.
 *
 *   npm run evaluate:mutants [-- --only EXAMPLE] [--operator NAME] [--jobs 2] [--out FILE]
 *
 * The table goes to bench/mutants.md, with --only or --operator to stdout; progress goes to stderr. Ctrl-C
 * writes what was done so far, and says what is missing. Nothing is random that has no fixed seed.
 * Exits with 1 when the checker accepted a mutant that running contradicts.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeClaim, sampleOf } from './mutants/approximate.js';
import type { JudgedClaim } from './mutants/approximate.js';
import { judgeMutant } from './mutants/judge.js';
import type { Judged } from './mutants/judge.js';
import { projectFolder, readSubject, subjectNames } from './mutants/subjects.js';
import type { Subject, SubjectKind } from './mutants/subjects.js';
import { tellMutants } from './mutants/table.js';
import type { ClaimSheet, Sheet } from './mutants/table.js';
import { readWhole } from '../examples/common/script.js';
import { allMutantsOf } from '../test/helpers/text-mutants.js';

const COMMITTED = join(projectFolder(), 'bench/mutants.md');

/** Mutants that a worker is given at a time. */
const PORTION = 25;

interface Job {
  readonly name: string;
  readonly operator: string | undefined;
  readonly start: number;
}

interface Done {
  readonly name: string;
  readonly start: number;
  readonly kind: SubjectKind;
  /** Number of mutants of the subject. */
  readonly total: number;
  readonly judged: readonly Judged[];
  readonly claims: readonly JudgedClaim[];
  readonly evidence: string;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    operator: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string' },
    worker: { type: 'boolean', default: false },
  },
});

if (values.worker) work();
else process.exitCode = await main();

/** The parent: hands out portions, collects, writes. */
async function main(): Promise<number> {
  const names = subjectNames().filter((name) => values.only === undefined || name === values.only);
  if (names.length === 0) throw new Error(`no example is called ${String(values.only)}: ${subjectNames().join(', ')}`); // prettier-ignore
  const jobs: Job[] = names.map((name) => ({ name, operator: values.operator, start: 0 }));
  const results: Done[] = [];
  const stop = new AbortController();
  const workers = Array.from({ length: readWhole('jobs', values.jobs, 1) }, () =>
    fork(import.meta.filename, ['--worker']),
  );
  process.on('SIGINT', () => {
    stop.abort();
    for (const worker of workers) worker.kill();
  });
  await Promise.all(workers.map((worker) => serve(worker, jobs, results)));
  // What was being worked on is missing too: every subject says how many mutants it has.
  const open = names.filter((name) => {
    const own = results.filter((one) => one.name === name);
    const done = own.reduce((sum, { judged, claims }) => sum + judged.length + claims.length, 0);
    return own.length === 0 || done < own[0].total;
  });
  const text = tellMutants(...sheetsOf(names, results), stop.signal.aborted ? `not finished: ${open.join(', ')}.` : ''); // prettier-ignore
  const isPart = values.only !== undefined || values.operator !== undefined;
  if (isPart && values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out ?? COMMITTED, text);
  return results.some(isWrong) || (open.length > 0 && !stop.signal.aborted) ? 1 : 0;
}

function isWrong({ judged, claims }: Done): boolean {
  return [...judged, ...claims].some(({ outcome }) => outcome === 'wrong');
}

/** Gives one worker job after job; the first portion of a subject says how many more there are. */
function serve(worker: ChildProcess, jobs: Job[], results: Done[]): Promise<void> {
  return new Promise((resolve) => {
    const own = { name: '' };
    const next = (): void => {
      const at = Math.max(
        0,
        jobs.findIndex(({ name }) => name === own.name),
      );
      const job = jobs.splice(at, 1).at(0);
      if (job === undefined) {
        worker.kill();
        return;
      }
      own.name = job.name;
      worker.send(job);
    };
    worker.on('message', (message: Done | 'ready') => {
      if (message === 'ready') {
        next();
        return;
      }
      results.push(message);
      const { name, start, total, judged, claims } = message;
      if (start === 0) {
        const { operator } = values;
        const rest: Job[] = [];
        for (let at = PORTION; at < total; at += PORTION) rest.push({ name, operator, start: at });
        // First, so that a worker stays with what it has read.
        jobs.unshift(...rest);
      }
      const done = results.reduce((sum, one) => sum + one.judged.length + one.claims.length, 0);
      const outcomes = [...judged, ...claims].map(({ outcome }) => outcome);
      const notes = (['undecided', 'wrong'] as const).flatMap((one) => {
        const count = outcomes.filter((outcome) => outcome === one).length;
        return count === 0 ? [] : [`, ${count} ${one}`];
      });
      process.stderr.write(`${done} mutants; ${name} ${start + outcomes.length} of ${total}${notes.join('')}\n`); // prettier-ignore
      next();
    });
    worker.on('exit', () => {
      resolve();
    });
  });
}

function sheetsOf(names: readonly string[], results: readonly Done[]): [Sheet[], ClaimSheet[]] {
  const sheets: Sheet[] = [];
  const claims: ClaimSheet[] = [];
  for (const name of names) {
    const own = results.filter((one) => one.name === name).sort((a, b) => a.start - b.start);
    if (own.length === 0) continue;
    const [{ kind }] = own;
    if (kind === 'approximate') claims.push({ name, judged: own.flatMap((one) => one.claims) });
    else {
      const evidence = own.map((one) => one.evidence).find((one) => one !== '') ?? '';
      sheets.push({ name, kind, judged: own.flatMap(({ judged }) => judged), evidence });
    }
  }
  return [sheets, claims];
}

/** A worker: judges what it is sent. */
function work(): void {
  let subject: Promise<Subject> | undefined;
  let current = '';
  process.on('message', (job: Job) => {
    if (job.name !== current) subject = undefined;
    current = job.name;
    subject ??= readSubject(job.name);
    void subject.then((own) => judgePortion(own, job)).then((done) => process.send?.(done));
  });
  process.send?.('ready');
}

async function judgePortion(subject: Subject, { operator, start }: Job): Promise<Done> {
  const { name, kind, code } = subject;
  const all = kind === 'approximate' ? sampleOf(code) : allMutantsOf(code);
  const mutants = all.filter((one) => operator === undefined || one.operator === operator);
  const judged: Judged[] = [];
  const claims: JudgedClaim[] = [];
  for (const mutant of mutants.slice(start, start + PORTION)) {
    if (kind === 'approximate') claims.push(await judgeClaim(subject, mutant));
    else judged.push(await judgeMutant(subject, mutant));
  }
  const hasSurvivors = judged.some(({ findings }) => findings !== undefined);
  const evidence = hasSurvivors ? await subject.describeEvidence() : '';
  return { name, start, kind, total: mutants.length, judged, claims, evidence };
}
