/**
 * One table for all steps: a machine with few states that reads the cells of a step and gives the
 * outs of that step. It is guessed from the first steps, where every reachable state is enumerated
 * and states that behave alike are one (partition refinement, as in Moore's and Hopcroft's
 * minimisation), and then proved for every step by walking it beside the step programs.
 */
import type { StepPrograms, StateBox } from './steps.js';
import { finalValue, runStep } from './steps.js';

export interface Machine {
  /** Values of the cells of one step, for every combination. */
  readonly letters: readonly (readonly number[])[];
  readonly states: number;
  /** The state before the first step. */
  readonly initial: number;
  /** next[state · letters + letter]. */
  readonly next: readonly number[];
  /** For each track outs[state · letters + letter]. */
  readonly outs: readonly (readonly number[])[];
  /** For each final its value by the state after the last step. */
  readonly finals: readonly (readonly number[])[];
  /** The states by the sum that comes with them, ascending. */
  readonly order: readonly number[];
}

const MAX_LETTERS = 64;
/** Cells of one step: as many of two values as there are letters for. */
export const MAX_ROLES = Math.log2(MAX_LETTERS);
/** States of one step while guessing. */
const MAX_LAYER = 2 ** 12;
/** Transitions looked at while guessing. */
const MAX_TRANSITIONS = 2 ** 16;
/** A machine with more states has no readable update. */
const MAX_STATES = 6;
/** States of one step and machine state that the proof keeps apart before it takes their hull. */
const MAX_KEPT = 256;

/** Every combination of values, the last role fastest; `undefined` when there are too many. */
export function lettersOf(
  values: readonly (readonly number[])[],
): readonly (readonly number[])[] | undefined {
  let letters: readonly (readonly number[])[] = [[]];
  for (const own of values) {
    letters = letters.flatMap((letter) => own.map((value) => [...letter, value]));
    if (letters.length > MAX_LETTERS) return undefined;
  }
  return letters;
}

/** Outs that noise has moved are one when they agree in this many digits. */
const OUT_DIGITS = 7;

/** A real out made comparable: near integers and halves are those. */
export function settleOut(value: number): number {
  const half = Math.round(2 * value) / 2;
  if (Math.abs(value - half) <= 10 ** -OUT_DIGITS) return half + 0;
  return Number(value.toPrecision(OUT_DIGITS));
}

interface Layer {
  readonly boxes: readonly StateBox[];
  /** following[state · letters + letter] in the next layer. */
  readonly following: number[];
  /** A text of the outs for each state and letter. */
  readonly outs: string[];
}

/** The machine of these programs, proved; `undefined` when none with few states is. */
export function machineOf(
  programs: StepPrograms,
  letters: readonly (readonly number[])[],
): Machine | undefined {
  const layers = enumerate(programs, letters);
  if (layers === undefined) return undefined;
  const guess = guessMachine(layers, letters.length);
  return guess === undefined ? undefined : prove(programs, letters, guess);
}

const START: StateBox = { low: [], high: [] };

/** Reachable states of the first steps, as many as the limits allow. */
function enumerate(
  programs: StepPrograms,
  letters: readonly (readonly number[])[],
): readonly Layer[] | undefined {
  const layers: Layer[] = [];
  let boxes: readonly StateBox[] = [START];
  let transitions = 0;
  for (const program of programs.steps) {
    transitions += boxes.length * letters.length;
    if (boxes.length > MAX_LAYER || transitions > MAX_TRANSITIONS) break;
    const known = new Map<string, number>();
    const reached: StateBox[] = [];
    const layer: Layer = { boxes, following: [], outs: [] };
    for (const box of boxes) {
      for (const letter of letters) {
        const result = runStep(program, letter, box);
        if (result === undefined) return undefined;
        const key = result.next.low.join();
        const index = known.get(key) ?? reached.push(result.next) - 1;
        known.set(key, index);
        layer.following.push(index);
        layer.outs.push(result.outs.map(settleOut).join());
      }
    }
    layers.push(layer);
    boxes = reached;
  }
  return layers;
}

interface Guess {
  readonly states: number;
  readonly initial: number;
  readonly next: readonly number[];
  readonly outs: readonly string[];
}

/** States that give the same outs for the next d steps are one; d grows until it changes nothing. */
function guessMachine(layers: readonly Layer[], letters: number): Guess | undefined {
  // names[layer][state]: the class of the state by its next d steps.
  let names = layers.map(({ boxes }) => boxes.map(() => 0));
  let count = 1;
  for (let depth = 0; depth < layers.length - 1; depth++) {
    const known = new Map<string, number>();
    const usable = layers.length - depth;
    const finer = layers.slice(0, usable).map((layer, step) =>
      layer.boxes.map((_, state) => {
        let text = '';
        for (let letter = 0; letter < letters; letter++) {
          const edge = state * letters + letter;
          const after = depth === 0 ? 0 : names[step + 1][layer.following[edge]];
          text += `${layer.outs[edge]}>${after};`;
        }
        const name = known.get(text) ?? known.size;
        known.set(text, name);
        return name;
      }),
    );
    if (known.size > MAX_STATES) return undefined;
    const before = new Set(names.slice(0, usable).flat()).size;
    if (depth > 0 && known.size === before) return readMachine(layers, names, finer, letters);
    names = finer;
    count = known.size;
  }
  return count === 1 ? readMachine(layers, names, names, letters) : undefined;
}

