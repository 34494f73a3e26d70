/** Names of files as keys: relative paths with `/`, resolved without a file system. */

/**
 * The key of `path` as written in the file `beside`: relative to that file's folder, with `.` and `..`
 * resolved as far as possible (a path that climbs out keeps its leading `..`). An absolute path stays.
 */
export function resolveBeside(beside: string, path: string): string {
  if (path.startsWith('/')) return path;
  const folder = beside.includes('/') ? beside.slice(0, beside.lastIndexOf('/') + 1) : '';
  const absolute = folder.startsWith('/');
  const parts: string[] = [];
  for (const part of (folder + path).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else parts.push(part);
  }
  return (absolute ? '/' : '') + parts.join('/');
}

/** `folder/model.onnx` → `folder/model`; a name without an extension stays. */
export function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/** `folder/model.onnx` → `model`. */
export function stemOf(path: string): string {
  const stem = withoutExtension(path);
  return stem.slice(stem.lastIndexOf('/') + 1);
}

/** Whether the name ends in `.extension`, in whatever case. */
export function hasExtension(path: string, extension: string): boolean {
  return path.toLowerCase().endsWith(`.${extension}`);
}

/** Endings of the files that hold the weights of all layers under names. */
const STATE_DICT_EXTENSIONS = ['pth', 'pt', 'safetensors'];

/** Whether the name is that of a state dict. */
export function isStateDict(path: string): boolean {
  return STATE_DICT_EXTENSIONS.some((extension) => hasExtension(path, extension));
}
