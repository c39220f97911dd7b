import { ZodError } from 'zod';
import { readPolicy } from '../approvals/stored-top-up.ts';
import type { Head } from '../decision/commit.ts';
import { isPolicyHead, topUpBooksIn, topUpsIn } from './top-up-books.ts';
import type { TenantViolation } from './verify-rows.ts';

/** The heads that have not a shape that this version knows: nothing can be said of the books while there is one. */
export function unreadableHeads(heads: ReadonlyMap<string, Head>): readonly TenantViolation[] {
  return [...heads]
    .filter(([name, head]) => !isReadable(name, head))
    .map(([head]) => ({ code: 'head-unreadable', data: { head } }));
}

function isReadable(name: string, head: Head): boolean {
  const alone = new Map([[name, head]]);
  try {
    topUpBooksIn(alone);
    topUpsIn({ heads: alone });
    if (isPolicyHead(name)) readPolicy(head.state);
    return Number.isSafeInteger(head.version) && head.version > 0;
  } catch (error) {
    if (error instanceof ZodError) return false;
    throw error;
  }
}
