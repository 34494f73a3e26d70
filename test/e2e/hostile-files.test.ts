/**
 * Files of strangers, through the command line: each is refused with exit code 3 and a diagnostic that says
 * where and how to go on; nothing is written, nothing run, no file outside of the model's folder read.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeOnnx } from '../helpers/onnx-writer.js';
import type { ModelSpec, NodeSpec, TensorSpec } from '../helpers/onnx-writer.js';
import { writeHeader } from '../helpers/safetensors-writer.js';
import { stateDictFiles } from '../helpers/state-dict-files.js';
import { tensorSpec, writeTorch, writeTorchPickle } from '../helpers/torch-writer.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

type Files = Readonly<Record<string, Uint8Array | string>>;

/** A case: the files of a model, the first of which is named, and the code of the diagnostic. */
type Case = readonly [what: string, files: Files, code: string];

const DEEP = 100_000;

const WEIGHT = { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };

const SPEC: ModelSpec = {
  inputs: [{ name: 'x', shape: ['N', 2], type: 'float' }],
  outputs: [{ name: 'y', shape: [] }],
  nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
};

function onnx(spec: Partial<ModelSpec>): Files {
  return { 'model.onnx': writeOnnx({ ...SPEC, ...spec }) };
}

/** x + c under a constant that lies about itself. */
function onnxWith(constant: Partial<TensorSpec>): Files {
  const c: TensorSpec = { name: 'c', dims: [2], data: [1, 2], type: 'float', ...constant };
  return onnx({ initializers: [c], nodes: [{ op: 'Add', inputs: ['x', 'c'], outputs: ['y'] }] });
}

function external(location: string): Files {
  return {
    ...onnxWith({ data: [], encoding: { location } }),
    'inside.bin': new Uint8Array(8),
  };
}

function nodes(...list: readonly NodeSpec[]): Files {
  return onnx({ nodes: list });
}

const relu = (from: string, to: string): NodeSpec => ({
  op: 'Relu',
  inputs: [from],
  outputs: [to],
});

function reshaped(extents: readonly number[]): Files {
  return onnx({
    inputs: [{ name: 'x', shape: [1], type: 'float' }],
    initializers: [{ name: 's', dims: [extents.length], data: extents, type: 'int64' }],
    nodes: [{ op: 'Reshape', inputs: ['x', 's'], outputs: ['y'] }],
  });
}

function torch(bytes: Uint8Array): Files {
  return stateDictFiles('m.pth', bytes, ['a']);
}

function safetensors(header: string, data = new Uint8Array(24)): Files {
  return stateDictFiles('m.safetensors', writeHeader(header, data), ['a']);
}

const ONES = new Array<number>(65).fill(1);

