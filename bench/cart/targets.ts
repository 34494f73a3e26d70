/**
 * What the networks of the comparison with CART learned: seeded functions of inputs from 0 to 10, a score for
 * each class or one score with its opposite. `TUNING` is what the student was tuned on, `HELD_OUT` what it was
 * not; both were chosen before either was measured.
 */
import type { Random } from '../../src/numeric/random.js';

export interface LearnedTarget {
  readonly name: string;
  readonly inputs: number;
  /** Hidden units of each score's network. */
  readonly hidden: number;
  readonly activation: 'tanh' | 'relu';
  /** The scores at a point; one number stands for itself and its opposite. */
  readonly draw: (random: Random) => (point: readonly number[]) => readonly number[];
  /** Share of the training rows whose score is turned around. */
  readonly noise?: number;
}

/** A margin as a network learns it: no further than 1 from its border. */
function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

/** Uniform between two numbers. */
function between(random: Random, min: number, max: number): number {
  return min + (max - min) * random.unit();
}

export const TUNING: readonly LearnedTarget[] = [
  {
    name: 'rule of two inputs',
    inputs: 5,
    hidden: 24,
    activation: 'tanh',
    draw(random) {
      const [low, high] = [between(random, 2, 6), between(random, 4, 8)];
      return ([x, y]) => [clamp(Math.min(x - low, high - y))];
    },
  },
  {
    name: 'two ways',
    inputs: 6,
    hidden: 32,
    activation: 'tanh',
    draw(random) {
      const [a, b, c, d] = Array.from({ length: 4 }, () => between(random, 4, 6));
      return ([w, x, y, z]) => [clamp(Math.max(Math.min(w - a, x - b), Math.min(y - c, d - z)))];
    },
  },
  {
    name: 'exclusive or',
    inputs: 4,
    hidden: 24,
    activation: 'relu',
    draw(random) {
      const [a, b] = [between(random, 3, 7), between(random, 3, 7)];
      return ([x, y]) => [clamp(Math.max(Math.min(x - a, b - y), Math.min(a - x, y - b)))];
    },
  },
  {
    name: 'half of a box',
    inputs: 3,
    hidden: 16,
    activation: 'tanh',
    draw(random) {
      const weights = Array.from({ length: 3 }, () => between(random, 0.5, 2));
      return (point) => [clamp(weights.reduce((sum, w, k) => sum + w * (point[k] - 5), 0) / 4)];
    },
  },
  {
    name: 'ball',
    inputs: 4,
    hidden: 32,
    activation: 'tanh',
    draw(random) {
      const centre = Array.from({ length: 4 }, () => between(random, 3, 7));
      return (point) => [clamp((5 - Math.hypot(...point.map((x, k) => x - centre[k]))) / 2)];
    },
  },
  {
    name: 'three waves',
    inputs: 2,
    hidden: 24,
    activation: 'tanh',
    draw(random) {
      const turn = between(random, 0, 3);
      const wave = (x: number, y: number): number => x + 2 * Math.sin(y + turn) - 5;
      return ([x, y]) => [-2 - wave(x, y), 0, wave(x, y) - 2].map((one) => clamp(one / 3));
    },
  },
];

export const HELD_OUT: readonly LearnedTarget[] = [
  {
    name: 'interval or threshold',
    inputs: 5,
    hidden: 24,
    activation: 'tanh',
    draw(random) {
      const [low, high] = [between(random, 1, 3), between(random, 5, 7)];
      const far = between(random, 6, 9);
      return ([x, y]) => [clamp(Math.max(Math.min(x - low, high - x), y - far))];
    },
  },
  {
    name: 'two of four',
    inputs: 4,
    hidden: 32,
    activation: 'relu',
    draw(random) {
      const limits = Array.from({ length: 4 }, () => between(random, 4, 7));
      return (point) => {
        const margins = point.map((x, k) => x - limits[k]).sort((a, b) => b - a);
        return [clamp(margins[1])];
      };
    },
  },
  {
    name: 'nested rule, three classes',
    inputs: 6,
    hidden: 20,
    activation: 'tanh',
    draw(random) {
      const [a, b, c] = Array.from({ length: 3 }, () => between(random, 3, 6));
      return ([x, y, z]) => {
        const first = Math.min(x - a, y - b);
        return [first, Math.min(-first, z - c), Math.min(-first, c - z)].map(clamp);
      };
    },
  },
  {
    name: 'product',
    inputs: 3,
    hidden: 24,
    activation: 'tanh',
    draw(random) {
      const limit = between(random, 10, 30);
      return ([x, y]) => [clamp((x * y - limit) / 10)];
    },
  },
  {
    name: 'ring',
    inputs: 2,
    hidden: 32,
    activation: 'tanh',
    draw(random) {
      const centre = [between(random, 4, 6), between(random, 4, 6)];
      return ([x, y]) => [clamp(1.3 - Math.abs(Math.hypot(x - centre[0], y - centre[1]) - 3))];
    },
  },
  {
    name: 'nearest of three points',
    inputs: 3,
    hidden: 16,
    activation: 'tanh',
    draw(random) {
      const points = Array.from({ length: 3 }, () =>
        Array.from({ length: 3 }, () => between(random, 1, 9)),
      );
      return (point) => points.map((one) => 1 - Math.hypot(...one.map((x, k) => x - point[k])) / 5);
    },
  },
  {
    name: 'noisy labels',
    inputs: 5,
    hidden: 24,
    activation: 'tanh',
    noise: 0.1,
    draw(random) {
      const weights = Array.from({ length: 5 }, () => between(random, -1, 1));
      return (point) => [weights.reduce((sum, w, k) => sum + w * (point[k] - 5), 0) > 0 ? 1 : -1];
    },
  },
];
