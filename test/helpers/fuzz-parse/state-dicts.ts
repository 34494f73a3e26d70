/** Small state dicts with a manifest, and damage to what stands inside of their containers. */
import type { Random } from '../../../src/numeric/random.js';
import { between, chance, pick } from '../fuzz/choose.js';
import { bytesOfNumbers } from '../number-bytes.js';
import { writePickle } from '../pickle-writer.js';
import type { PickleSpec } from '../pickle-writer.js';
import { writeHeader, writeSafetensors } from '../safetensors-writer.js';
import { stateDictFiles } from '../state-dict-files.js';
import { tensorSpec, writeTorch, writeTorchPickle } from '../torch-writer.js';
import type { ZipEntrySpec } from '../zip-writer.js';
import { damageBytes } from './mutate-bytes.js';
import { damageJson, damageJsonValues } from './mutate-text.js';

type Contents = Readonly<Record<string, Uint8Array>>;

const TENSORS = {
  'net.0.weight': { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] },
  'net.0.bias': { shape: [3], data: [0.5, 0, -1] },
  'net.2.weight': { shape: [1, 3], data: [1, -1, 2] },
  'net.2.bias': { shape: [1], data: [0.25] },
} as const;

const PREFIXES = ['net.0', 'net.2'];

/** The manifest and the state dict. */
export const TORCH_MODEL = filesOf('small.pth', writeTorch(TENSORS, { withoutCrc: true }));
export const SAFETENSORS_MODEL = filesOf('small.safetensors', writeSafetensors(TENSORS));

function filesOf(file: string, bytes: Uint8Array): Contents {
  const files = Object.entries(stateDictFiles(file, bytes, PREFIXES));
  return Object.fromEntries(
    files.map(([name, content]) => [
      name,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
}

/** A new archive of the model with a damaged pickle, or with an entry that lies about itself. */
export function damageTorch(_: Uint8Array, random: Random): Uint8Array {
  const names = Object.keys(TENSORS) as (keyof typeof TENSORS)[];
  const items = names.map((name, key) => [name, tensorSpec(TENSORS[name], String(key))] as const);
  const dict: PickleSpec = { ordered: items };
  const pickle = writePickle(dict, chance(random, 0.5) ? 2 : 4);
  return writeTorchPickle(chance(random, 0.75) ? damageBytes(pickle, random) : pickle, {
    storages: names.map((name) => bytesOfNumbers('float32', TENSORS[name].data)),
    deflate: chance(random, 0.3),
    withoutCrc: true,
    zip: chance(random, 0.1) ? { entries: pick(random, LIES) } : {},
    entries: (entries) => (chance(random, 0.4) ? withLie(entries, random) : entries),
  });
}

const LIES = [0, 1, 7, 63, 65535, 2 ** 31, 2 ** 32 - 1, 2 ** 40, 2 ** 53];

function withLie(entries: readonly ZipEntrySpec[], random: Random): readonly ZipEntrySpec[] {
  const changed = [...entries];
  for (let k = between(random, 1, 2); k > 0; k--) {
    const at = random.below(changed.length);
    const claim = pick(random, ['size', 'packedSize', 'crc', 'flags', 'method', 'local'] as const);
    const limit = claim === 'flags' || claim === 'method' ? 2 ** 16 : 2 ** 32;
    changed[at] = { ...changed[at], claim: { ...changed[at].claim, [claim]: pick(random, LIES) % limit } }; // prettier-ignore
  }
  return changed;
}

/** The file with a changed header, or one of another length than it says. */
export function damageSafetensors(bytes: Uint8Array, random: Random): Uint8Array | undefined {
  if (bytes.length < 8) return undefined;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) return undefined;
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const damaged = chance(random, 0.7) ? damageJsonValues(header, random) : damageJson(header, random); // prettier-ignore
  const claimed = chance(random, 0.1) ? BigInt(pick(random, LIES)) : undefined;
  return writeHeader(damaged ?? header, bytes.subarray(8 + length), claimed);
}
