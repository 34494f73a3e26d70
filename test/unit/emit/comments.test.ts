import { describe, expect, it } from 'vitest';
import { plainComment, plainLine } from '../../../src/emit/comments.js';

describe('comments', () => {
  it('end where the printer ends them', () => {
    expect(plainLine('a */ b /* c')).toBe('a * / b /* c');
    expect(plainLine('a\nb\u2028c\td')).toBe('a b c d');
    expect(plainLine('a\0b\u{202e}c\ud800d')).toBe('a\\u{0}b\\u{202e}c\\u{d800}d');
    expect(plainComment('one\ntwo */\r\nthree\u2029four')).toBe('one\ntwo * /\nthree\nfour');
  });
});
