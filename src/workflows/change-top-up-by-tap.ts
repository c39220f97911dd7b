import type { Answer } from '../answers/answer.ts';
import type { TopUpNote } from '../answers/top-up.ts';
import { hasCardNumber } from '../approvals/request-text.ts';
import type { Actor, TopUpCommand } from '../approvals/top-up-events.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import type { Handled } from '../decision/handle.ts';
import type { Ports } from './ports.ts';
import { recordDenial } from './record-denial.ts';
import { showTopUp } from './show-top-up.ts';
import type { Tap } from './tap.ts';
import { changeTopUp, type TopUpOutcome } from './top-up.ts';
import { actorOf, type KnownAsker } from './top-up-actor.ts';
import { requestIn } from './top-up-archive.ts';
import { readTopUpBooks, type TopUpBooks } from './top-up-books.ts';

interface ChangeByTap {
  readonly tap: Tap;
  readonly asker: KnownAsker;
  readonly number: number;
  /** What was typed, to be shown again where it was refused. */
  readonly typed: Readonly<Record<string, string>>;
  /** All that makes this tap another one than a tap on the same message before. */
  readonly about: string;
}

/** Commits what a tap asks for, and shows the request as it then stands: the loser sees what won. */
export async function changeByTap(
  ports: Ports,
  { tap, asker, number, typed, about }: ChangeByTap,
  commandFor: (by: Actor) => (found: TopUpBooks, state: TopUp) => TopUpCommand,
): Promise<Answer> {
  const at = ports.clock.now();
  const { delegations } = await readTopUpBooks(ports.store, asker.tenant);
  const by = await actorOf(ports.directory, asker, { delegations: delegations.state, at });
  const tapped = digest(tap.messageId, asker.person, tap.verb, String(number), about);
  const changed: Handled<TopUpOutcome, Refusal> = await changeTopUp(ports.store, {
    tenant: asker.tenant,
    number,
    at,
    request: { key: `tap:${tapped}`, digest: tapped },
    command: commandFor(by),
  });
  if (changed.kind === 'done') return showTopUp(ports, asker, { number, note: null });
  await recordDenial(
    ports.store,
    { tenant: asker.tenant, by: by.person, number, verb: tap.verb, at },
    changed.refusal,
  );
  return showTopUp(ports, asker, { number, note: noteOf(changed.refusal, typed) });
}

/** Null where the tenant has no such request. */
export async function requestOf(
  { store }: Ports,
  { tenant }: Pick<KnownAsker, 'tenant'>,
  number: number,
): Promise<TopUp | null> {
  const found = await readTopUpBooks(store, tenant);
  return (await requestIn(store, tenant, { found, number }))?.state ?? null;
}

/** What looks like a card number is not even shown again. */
export function withoutCardNumbers(
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(typed).map(([input, text]) => [input, hasCardNumber(text) ? '' : text]),
  );
}

/** Why a tap did nothing new, with what was typed, to be put right. */
export function noteOf({ code, data = {} }: Refusal, typed: TopUpNote['typed'] = {}): TopUpNote {
  return { code, data, typed };
}
