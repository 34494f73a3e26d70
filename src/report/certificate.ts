/** A certificate as the text of its file: JSON, lists of numbers on one line. */
import type { Certificate } from '../ir/certificate.js';

/** The file's text; ends with a line end. */
export function renderCertificate(certificate: Certificate): string {
  return `${render(certificate, '')}\n`;
}

function render(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const isFlat = value.every((one) => typeof one !== 'object' || one === null);
    if (isFlat) return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
    return `[\n${value.map((one) => inner + render(one, inner)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, one]) => `${inner}${JSON.stringify(key)}: ${render(one, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
