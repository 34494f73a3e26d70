/**
 * npm run evaluate:cart: the Logic student's trees beside a plain CART; the options are those of bench/cart.ts.
 */
import { runPlain } from '../bench/run-plain.js';

process.exitCode = await runPlain('cart', process.argv.slice(2));