const ONNX: readonly Case[] = [
  ['a short ring', nodes({ op: 'Add', inputs: ['x', 'y'], outputs: ['y'] }), 'ONNX_CYCLE'],
  ['a ring of two', nodes({ op: 'Add', inputs: ['x', 'b'], outputs: ['a'] }, relu('a', 'b'), relu('b', 'y')), 'ONNX_CYCLE'],
  ['two nodes of one result', nodes(relu('x', 'y'), relu('x', 'y')), 'ONNX_DUPLICATE_VALUE'],
  ['one node of the same result twice', nodes({ op: 'Split', inputs: ['x'], outputs: ['y', 'y'] }), 'ONNX_DUPLICATE_VALUE'],
  ['a node that computes an input', nodes(relu('x', 'x'), relu('x', 'y')), 'ONNX_DUPLICATE_VALUE'],
  ['two inputs of one name', onnx({ inputs: [SPEC.inputs[0], SPEC.inputs[0]] }), 'ONNX_DUPLICATE_VALUE'],
  ['two constants of one name', onnx({ initializers: [{ name: 'c', dims: [1], data: [1] }, { name: 'c', dims: [1], data: [2] }] }), 'ONNX_DUPLICATE_VALUE'],
  ['two results of one name', onnx({ outputs: [SPEC.outputs[0], SPEC.outputs[0]] }), 'ONNX_DUPLICATE_OUTPUT'],
  ['a negative extent of a constant', onnxWith({ dims: [-2] }), 'SHAPE_INVALID'],
  ['a negative extent of an input', onnx({ inputs: [{ name: 'x', shape: ['N', -2], type: 'float' }] }), 'ONNX_SYMBOLIC_SHAPE'],
  ['a huge extent of a constant', onnxWith({ dims: [2 ** 40] }), 'ONNX_TENSOR_SIZE'],
  ['extents whose product overflows', onnxWith({ dims: [2 ** 31, 2 ** 31, 2 ** 31] }), 'ONNX_TENSOR_SIZE'],
  ['a huge input', onnx({ inputs: [{ name: 'x', shape: [2 ** 40], type: 'float' }] }), 'SHAPE_TOO_LARGE'],
  ['a shape larger than the data', onnxWith({ dims: [3] }), 'ONNX_TENSOR_SIZE'],
  ['a list shorter than the shape', onnxWith({ dims: [3], encoding: 'typed' }), 'ONNX_TENSOR_SIZE'],
  ['a constant of too many axes', onnxWith({ dims: [...ONES, 2] }), 'ONNX_TENSOR_AXES'],
  ['a result of too many axes', reshaped(ONES), 'ONNX_TENSOR_AXES'],
  ['a result of very many axes', reshaped(new Array<number>(DEEP).fill(1)), 'ONNX_TENSOR_AXES'],
  ['a result of a huge extent', reshaped([2 ** 53]), 'ONNX_SHAPE_MISMATCH'],
  ['data above the folder', external('../secret.bin'), 'ONNX_EXTERNAL_PATH'],
  ['data above the folder, on the way', external('data/../../secret.bin'), 'ONNX_EXTERNAL_PATH'],
  ['data at an absolute path', external('/etc/hostname'), 'ONNX_EXTERNAL_PATH'],
  ['data on another drive', external('C:\\secret.bin'), 'ONNX_EXTERNAL_PATH'],
  ['data that are missing', external('absent.bin'), 'FILE_NOT_FOUND'],
  ['data beyond the end of their file', { ...onnxWith({ data: [], encoding: { location: 'd.bin', offset: 4, length: 8 } }), 'd.bin': new Uint8Array(8) }, 'ONNX_EXTERNAL_SIZE'],
  ['half of a model', { 'model.onnx': onnxWith({})['model.onnx'].slice(0, 60) }, 'ONNX_TRUNCATED'],
  ['something else', { 'model.onnx': '#!/bin/sh\nrm -rf /\n' }, 'ONNX_MALFORMED'],
]; // prettier-ignore

const ran = { global: ['os', 'system'], args: ['touch ran'] } as const;

/** Lists in lists, as deep as the bytes go. */
const NESTED_PICKLE = Uint8Array.from([0x80, 2, ...new Array<number>(DEEP).fill(0x28), 0x2e]);

const STATE_DICTS: readonly Case[] = [
  ['a pickle that calls', torch(writeTorchPickle(ran, { storages: [new Uint8Array(24)] })), 'TORCH_FOREIGN_GLOBAL'],
  ['a pickle that calls while it makes a tensor', torch(writeTorchPickle({ dict: [['a.weight', tensorSpec(WEIGHT, '0')], ['hook', ran]] }, { storages: [new Uint8Array(24)] })), 'TORCH_FOREIGN_GLOBAL'],
  ['a pickle as deep as it is long', torch(writeTorchPickle(NESTED_PICKLE, { storages: [] })), 'TORCH_PICKLE_MALFORMED'],
  ['bytes that claim to inflate further than they can', torch(writeTorch({ 'a.weight': WEIGHT }, { deflate: true, entries: (entries) => entries.map((entry) => ({ ...entry, claim: { size: 2 ** 20 } })) })), 'TORCH_ZIP_BOMB'],
  ['a storage shorter than it says', torch(writeTorch({ 'a.weight': { ...WEIGHT, shape: [2000, 3] } })), 'TORCH_STORAGE'],
  ['the half of an archive', torch(writeTorch({ 'a.weight': WEIGHT }).slice(0, 700)), 'TORCH_ZIP_TRUNCATED'],
  ['a header as deep as it is long', safetensors('{"a":'.repeat(DEEP)), 'SAFETENSORS_HEADER'],
  ['a tensor beyond the data', safetensors('{"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,48]}}'), 'SAFETENSORS_TRUNCATED'],
  ['a tensor of a negative extent', safetensors('{"a.weight":{"dtype":"F32","shape":[-2,-3],"data_offsets":[0,24]}}'), 'SAFETENSORS_TENSOR'],
  ['a tensor of a huge extent', safetensors('{"a.weight":{"dtype":"F32","shape":[1e15,1e15],"data_offsets":[0,24]}}'), 'SAFETENSORS_TENSOR'],
]; // prettier-ignore

