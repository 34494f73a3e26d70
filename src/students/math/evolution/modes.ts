/**
 * Which islands judge a formula by its best scaling a + b·f, and what is then allowed of f: so much less
 * than of formulas that a + b·f is allowed.
 */
import type { Engine } from '../engine/engine.js';
import type { Settings } from '../problem.js';
import { complexityOfScaling } from './hall-of-fame.js';

/** A scaling adds two levels to a formula: the sum and the product. */
const SCALING_DEPTH = 2;

/** Odd islands, where the loss has a closed-form scaling and a + b·x is an allowed formula. */
export function isScaledIsland(island: number, engine: Engine): boolean {
  const { settings } = engine.problem;
  return (
    island % 2 === 1 &&
    settings.loss.kind === 'mse' &&
    // a + b·f has not the shape of a template.
    settings.knowledge?.template === undefined &&
    settings.operators.includes('+') &&
    settings.operators.includes('*') &&
    settings.maxDepth > SCALING_DEPTH &&
    settings.maxComplexity >= complexityOfScaling(engine) + settings.variableComplexity
  );
}

export function islandSettings(engine: Engine, isScaled: boolean): Settings {
  const { settings } = engine.problem;
  if (!isScaled) return settings;
  const isFactorFree = settings.knowledge?.dimensions?.constants === 'free';
  return {
    // The b of a + b·f gives it the target's dimension.
    ...(isFactorFree ? partOfProduct(settings) : settings),
    maxComplexity: settings.maxComplexity - complexityOfScaling(engine),
    maxDepth: settings.maxDepth - SCALING_DEPTH,
  };
}

/** The settings for the f of a + b·f: its dimension may be any. */
function partOfProduct(settings: Settings): Settings {
  const { knowledge } = settings;
  if (knowledge?.dimensions === undefined) return settings;
  const dimensions = { ...knowledge.dimensions, target: null };
  return { ...settings, knowledge: { ...knowledge, dimensions } };
}
