import { type DigestFrequency, isWorthSaying } from '../alerts/digest.ts';
import type { Episode } from '../alerts/episode.ts';
import type { Answer } from '../answers/answer.ts';
import { type DigestAnswer, digestIncidents, digestLines } from '../answers/digest.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { nameOfPerson } from './answer-incident.ts';
import { digestAccounts } from './digest-accounts.ts';
import { accountNews, type DigestBooks, readDigestBooks } from './digest-books.ts';
import { type DigestSaid, digestsOf, readDigestSubject } from './digest-record.ts';
import { requestsWaitingFor } from './digest-requests.ts';
import { heldBack, stillNews } from './held-back.ts';
import { DirectoryUnavailable, type Ports } from './ports.ts';
import { preferencesOf } from './preferences.ts';
import { rightsOf } from './rights.ts';
import { actorOf } from './top-up-actor.ts';

type DigestPorts = Pick<Ports, 'store' | 'directory' | 'clock'>;

/**
 * What a digest says as of now to the person whose it is: to who may see no figures only what waited in the night,
 * and nothing to anybody else or in a channel. @throws {StoreUnavailable}
 */
export function digestSays(
  ports: DigestPorts,
): (tenant: TenantId, id: string, person: PersonId | null) => Promise<Answer | null> {
  return async (tenant, id, person) => {
    const subject = readDigestSubject(id);
    if (subject === null || person === null || subject.person !== person) return null;
    const record = (await digestsOf(ports.store, tenant, [person])).get(person)?.record ?? null;
    const since = record?.latest?.day === subject.name ? record.before : (record?.latest ?? null);
    const answer = await digestOf(ports, tenant, { person, since });
    return answer.shared && answer.night.length === 0 ? null : answer;
  };
}

/** What would be said to a person now, and whether it is worth a message. */
export interface DigestPreview {
  readonly answer: DigestAnswer;
  readonly worthSaying: boolean;
}

/** @throws {StoreUnavailable} */
export async function previewDigest(
  ports: DigestPorts,
  tenant: TenantId,
  person: PersonId,
): Promise<DigestPreview> {
  const record = (await digestsOf(ports.store, tenant, [person])).get(person)?.record ?? null;
  const since = record?.latest ?? null;
  const answer = await digestOf(ports, tenant, { person, since });
  const { frequency, shared, night, incidents, requests, more } = answer;
  const openItems = night.length + incidents.length + requests.length + more;
  const accounts = accountNews(await readDigestBooks(ports.store, tenant, ports.clock.now()), since);
  const worthSaying = !shared && frequency !== 'off' && isWorthSaying({ frequency, openItems, accounts });
  return { answer, worthSaying };
}

/** For whom, and the digest that it is compared with. */
interface Wanted {
  readonly person: PersonId;
  readonly since: DigestSaid | null;
}

async function digestOf(
  ports: DigestPorts,
  tenant: TenantId,
  { person, since }: Wanted,
): Promise<DigestAnswer> {
  const now = ports.clock.now();
  const [frequency, night, mayKnow] = await Promise.all([
    frequencyFor(ports, tenant, person),
    nightOf(ports, tenant, { person, now }),
    maySeeFigures(ports, tenant, person),
  ]);
  if (!mayKnow) {
    const lines = digestLines({ night: digestIncidents(night, () => null), incidents: [], requests: [] });
    return { kind: 'digest', frequency, shared: true, accounts: [], ...lines };
  }
  const books = await readDigestBooks(ports.store, tenant, now);
  const others = books.open.filter(({ id }) => night.every((other) => other.id !== id));
  const nameOf = await namesOf(ports, tenant, [...night, ...others]);
  const lines = digestLines({
    night: digestIncidents(night, nameOf),
    incidents: digestIncidents(others, nameOf),
    requests: await requestsFor(ports, tenant, { person, books }),
  });
  const accounts = await digestAccounts(ports.store, tenant, { books, since });
  return { kind: 'digest', frequency, shared: false, accounts, ...lines };
}

async function frequencyFor(
  ports: DigestPorts,
  tenant: TenantId,
  person: PersonId,
): Promise<DigestFrequency> {
  const { digest } = await preferencesOf(ports.store, tenant, person);
  return digest ?? (await alertSettingsOf(ports, tenant)).digest;
}

/** A single one has said so itself. What waited longer ago than a day was told on another morning. */
async function nightOf(
  { store }: DigestPorts,
  tenant: TenantId,
  { person, now }: { readonly person: PersonId; readonly now: Instant },
): Promise<readonly Episode[]> {
  const ids = await heldBack(store, tenant, { person, from: now - dayMs / 2, to: now + 1 });
  return ids.length > 1 ? stillNews(store, tenant, ids) : [];
}

/** Without the directory nobody's rights are known: what waited in the night is said all the same, without figures. */
async function maySeeFigures(ports: DigestPorts, tenant: TenantId, person: PersonId): Promise<boolean> {
  try {
    return (await rightsOf(ports, { tenant, person })).eligible;
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return false;
    throw error;
  }
}

async function namesOf(
  ports: DigestPorts,
  tenant: TenantId,
  episodes: readonly Episode[],
): Promise<(id: string) => string> {
  const ids = new Set(
    episodes.flatMap(({ holder, acknowledged }) => [holder?.by ?? [], acknowledged?.by ?? []].flat()),
  );
  const names = new Map(
    await Promise.all([...ids].map(async (id) => [id, await nameOfPerson(ports, tenant, id)] as const)),
  );
  return (id) => names.get(id) ?? id;
}

async function requestsFor(
  { directory }: DigestPorts,
  tenant: TenantId,
  { person, books: { topUps, now } }: { readonly person: PersonId; readonly books: DigestBooks },
): Promise<DigestAnswer['requests']> {
  const asker = { tenant, person, name: '', locale: 'en-US', timeZone: 'UTC', scope: 'personal' } as const;
  const actor = await actorOf(directory, asker, { delegations: topUps.delegations.state, at: now });
  return requestsWaitingFor(topUps, actor, now);
}
