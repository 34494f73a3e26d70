/** The range of a tie tolerance. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/diagnostic.js';

/** Returns `value` when it can be a relative tie tolerance. @throws Diagnostic TIE_TOLERANCE_INVALID. */
export function checkTieTolerance(value: number, place: Place): number {
  if (!(value >= 0 && value < 1)) throw diagnose('TIE_TOLERANCE_INVALID', place, { value });
  return value;
}
