/**
 * The gates of a chain as one small program for each step. All that later steps know of earlier ones
 * are sums of weights times signals: those sums, equal ones up to a factor told once, are the state.
 *
 *   carry[5] = step(Σ_{k ≤ 5} 2^k (a_k + b_k) − 64)   →   after step 4 the state is Σ_{k ≤ 4} 2^k (a_k + b_k)
 *
 * Programs run on intervals: an answer is given only where every gate is decided.
 */
import type { Chain } from './chain.js';
import type { Circuit, Linear } from './circuit.js';

/** constant + scale · form (of the step before) + Σ weight · local signal. */
interface StepSum {
  readonly constant: number;
  /** −1: no form. */
  readonly form: number;
  readonly scale: number;
  readonly locals: readonly (readonly [local: number, weight: number])[];
}

export interface StepProgram {
  /** In order; gate g is local signal `letters + g`. */
  readonly gates: readonly { readonly activation: 'sign' | 'step'; readonly sum: StepSum }[];
  /** One for each track. */
  readonly outs: readonly StepSum[];
  /** The state after the step. */
  readonly next: readonly StepSum[];
}

export interface StepPrograms {
  readonly steps: readonly StepProgram[];
  /** What the finals read from the state after the last step. */
  readonly finals: readonly StepSum[];
  /** A bound on what normalisation has moved of any out or final. */
  readonly error: number;
}

/** More sums than this make no readable state. */
const MAX_FORMS = 6;

/** Scales must be exact in binary arithmetic: this many fraction bits. */
const SCALE_BITS = 2 ** 20;

/** The programs of a chain; `undefined` when its state would need too many sums. */
export function stepPrograms(circuit: Circuit, chain: Chain): StepPrograms | undefined {
  return new StepBuilder(circuit, chain).build();
}

/** A sum that a step hands on: its number, its first weight, and what it adds up. */
interface Form {
  readonly id: number;
  readonly first: number;
  readonly signals: readonly (readonly [signal: number, weight: number])[];
}

class StepBuilder {
  /** Step of every signal that is used. */
  private readonly stepOf = new Map<number, number>();
  /** For each step the gates that are decided in it, in order. */
  private readonly gates: number[][];
  /** For each step the number of every form, by its text. */
  private readonly forms: Map<string, Form>[];
  private readonly locals = new Map<number, number>();

  constructor(
    private readonly circuit: Circuit,
    private readonly chain: Chain,
  ) {
    this.gates = Array.from({ length: chain.steps }, () => []);
    this.forms = Array.from({ length: chain.steps }, () => new Map<string, Form>());
  }

  build(): StepPrograms | undefined {
    const { chain, circuit } = this;
    for (let step = 0; step < chain.steps; step++) {
      chain.roles.forEach(({ cells }, role) => {
        this.stepOf.set(cells[step], step);
        this.locals.set(cells[step], role);
      });
    }
    for (const sum of this.allSums()) this.placeSum(sum);
    for (const [step, gates] of this.gates.entries()) {
      gates.sort((a, b) => a - b);
      gates.forEach((gate, k) => this.locals.set(gate, chain.roles.length + k));
      for (const gate of gates) {
        const { sum } = circuit.gates[gate - circuit.cells];
        if (!this.addForms(sum, step)) return undefined;
      }
    }
    for (const track of chain.tracks) {
      for (const [step, point] of track.entries()) {
        if (!this.addForms(point.sum, step)) return undefined;
      }
    }
    for (const point of chain.finals) if (!this.addForms(point.sum, chain.steps)) return undefined;
    const steps: StepProgram[] = [];
    for (let step = 0; step < chain.steps; step++) {
      const made = this.program(step);
      if (made === undefined) return undefined;
      steps.push(made);
    }
    const finals = chain.finals.map((point) => this.split(point.sum, chain.steps));
    const whole = finals.flatMap((sum) => (sum === undefined ? [] : [sum]));
    if (whole.length < finals.length) return undefined;
    const error = Math.max(0, ...[...this.allSums()].map((sum) => sum.error));
    return { steps, finals: whole, error };
  }

  private allSums(): readonly Linear[] {
    return [...this.chain.tracks.flat(), ...this.chain.finals].map((point) => point.sum);
  }

  /** Finds the step of every gate that a sum reads. */
  private placeSum(sum: Linear): void {
    for (let k = 0; k < sum.signals.length; k++) this.placeSignal(sum.signals[k]);
  }

  private placeSignal(signal: number): number {
    const known = this.stepOf.get(signal);
    if (known !== undefined) return known;
    const { sum } = this.circuit.gates[signal - this.circuit.cells];
    let step = 0;
    for (let k = 0; k < sum.signals.length; k++) {
      step = Math.max(step, this.placeSignal(sum.signals[k]));
    }
    this.stepOf.set(signal, step);
    this.gates[step].push(signal);
    return step;
  }

  /** Signals of a sum by step, then by number. */
  private inOrder({ signals, weights }: Linear): [signal: number, weight: number][] {
    const step = (signal: number): number => this.stepOf.get(signal) ?? 0;
    const pairs = Array.from(signals, (signal, k): [number, number] => [signal, weights[k]]);
    return pairs.sort(([a], [b]) => step(a) - step(b) || a - b);
  }

