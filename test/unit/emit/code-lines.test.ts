import { describe, expect, it } from 'vitest';
import { countCodeLines } from '../../../src/emit/code-lines.js';

describe('countCodeLines', () => {
  it.each([
    ['nothing', '', 0],
    ['blank lines', '\n  \n\t\n', 0],
    ['line comments', '// a\n  // b\nlet c; // d\n', 1],
    ['a comment over lines', '/* a\n b\n*/\nlet c; /* d\n e */ let f;\n', 2],
    ['a doc comment with code in it', '/**\n * let a = 1;\n */\nlet b;\n', 1],
    ['comment marks in strings', 'const a = \'// b\';\nconst c = "/*";\nlet d;\n', 3],
    ['an escaped quote', "const a = 'it\\'s // b';\nlet c;\n", 2],
    ['a template over lines', 'const a = `x\n// not a comment\n\n${b /* c */}`;\n', 3],
    ['a template in a template', 'const a = `${`// ${1}`}`; // b\nlet c;\n', 2],
    ['braces in a template', 'const a = `${{ b: 1 }.b} // c`;\nlet d;\n', 2],
    ['no newline at the end', 'let a;', 1],
    ['an open comment', 'let a;\n/* b', 1],
  ])('%s', (_, text, lines) => {
    expect(countCodeLines(text)).toBe(lines);
  });

  it('leaves the network constant out, and nothing else', () => {
    const network = "export const network = {\n  name: 'a',\n  shape: [2],\n} as const;";
    expect(countCodeLines(`let a;\n\n${network}\nlet b;\n`)).toBe(2);
    expect(countCodeLines(`${network.replace('network', 'other')}\n`)).toBe(4);
  });
});
