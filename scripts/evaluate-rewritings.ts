/**
 * npm run evaluate:rewritings: what the checker makes of modules that were rewritten without changing what they
 * compute; the options are those of bench/rewritings.ts.
 */
import { runPlain } from '../bench/run-plain.js';

process.exitCode = await runPlain('rewritings', process.argv.slice(2));
