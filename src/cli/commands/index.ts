/** The commands, in the order of the help text. */
import type { Command } from '../command.js';
import { compileCommand } from './compile.js';
import { diffCommand } from './diff.js';
import { evaluateCommand } from './evaluate.js';
import { hybridCommand } from './hybrid.js';
import { inspectCommand } from './inspect.js';
import { logicCommand } from './logic.js';
import { boundaryCommand } from './boundary.js';
import { mathCommand } from './math.js';
import { verifyCommand } from './verify.js';

export const COMMANDS: readonly Command[] = [
  compileCommand,
  verifyCommand,
  evaluateCommand,
  inspectCommand,
  diffCommand,
  mathCommand,
  boundaryCommand,
  logicCommand,
  hybridCommand,
];