const TEXTS: readonly Case[] = [
  ['a manifest as deep as it is long', { 'network.json': '['.repeat(DEEP) }, 'JSON_SYNTAX'],
  ['weights above the folder', { 'network.json': '{"layers":[{"weights":"../secret.csv"}]}' }, 'FILE_OUTSIDE_ROOT'],
  ['weights at an absolute path', { 'network.json': '{"layers":[{"weights":"/etc/hostname.csv"}]}' }, 'FILE_OUTSIDE_ROOT'],
  ['a shape of more cells than can be', { 'network.json': '{"input":{"shape":[1e9,1e9]},"layers":[{"weights":"w.csv"}]}', 'w.csv': '1\n1\n' }, 'SHAPE_TOO_LARGE'],
  ['numbers as long as the file', { 'network.json': '{"layers":[{"weights":"w.csv"}]}', 'w.csv': `${'9'.repeat(DEEP)}\n1\n` }, 'CSV_NOT_FINITE'],
]; // prettier-ignore

describe('hostile files', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
  });
  afterEach(() => {
    work.remove();
  });

  const place = (name: string, content: Uint8Array | string): void => {
    mkdirSync(dirname(join(work.path, name)), { recursive: true });
    writeFileSync(join(work.path, name), content);
  };
  const outcomeOf = async (main: string) => {
    const before = [...work.snapshot().keys()];
    const { code, stdout, stderr } = await work.run(['compile', main, '-o', 'out.ts']);
    expect([...work.snapshot().keys()]).toEqual(before);
    expect(stdout).toBe('');
    return { code, stderr };
  };
  const expectRefusal = async (main: string, expected: string): Promise<string> => {
    const { code, stderr } = await outcomeOf(main);
    expect(stderr).toMatch(new RegExp(`^error ${expected}: .+\n {2}at .+\n {2}hint: .+\n$`));
    expect(code).toBe(3);
    return stderr;
  };

  it.each([...ONNX, ...STATE_DICTS, ...TEXTS])('%s', async (_, files, code) => {
    for (const [name, content] of Object.entries(files)) place(name, content);
    await expectRefusal(Object.keys(files)[0], code);
  });

  describe('links', () => {
    const MODEL = external('inside.bin')['model.onnx'];
    const data = Uint8Array.from([0, 0, 128, 63, 0, 0, 0, 64]);
    const link = (target: string, name: string): void =>
      symlinkSync(join(work.path, target), join(work.path, name));

    it('out of the folder of an ONNX model are not followed', async () => {
      place('model/model.onnx', MODEL);
      place('secret.bin', data);
      link('secret.bin', 'model/inside.bin');
      const stderr = await expectRefusal('model/model.onnx', 'FILE_LINK_OUTSIDE');
      expect(stderr).toContain('at model/inside.bin');
      link('secret.bin', 'model/model.json');
      expect(await expectRefusal('model/model.onnx', 'FILE_LINK_OUTSIDE')).toContain('model.json');
    });

    it('out of the folder of a manifest are not followed, unless the user says where to', async () => {
      place('model/network.json', '{"layers":[{"weights":"w.csv"}]}');
      place('secret.csv', 'root:x:0\n');
      link('secret.csv', 'model/w.csv');
      const stderr = await expectRefusal('model/network.json', 'FILE_LINK_OUTSIDE');
      expect(stderr).not.toContain('root:x');
      place('secret.csv', '1\n0\n');
      const rooted = ['compile', 'model/network.json', '--root', '.', '-o', '-'];
      expect((await work.run(rooted)).code).toBe(0);
    });

    it('of a whole folder, and into a store that the model stands in, are followed', async () => {
      place('blobs/1234', MODEL);
      place('blobs/5678', data);
      mkdirSync(join(work.path, 'snapshot'));
      link('blobs/1234', 'snapshot/model.onnx');
      link('blobs/5678', 'snapshot/inside.bin');
      link('snapshot', 'linked');
      for (const folder of ['snapshot', 'linked']) {
        expect((await work.run(['compile', `${folder}/model.onnx`, '-o', '-'])).code).toBe(0);
      }
    });
  });
});
