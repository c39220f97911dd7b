import type { z } from 'zod';
import type { Answer } from '../answers/answer.ts';
import type { Wish } from '../approvals/top-up-state.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { changeByTap, noteOf, requestOf, withoutCardNumbers } from './change-top-up-by-tap.ts';
import { emptyForm, openTopUp } from './open-top-up.ts';
import type { Ports } from './ports.ts';
import { markSeen } from './seen.ts';
import { showTopUp } from './show-top-up.ts';
import type { Tap } from './tap.ts';
import { submitTopUp } from './top-up.ts';
import { actorOf, type KnownAsker } from './top-up-actor.ts';
import { openInputs, readWish, submitInputs } from './top-up-inputs.ts';

/** The form for a new request, or for another wish of one that was made. */
export async function openForm(ports: Ports, tap: Tap, asker: KnownAsker): Promise<Answer> {
  const inputs = openInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { request, amount = null, currency: of = null, episode: id } = inputs.data;
  if (id !== undefined) {
    await markSeen(ports, asker.tenant, { about: { kind: 'incident', id }, person: asker.person });
  }
  const form = digest('opened', tap.messageId, asker.person, String(request ?? '')).slice(0, 32);
  if (request === undefined) return openTopUp(ports, asker, { ...emptyForm, form, amount, currency: of });
  const changes = await requestOf(ports, asker, request);
  if (changes === null) return refusal('topup-unknown', { number: request });
  return openTopUp(ports, asker, { ...emptyForm, form, changes });
}

/** What was filled in is a request, or another wish of one; the form comes back where something is to be put right. */
export async function submitForm(ports: Ports, tap: Tap, asker: KnownAsker): Promise<Answer> {
  const inputs = submitInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { amount, currency: of, reason = '', neededBy = null, request: number, revision = 0 } = inputs.data;
  const wish = readWish({ amount, of, reason, neededBy }, ports.clock.now());
  if (wish.kind === 'refused') return toPutRight(ports, { asker, filled: inputs.data }, wish.refusal);
  if (number === undefined) return submitNew(ports, { asker, filled: inputs.data, wish: wish.wish });
  const typed = typedIn(inputs.data);
  return changeByTap(
    ports,
    { tap, asker, number, typed, about: JSON.stringify(typed) },
    ({ person: by }) =>
      () => ({ type: 'edit', by, wish: wish.wish, revision }),
  );
}

type Filled = z.infer<typeof submitInputs>;

function typedIn({ amount, currency, reason = '', neededBy = null, form }: Filled) {
  return { amount, currency, reason, neededBy: neededBy ?? '', form };
}

/** The form once more, with what was typed and why it cannot be so. */
async function toPutRight(
  ports: Ports,
  { asker, filled }: { readonly asker: KnownAsker; readonly filled: Filled },
  { code, data = {} }: Refusal,
): Promise<Answer> {
  const { form, currency: of, request } = filled;
  const typed = withoutCardNumbers(typedIn(filled));
  return openTopUp(ports, asker, {
    form,
    amount: typed.amount || null,
    currency: of,
    changes: request === undefined ? null : await requestOf(ports, asker, request),
    typed,
    refusal: { code, data },
  });
}

async function submitNew(
  ports: Ports,
  { asker, filled, wish }: { readonly asker: KnownAsker; readonly filled: Filled; readonly wish: Wish },
): Promise<Answer> {
  const at = ports.clock.now();
  const { form, amount, currency: of, reason, neededBy } = typedIn(filled);
  const { person: by } = await actorOf(ports.directory, asker, { delegations: [], at });
  const submitted = await submitTopUp(ports.store, {
    tenant: asker.tenant,
    by,
    wish,
    despite: filled.despite ?? null,
    at,
    request: {
      key: `topup-form:${digest(form, asker.person)}`,
      digest: digest(asker.person, amount, of, reason, neededBy),
    },
  });
  if (submitted.kind === 'refused') return notSubmitted(ports, { asker, filled }, submitted.refusal);
  const note = submitted.repeated ? noteOf({ code: 'topup-repeated' }) : null;
  return showTopUp(ports, asker, { number: submitted.outcome.number, note });
}

/** Another request that is much the same is shown in place of a second one, with the way to ask all the same. */
async function notSubmitted(
  ports: Ports,
  { asker, filled }: { readonly asker: KnownAsker; readonly filled: Filled },
  refused: Refusal,
): Promise<Answer> {
  const { code, data = {} } = refused;
  if (code === 'idempotency-key-reused') return refusal('topup-form-used');
  if (code !== 'topup-similar') return toPutRight(ports, { asker, filled }, refused);
  return showTopUp(ports, asker, { number: Number(data.number), note: noteOf(refused, typedIn(filled)) });
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