/** The quotient: `names` are the states, `finer` says in which layers their edges are known. */
function readMachine(
  layers: readonly Layer[],
  names: readonly (readonly number[])[],
  finer: readonly (readonly number[])[],
  letters: number,
): Guess | undefined {
  const numbers = new Map<number, number>();
  const next: number[] = [];
  const outs: string[] = [];
  const numberOf = (name: number): number => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const initial = numberOf(names[0][0]);
  const usable = Math.min(finer.length, names.length - 1);
  for (let step = 0; step < usable; step++) {
    for (const [state, name] of names[step].entries()) {
      const from = numberOf(name);
      for (let letter = 0; letter < letters; letter++) {
        const edge = state * letters + letter;
        next[from * letters + letter] = numberOf(names[step + 1][layers[step].following[edge]]);
        outs[from * letters + letter] = layers[step].outs[edge];
      }
    }
  }
  const whole = Array.from({ length: numbers.size * letters }, (_, edge) => edge in next);
  return whole.every(Boolean) ? { states: numbers.size, initial, next, outs } : undefined;
}

/**
 * Walks machine and programs side by side from the start. Kept for each step and machine state: the
 * states of the programs that come with it, or the hull of them; every one of them must give the
 * machine's outs. A hull holds at least the reachable states, so what is decided on it is decided.
 */
function prove(
  programs: StepPrograms,
  letters: readonly (readonly number[])[],
  guess: Guess,
): Machine | undefined {
  let reached = new Map<number, readonly StateBox[]>([[guess.initial, [START]]]);
  const outs = programs.steps[0].outs.map(() =>
    new Array<number>(guess.states * letters.length).fill(0),
  );
  const seen = new Set<number>();
  let order: readonly number[] = [];
  for (const program of programs.steps) {
    const following = new Map<number, Map<string, StateBox>>();
    for (const [state, boxes] of reached) {
      for (const [index, letter] of letters.entries()) {
        const edge = state * letters.length + index;
        for (const box of boxes) {
          const result = runStep(program, letter, box);
          if (result?.outs.map(settleOut).join() !== guess.outs[edge]) return undefined;
          if (!seen.has(edge)) result.outs.forEach((out, track) => (outs[track][edge] = out));
          seen.add(edge);
          const target = following.get(guess.next[edge]) ?? new Map<string, StateBox>();
          target.set(`${result.next.low.join()} ${result.next.high.join()}`, result.next);
          following.set(guess.next[edge], target);
        }
      }
    }
    reached = new Map(
      [...following].map(([state, boxes]) => [state, keepOrHull([...boxes.values()])]),
    );
    if (reached.size >= order.length) order = orderOf(reached);
  }
  if (seen.size < guess.states * letters.length || order.length < guess.states) return undefined;
  const finals = programs.finals.map(() => new Array<number>(guess.states).fill(NaN));
  for (const [state, boxes] of reached) {
    for (const [final, sum] of programs.finals.entries()) {
      const values = boxes.map((box) => finalValue(sum, box));
      const [first] = values;
      if (first === undefined || values.some((value) => value !== first)) return undefined;
      finals[final][state] = first;
    }
  }
  const { states, initial, next } = guess;
  return { letters, states, initial, next, outs, finals, order };
}

function keepOrHull(boxes: readonly StateBox[]): readonly StateBox[] {
  if (boxes.length <= MAX_KEPT) return boxes;
  const forms = boxes[0].low.length;
  const low = Array.from({ length: forms }, (_, form) =>
    boxes.reduce((least, box) => Math.min(least, box.low[form]), Infinity),
  );
  const high = Array.from({ length: forms }, (_, form) =>
    boxes.reduce((most, box) => Math.max(most, box.high[form]), -Infinity),
  );
  return [{ low, high }];
}

/** Machine states by the middle of the first sum that comes with them. */
function orderOf(reached: ReadonlyMap<number, readonly StateBox[]>): readonly number[] {
  const middle = (boxes: readonly StateBox[]): number =>
    boxes.reduce((sum, { low, high }) => sum + (low[0] ?? 0) + (high[0] ?? 0), 0) / boxes.length;
  return [...reached]
    .map(([state, boxes]) => ({ state, place: middle(boxes) }))
    .sort((a, b) => a.place - b.place || a.state - b.state)
    .map(({ state }) => state);
}
