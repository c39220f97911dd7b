import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import { type GraphClient, type GraphPatience, whileSomebodyWaits } from './client.ts';
import { GraphFailed } from './graph-failed.ts';

/** @throws {GraphFailed} where the text is not of the shape, without a cause: a parser's message quotes what it read */
export function readGraphJson<Shape>(
  text: string,
  schema: z.ZodType<Shape, z.ZodTypeDef, unknown>,
  parse: (text: string) => unknown = JSON.parse,
): Shape {
  try {
    return schema.parse(parse(text));
  } catch {
    throw new GraphFailed({ kind: 'unreadable' });
  }
}

const mostPages = 20;

/** All items of a collection, page by page; without a word about it, somebody waits for them. @throws {GraphFailed} */
export async function readCollection<Item>(
  client: GraphClient,
  tenant: TenantId,
  {
    path,
    item,
    patience = whileSomebodyWaits,
    parse = JSON.parse,
  }: {
    readonly path: string;
    readonly item: z.ZodType<Item, z.ZodTypeDef, unknown>;
    readonly patience?: GraphPatience;
    /** Where numbers are money. */
    readonly parse?: (text: string) => unknown;
  },
): Promise<readonly Item[]> {
  const schema = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
  const items: Item[] = [];
  let text: string | null = await client.get(tenant, path, patience);
  for (let pages = 0; text !== null; pages += 1) {
    if (pages === mostPages) throw new GraphFailed({ kind: 'circular-links' });
    const page: z.infer<typeof schema> = readGraphJson(text, schema, parse);
    items.push(...(page.value as readonly Item[]));
    const nextLink: string | undefined = page['@odata.nextLink'];
    text = nextLink === undefined ? null : await client.follow(tenant, nextLink, patience);
  }
  return items;
}
