import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { float32Text, numberText, propertyText, stringText } from '../../../src/emit/numbers.js';

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

  it.each(["it's", '"quoted"', '\\"', 'back\\slash', 'line\nend', '\u2028', '${no}', '\u{202e}', '\u{85}\ud800', '👩‍💻'])(
    'prints the text %j so that it reads back the same, and shows what it is',
    (text) => {
      expect(runInNewContext(stringText(text))).toBe(text);
      expect(stringText(text)).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
    },
  ); // prettier-ignore

  it('quotes property names only where it must', () => {
    expect(propertyText('left')).toBe('left');
    expect(propertyText('first row')).toBe("'first row'");
    expect(propertyText('2d')).toBe("'2d'");
    const object = runInNewContext(`({ ${propertyText('__proto__')}: 1 })`) as object;
    expect(Object.entries(object)).toEqual([['__proto__', 1]]);
  });
});

describe('float32 numbers', () => {
  it.each([
    [Math.fround(0.1), '0.1'],
    [Math.fround(16777216), '16777216'],
    [Math.fround(1 / 3), '0.33333334'],
    [-0, '0'],
    [2 ** -149, '1e-45'],
    [2 ** 127 * (2 - 2 ** -23), '3.4028235e38'],
  ])('prints %d as %s', (value, text) => {
    expect(float32Text(value)).toBe(text);
  });

  it('gives back every number, in at most nine digits', () => {
    const random = createRandom(3);
    for (let round = 0; round < 2000; round++) {
      const value = Math.fround(random.normal() * 2 ** (random.below(60) - 40));
      const text = float32Text(value);
      expect(Math.fround(Number(text))).toBe(value);
      expect(text.replace(/e.*$/, '').replace(/\D/g, '').replace(/^0+|0+$/g, '').length).toBeLessThanOrEqual(9); // prettier-ignore
    }
  });
});
