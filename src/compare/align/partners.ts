/**
 * Which symbol of one program is which of the other. Known of parameters from the start, of the others
 * once the statements that declare them are laid over each other; until then names and types guess.
 */
import type { ProgramSymbol } from '../../ir/program.js';

/** Cost of two symbols that may be the same, called differently: less than any real difference. */
const MAYBE = 0.25;

export class Partners {
  private readonly ofOld = new Map<ProgramSymbol, ProgramSymbol>();
  private readonly ofNew = new Map<ProgramSymbol, ProgramSymbol>();

  /** @param isFinal whether symbols without a partner have none. */
  constructor(private readonly isFinal: boolean) {}

  add(old: ProgramSymbol, fresh: ProgramSymbol): void {
    if (this.ofOld.has(old) || this.ofNew.has(fresh)) return;
    this.ofOld.set(old, fresh);
    this.ofNew.set(fresh, old);
  }

  /** The partner of a symbol of the old program. */
  of(old: ProgramSymbol): ProgramSymbol | undefined {
    return this.ofOld.get(old);
  }

  hasNew(fresh: ProgramSymbol): boolean {
    return this.ofNew.has(fresh);
  }

  /** 0 for the same symbol, 1 for another one, something between where it is not known yet. */
  cost(old: ProgramSymbol, fresh: ProgramSymbol): number {
    const partner = this.ofOld.get(old);
    if (partner !== undefined) return partner === fresh ? 0 : 1;
    if (this.isFinal || this.ofNew.has(fresh)) return 1;
    const sameType =
      old.type.scalar === fresh.type.scalar &&
      old.type.extents.length === fresh.type.extents.length;
    if (!sameType) return 1;
    return old.hint === fresh.hint ? 0 : MAYBE;
  }
}