  /** Remembers what every step before `step` has to hand on for this sum; false when it is too much. */
  private addForms(sum: Linear, step: number): boolean {
    const ordered = this.inOrder(sum);
    if (ordered.length === 0) return true;
    const first = ordered[0][1];
    let text = '';
    let taken = 0;
    for (let before = 0; before < step; before++) {
      while (taken < ordered.length && (this.stepOf.get(ordered[taken][0]) ?? 0) <= before) {
        text += `${ordered[taken][0]}:${ordered[taken][1] / first} `;
        taken++;
      }
      if (taken === 0) continue;
      const forms = this.forms[before];
      if (forms.has(text)) continue;
      if (forms.size >= MAX_FORMS) return false;
      forms.set(text, { id: forms.size, first, signals: ordered.slice(0, taken) });
    }
    return true;
  }

  /** A sum as seen at `step`: the form that it reads from the step before, and its local signals. */
  private split(sum: Linear, step: number): StepSum | undefined {
    const locals: [number, number][] = [];
    let text = '';
    let first: number | undefined;
    for (const [signal, weight] of this.inOrder(sum)) {
      const own = this.stepOf.get(signal) ?? 0;
      if (own > step) break;
      if (own === step) {
        locals.push([this.locals.get(signal) ?? 0, weight]);
        continue;
      }
      first ??= weight;
      text += `${signal}:${weight / first} `;
    }
    if (first === undefined) return { constant: sum.constant, form: -1, scale: 0, locals };
    const form = this.forms[step - 1].get(text);
    if (form === undefined) return undefined;
    const scale = first / form.first;
    if (!Number.isInteger(scale * SCALE_BITS)) return undefined;
    return { constant: sum.constant, form: form.id, scale, locals };
  }

  private program(step: number): StepProgram | undefined {
    const { circuit, chain } = this;
    const sums: StepSum[] = [];
    const add = (sum: Linear): boolean => {
      const split = this.split(sum, step);
      if (split !== undefined) sums.push(split);
      return split !== undefined;
    };
    const gates = this.gates[step].map((gate) => circuit.gates[gate - circuit.cells]);
    const next = [...this.forms[step].values()].map(({ signals }): Linear => ({
      constant: 0,
      signals: signals.map(([signal]) => signal),
      weights: signals.map(([, weight]) => weight),
      error: 0,
    }));
    const outs = chain.tracks.map((track) => track[step].sum);
    if (![...gates.map((gate) => gate.sum), ...outs, ...next].every(add)) return undefined;
    const [afterGates, afterOuts] = [gates.length, gates.length + outs.length];
    return {
      gates: gates.map(({ activation }, k) => ({ activation, sum: sums[k] })),
      outs: sums.slice(afterGates, afterOuts),
      next: sums.slice(afterOuts),
    };
  }
}

/** Lower and upper ends of the state's sums. */
export interface StateBox {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface StepResult {
  readonly outs: readonly number[];
  readonly next: StateBox;
}

/** Sums beyond this are not exact in double arithmetic. */
const EXACT = 2 ** 52;

/** One step from any state of a box; `undefined` when a gate or an out is not decided by it. */
export function runStep(
  program: StepProgram,
  letter: readonly number[],
  state: StateBox,
): StepResult | undefined {
  const locals = [...letter];
  for (const { activation, sum } of program.gates) {
    const low = activated(activation, evaluate(sum, locals, state, false));
    if (low !== activated(activation, evaluate(sum, locals, state, true))) return undefined;
    locals.push(low);
  }
  const outs: number[] = [];
  for (const sum of program.outs) {
    const low = evaluate(sum, locals, state, false);
    if (low !== evaluate(sum, locals, state, true)) return undefined;
    outs.push(low);
  }
  const next = {
    low: program.next.map((sum) => evaluate(sum, locals, state, false)),
    high: program.next.map((sum) => evaluate(sum, locals, state, true)),
  };
  const exact = [...next.low, ...next.high].every((value) => Math.abs(value) < EXACT);
  return exact ? { outs, next } : undefined;
}

/** The value of a final in every state of a box; `undefined` when it is not one value. */
export function finalValue(sum: StepSum, state: StateBox): number | undefined {
  const low = evaluate(sum, [], state, false);
  return low === evaluate(sum, [], state, true) ? low : undefined;
}

function evaluate(
  sum: StepSum,
  locals: readonly number[],
  state: StateBox,
  upper: boolean,
): number {
  let value = sum.constant;
  if (sum.form >= 0) {
    const end = upper === sum.scale > 0 ? state.high : state.low;
    value += sum.scale * end[sum.form];
  }
  for (const [local, weight] of sum.locals) value += weight * locals[local];
  return value;
}

function activated(activation: 'sign' | 'step', z: number): number {
  if (activation === 'step') return z > 0 ? 1 : 0;
  return z > 0 ? 1 : z < 0 ? -1 : 0;
}
