#!/usr/bin/env node
/** The program `deepdistill`: loads the bundled command line from beside this file and starts it. */
import { fileURLToPath } from 'node:url';
import { createChunkLoader } from './chunks.js';

/** Replaced by the build with the version in package.json. */
declare const DEEPDISTILL_VERSION: string;

const { start } = createChunkLoader(fileURLToPath(new URL('.', import.meta.url))).load('cli') as {
  start: (version: string) => Promise<void>;
};
await start(DEEPDISTILL_VERSION);
