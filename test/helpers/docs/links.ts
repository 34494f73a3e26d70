/** Links between Markdown files of the repository, and the headings that they may lead to. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FENCED = /^```[\s\S]*?^```$/gm;
const LINK = /\]\(([^()\s]+)\)/g;
const HEADING = /^#+ (.+)$/gm;

/** Where the links of a page lead, those to other places than files of the repository left out. */
export function linksOf(text: string): readonly string[] {
  const targets = [...text.replace(FENCED, '').matchAll(LINK)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** Whether the file stands at `root`, and has the heading that the link names behind `#`. */
export function leadsSomewhere(root: string, page: string, link: string): boolean {
  const [path, heading] = link.split('#');
  const file = path === '' ? join(root, page) : join(root, dirname(page), path);
  if (!existsSync(file)) return false;
  return !link.includes('#') || anchorsOf(readFileSync(file, 'utf8')).includes(heading);
}

/** The anchors of headings as GitHub makes them: lower case, words joined by hyphens, no other marks. */
function anchorsOf(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...text.replace(FENCED, '').matchAll(HEADING)].map(([, title]) => {
    const words = title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
    const anchor = words.replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
