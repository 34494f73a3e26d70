/** Networks that a stranger might try, each built from a known program: see the two halves. */
import { IMAGES } from './zoo-images.js';
import { VECTORS } from './zoo-vectors.js';
import type { Exhibit } from './zoo-tools.js';

export const ZOO: readonly Exhibit[] = [...IMAGES, ...VECTORS];
