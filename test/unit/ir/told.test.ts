import { describe, expect, it } from 'vitest';
import { toldInterface, toldName } from '../../../src/ir/told.js';

describe('told names', () => {
  it('stand on one line, and are cut', () => {
    expect(toldName('assign true')).toBe('assign true');
    expect(toldName('a\r\n  b')).toBe('a b');
    expect(toldName('a\u{1b}[2J')).toBe('a\\u{1b}[2J');
    expect(toldName('x'.repeat(1000))).toBe(`${'x'.repeat(60)}…`);
  });

  it('are all names of an interface', () => {
    const bad = 'a\nb';
    const domain = { kind: 'real' } as const;
    const told = toldInterface({
      name: bad,
      source: 's',
      inputs: [{ name: bad, shape: [1], axes: [bad], features: [bad], domain }],
      outputs: [{ name: bad, shape: [1], labels: [bad] }],
      decision: { kind: 'none' },
    });
    expect(JSON.stringify(told)).not.toContain('\\n');
    expect(told.inputs[0].axes).toEqual(['a b']);
  });
});
