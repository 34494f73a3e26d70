/** A partial order of unknown scores and constants, closed under transitivity at every step. */

const UNKNOWN = 0;
const AT_LEAST = 1;
const GREATER = 2;

export class PartialOrder {
  /** Number of the first constant; scores are 0 .. base − 1. */
  private readonly base: number;
  private readonly constants: number[] = [];
  /** relation[a][b]: what is known of a against b. */
  private readonly relation: number[][];

  constructor(scores: number) {
    this.base = scores;
    this.relation = Array.from({ length: scores }, (_, a) =>
      Array.from({ length: scores }, (__, b) => (a === b ? AT_LEAST : UNKNOWN)),
    );
  }

  /** The node of a constant, at its place among the other constants. */
  constant(value: number): number {
    const known = this.constants.indexOf(value);
    if (known >= 0) return OFFSET + known;
    const node = this.base + this.constants.length;
    this.constants.push(value);
    for (const row of this.relation) row.push(UNKNOWN);
    const row = new Array<number>(node + 1).fill(UNKNOWN);
    row[node] = AT_LEAST;
    this.relation.push(row);
    this.constants.forEach((other, k) => {
      if (other < value) this.add(node, this.base + k, true);
      if (other > value) this.add(this.base + k, node, true);
    });
    return OFFSET + this.constants.length - 1;
  }

  isConstant(node: number): boolean {
    return node >= OFFSET;
  }

  /** Is a > b (or a ≥ b, unless strict)? From what is known, else as `decide` says, and noted. */
  ask(a: number, b: number, strict: boolean, decide: () => boolean): boolean {
    if (this.implies(a, b, strict)) return true;
    if (this.implies(b, a, !strict)) return false;
    const answer = decide();
    if (answer) this.add(this.index(a), this.index(b), strict);
    else this.add(this.index(b), this.index(a), !strict);
    return answer;
  }

  /** Takes a > b (or a ≥ b, unless strict) for known. */
  note(a: number, b: number, strict: boolean): void {
    this.add(this.index(a), this.index(b), strict);
  }

  /** Does all that is known imply a > b (or a ≥ b, unless strict)? */
  implies(a: number, b: number, strict: boolean): boolean {
    return this.relation[this.index(a)][this.index(b)] >= (strict ? GREATER : AT_LEAST);
  }

  private index(node: number): number {
    return node >= OFFSET ? this.base + (node - OFFSET) : node;
  }

  private add(high: number, low: number, strict: boolean): void {
    const size = this.relation.length;
    for (let a = 0; a < size; a++) {
      const above = this.relation[a][high];
      if (above === UNKNOWN) continue;
      for (let b = 0; b < size; b++) {
        const below = this.relation[low][b];
        if (below === UNKNOWN) continue;
        const isStrict = strict || above === GREATER || below === GREATER;
        const known = isStrict ? GREATER : AT_LEAST;
        if (known > this.relation[a][b]) this.relation[a][b] = known;
      }
    }
  }
}

/** Constants are numbered from here on, apart from atoms. */
const OFFSET = 1 << 24;
