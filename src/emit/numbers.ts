/**
 * Numbers and strings as literals of TypeScript. Numbers print with the fewest digits that read back as
 * the same float64, the way JavaScript itself prints them.
 */

/** The literal of a finite number; −0 prints as 0. */
export function numberText(value: number): string {
  return String(value === 0 ? 0 : value).replace('e+', 'e');
}

/** Digits that tell any two float32 numbers apart. */
const FLOAT32_DIGITS = 9;

/**
 * The literal with the fewest digits that `Math.fround` turns into this float32 number. More digits come
 * never less near, so the search goes down from those that most trained weights need.
 */
export function float32Text(value: number): string {
  let shortest = value;
  for (let digits = FLOAT32_DIGITS; digits > 0; digits--) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) !== value) break;
    shortest = shorter;
  }
  return numberText(shortest);
}

/** What an editor does not show as it is: escapes in a literal. Lone surrogates are escaped already. */
const INVISIBLE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The literal of any text, in single quotes. */
export function stringText(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(INVISIBLE, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
  return `'${escaped}'`;
}

/** A property name of an object literal or type: quoted only where it must be. */
export function propertyText(name: string): string {
  // Without brackets it would be no property, but the object's prototype.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringText(name);
}
