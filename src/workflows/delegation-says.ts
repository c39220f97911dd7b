import { z } from 'zod';
import type { Answer } from '../answers/answer.ts';
import { delegationId } from '../approvals/delegation.ts';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Ports } from './ports.ts';
import { rightsOf } from './rights.ts';
import { readTopUpBooks } from './top-up-books.ts';

/**
 * What a delegation says to the delegate as of now: what is there no more before its end was taken back. Nothing to
 * anybody else, to who holds none of the roles any more, and once it is over.
 * @throws {StoreUnavailable} @throws {DirectoryUnavailable}
 */
export function delegationSays(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
): (tenant: TenantId, id: string, person: PersonId | null) => Promise<Answer | null> {
  return async (tenant, id, person) => {
    const told = readId(id);
    if (told === null || person !== told.to || told.end <= ports.clock.now()) return null;
    if (!(await rightsOf(ports, { tenant, person })).eligible) return null;
    const { delegations } = await readTopUpBooks(ports.store, tenant);
    const known = delegations.state.find((delegation) => delegationId(delegation) === id);
    const { start, end } = told;
    const from = known?.from.name ?? (await ports.directory.person(tenant, told.from))?.displayName ?? '';
    return { kind: 'delegation', from, start, end, withdrawn: known === undefined };
  };
}

const instant = z.coerce.number().int().nonnegative();
const parts = z.tuple([z.string(), z.string(), instant, instant]);

/** What stands in a delegation's id; null where it is none. */
function readId(
  id: string,
): { readonly from: PersonId; readonly to: PersonId; readonly start: Instant; readonly end: Instant } | null {
  const read = parts.safeParse(id.split(':'));
  if (!read.success) return null;
  const [from, to] = [personId(read.data[0]), personId(read.data[1])];
  return from === null || to === null ? null : { from, to, start: read.data[2], end: read.data[3] };
}
