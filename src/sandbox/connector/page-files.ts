import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

/** A file of the page by its name, or null; nothing else of the disk is reached. */
export async function pageFile(name: string): Promise<PageFile | null> {
  const file = files.get(name);
  return file === undefined ? null : { type: file.type, content: await readFile(file.path()) };
}

const require = createRequire(import.meta.url);

interface FileOnDisk {
  readonly type: string;
  readonly path: () => string | URL;
}

const files: ReadonlyMap<string, FileOnDisk> = new Map([
  ['', own('page.html', 'text/html')],
  ...['page.css'].map((name) => [name, own(name, 'text/css')] as const),
  ...['page.js', 'chat-column.js', 'message-view.js', 'host-configs.js', 'markdown.js'].map(
    (name) => [name, own(name, 'text/javascript')] as const,
  ),
  ['adaptivecards.js', renderers('adaptivecards.min.js', 'text/javascript')],
  ['adaptivecards.css', renderers('adaptivecards.css', 'text/css')],
]);

function own(name: string, type: string): FileOnDisk {
  return { type, path: () => new URL(`page/${name}`, import.meta.url) };
}

/** Microsoft's own renderer, as its package holds it. */
function renderers(name: string, type: string): FileOnDisk {
  return { type, path: () => require.resolve(`adaptivecards/dist/${name}`) };
}
