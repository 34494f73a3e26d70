import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { numberText, propertyText, stringText } from '../../../src/emit/numbers.js';

describe('literals', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e21, '1e21'],
    [1e-7, '1e-7'],
    [-2.5, '-2.5'],
    [5e-324, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e308'],
  ])('prints the number %d as %s, which reads back the same', (value, text) => {
    expect(numberText(value)).toBe(text);
    expect(Number(numberText(value)) === value).toBe(true);
  });

  it.each(["it's", '"quoted"', 'back\\slash', 'line\nend', '\u2028', '${no}'])(
    'prints the text %j so that it reads back the same',
    (text) => {
      expect(runInNewContext(stringText(text))).toBe(text);
    },
  );

  it('quotes property names only where it must', () => {
    expect(propertyText('left')).toBe('left');
    expect(propertyText('first row')).toBe("'first row'");
    expect(propertyText('2d')).toBe("'2d'");
  });
});
