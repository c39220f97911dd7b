import { isLive } from '../alerts/episode.ts';
import type { Answer } from '../answers/answer.ts';
import { digest } from '../decision/digest.ts';
import { readAlertBooks } from './alert-books.ts';
import { answerIncident } from './answer-incident.ts';
import { doAbout } from './follow-incident.ts';
import type { Ports } from './ports.ts';
import type { Tap } from './tap.ts';
import { toldPeople } from './told-people.ts';
import type { KnownAsker } from './top-up-actor.ts';

type DrillPorts = Pick<Ports, 'store' | 'directory' | 'roleDirectory' | 'clock' | 'peopleFreshMs'>;

/** What a drill would do; the one that runs, where one does. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export async function answerDrill(ports: DrillPorts, asker: KnownAsker): Promise<Answer> {
  return (
    (await latestDrill(ports, asker, { running: true })) ?? {
      kind: 'drill',
      people: await toldPeople(ports, asker.tenant),
    }
  );
}

/** Begins one, once for the card; while one runs, it is that one. @throws {StoreUnavailable} */
export async function startDrill(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  { verb, messageId }: Pick<Tap, 'verb' | 'messageId'>,
  asker: KnownAsker,
): Promise<Answer> {
  if (asker.scope !== 'personal') return { kind: 'refused', code: 'personal-only', data: {} };
  const key = digest(messageId, asker.person, verb);
  const started = await doAbout(ports, asker.tenant, {
    command: { type: 'drill', by: asker.person },
    request: { key: `tap:${key}`, digest: key },
  });
  if (started.kind === 'refused' && started.refusal.code !== 'drill-running') {
    return { kind: 'refused', code: started.refusal.code, data: {} };
  }
  const drill = await latestDrill(ports, asker, { running: false });
  return drill ?? { kind: 'refused', code: 'episode-unknown', data: {} };
}

async function latestDrill(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  { tenant, person }: KnownAsker,
  wanted: { readonly running: boolean },
): Promise<Answer | null> {
  const { alerts } = await readAlertBooks(ports.store, tenant);
  const drill = alerts.state.state.episodes.get('drill');
  if (drill === undefined || (wanted.running && !isLive(drill))) return null;
  return answerIncident(ports, tenant, { id: drill.id, reader: person });
}
