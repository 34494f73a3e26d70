/** Reads the SVG documents of the report far enough to measure them. */

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Areas of cells, swatches and grids. */
  readonly shapes: readonly (Area & { readonly kind: string })[];
  readonly texts: readonly {
    readonly kind: string;
    readonly x: number;
    readonly y: number;
    readonly text: string;
  }[];
  readonly style: string;
}

/** Paths of these kinds are lines and dots, no outlines. */
const LINES = ['lines', 'grid', 'tick', 'axis', 'zero', 'dots', 'marked'];

const TAG = /<(\/?)([a-z]+)((?: [a-zA-Z0-9:-]+="[^"<]*")*)(\/?)>/y;

/** The elements in order; throws where the text is not well-formed. */
export function readDrawing(svg: string): Drawing {
  const open: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const shapes: (Area & { kind: string })[] = [];
  const texts: { kind: string; x: number; y: number; text: string }[] = [];
  let [style, width, height, at, roots] = ['', 0, 0, 0, 0];
  while (at < svg.length) {
    const next = svg.indexOf('<', at);
    const between = svg.slice(at, next < 0 ? svg.length : next);
    if (/&(?!(amp|lt|gt|quot);)/.test(between)) throw new Error(`bare & in '${between}'`);
    if (open.length > 0) open[open.length - 1].text += between;
    else if (between.trim() !== '') throw new Error(`text outside the document: ${between}`);
    if (next < 0) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(svg);
    if (tag === null) throw new Error(`no tag at ${svg.slice(next, next + 60)}`);
    at = TAG.lastIndex;
    const [, closing, name, list, empty] = tag;
    if (closing === '/') {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${String(last?.name)}>`);
      if (name === 'style') style = last.text;
      if (name === 'text') texts.push({ ...placeOf(last.attributes), text: last.text });
      continue;
    }
    const attributes = new Map(
      [...list.matchAll(/ ([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    if (open.length === 0 && ++roots > 1) throw new Error('two documents');
    if (name === 'svg') {
      const [, , right, bottom] = (attributes.get('viewBox') ?? '').split(' ').map(Number);
      [width, height] = [right, bottom];
    }
    shapes.push(...areasOf(name, attributes));
    if (empty === '') open.push({ name, attributes, text: '' });
  }
  if (open.length > 0) throw new Error(`<${open[0].name}> is not closed`);
  return { width, height, shapes, texts, style };
}

function placeOf(attributes: ReadonlyMap<string, string>) {
  return {
    kind: attributes.get('class') ?? '',
    x: Number(attributes.get('x')),
    y: Number(attributes.get('y')),
  };
}

function areasOf(name: string, attributes: ReadonlyMap<string, string>) {
  const { kind, x, y } = placeOf(attributes);
  if (name === 'rect') {
    const [width, height] = [Number(attributes.get('width')), Number(attributes.get('height'))];
    return [{ kind, left: x, top: y, right: x + width, bottom: y + height }];
  }
  if (name !== 'path' || LINES.includes(kind)) return [];
  const outlines = [...(attributes.get('d') ?? '').matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z/g)];
  if (outlines.map(([outline]) => outline).join('') !== attributes.get('d')) {
    throw new Error(`not outlines of rectangles: ${attributes.get('d') ?? ''}`);
  }
  return outlines.map((outline) => {
    const [left, top, width, height] = outline.slice(1).map(Number);
    return { kind, left, top, right: left + width, bottom: top + height };
  });
}
