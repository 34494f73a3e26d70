/**
 * npm run evaluate:mutants: every mutant of every emitted example, given to the checker; the options are those
 * of bench/mutants.ts.
 */
import { runPlain } from '../bench/run-plain.js';

process.exitCode = await runPlain('mutants', process.argv.slice(2));
