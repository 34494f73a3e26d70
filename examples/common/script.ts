/** What the example scripts share: running as a script, whole numbers as options, progress lines. */
import { pathToFileURL } from 'node:url';

/** Milliseconds of silence before a long job says how far it is, and then between its lines. */
const PATIENCE = 1000;
const INTERVAL = 5000;

/** Whether the module with this `import.meta.url` was started from the command line. */
export function isMain(moduleUrl: string): boolean {
  return process.argv.length > 1 && pathToFileURL(process.argv[1]).href === moduleUrl;
}

/** A whole number from the command line. @throws RangeError when it is none, or below `least`. */
export function readWhole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`--${name} must be a whole number of at least ${least}, not "${text}"`);
}

/** Prints how far a job is on stderr: after a second, then every five, so never for short jobs. */
export function progressLines(job: string): (done: number, total: number) => void {
  let next = Date.now() + PATIENCE;
  return (done, total) => {
    const now = Date.now();
    if (now < next) return;
    next = now + INTERVAL;
    process.stderr.write(`${job}: ${done} of ${total}\n`);
  };
}
