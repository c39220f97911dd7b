import type { Answer } from '../answers/answer.ts';
import type { TopUpNote, TopUpVerb } from '../answers/top-up.ts';
import { hasCardNumber, readText } from '../approvals/request-text.ts';
import type { Actor, TopUpCommand } from '../approvals/top-up-events.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import type { Handled } from '../decision/handle.ts';
import { balance } from '../ledger/account.ts';
import { delegateByTap } from './delegate.ts';
import { observe } from './follow-incident.ts';
import { emptyForm, openTopUp } from './open-top-up.ts';
import type { Ports } from './ports.ts';
import { recordDenial } from './record-denial.ts';
import { markSeen } from './seen.ts';
import { showTopUp } from './show-top-up.ts';
import type { Tap } from './tap.ts';
import { changeTopUp, submitTopUp, type TopUpOutcome } from './top-up.ts';
import { actorOf, type KnownAsker } from './top-up-actor.ts';
import { readTopUpBooks, topUpIn } from './top-up-books.ts';
import {
  boughtOn,
  decideInputs,
  openInputs,
  purchaseInputs,
  readPurchase,
  readWish,
  submitInputs,
  viewInputs,
} from './top-up-inputs.ts';

type TapOn = Tap & { readonly verb: TopUpVerb };

/** A verb of a request: amounts and names are for a personal chat. */
export async function actOnTopUp(ports: Ports, tap: TapOn, asker: KnownAsker): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  switch (tap.verb) {
    case 'topup.open':
      return open(ports, tap, asker);
    case 'topup.submit':
      return submit(ports, tap, asker);
    case 'topup.approve':
    case 'topup.reject':
    case 'topup.cancel':
    case 'topup.override':
    case 'topup.purchaseFailed':
      return decide(ports, { ...tap, verb: tap.verb }, asker);
    case 'topup.recordPurchase':
      return recordPurchase(ports, tap, asker);
    case 'topup.delegate':
      return delegateByTap(ports, tap, asker);
    case 'topup.view': {
      const inputs = viewInputs.safeParse(tap.data);
      if (!inputs.success) return refusal('bad-input');
      return showTopUp(ports, asker, { number: inputs.data.request, note: null });
    }
  }
}

async function open(ports: Ports, tap: TapOn, asker: KnownAsker): Promise<Answer> {
  const inputs = openInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { request, amount = null, currency: of = null, episode: id } = inputs.data;
  if (id !== undefined) {
    await markSeen(ports, asker.tenant, { about: { kind: 'incident', id }, person: asker.person });
  }
  const form = digest('opened', tap.messageId, asker.person, String(request ?? '')).slice(0, 32);
  if (request === undefined) return openTopUp(ports, asker, { ...emptyForm, form, amount, currency: of });
  const found = topUpIn(await readTopUpBooks(ports.store, asker.tenant), request);
  if (found === null) return refusal('topup-unknown', { number: request });
  return openTopUp(ports, asker, { ...emptyForm, form, changes: found.state });
}

async function submit(ports: Ports, tap: TapOn, asker: KnownAsker): Promise<Answer> {
  const inputs = submitInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { form, amount, currency: of, reason = '', neededBy = null, request, revision } = inputs.data;
  const typed = { amount, currency: of, reason, neededBy: neededBy ?? '', form };
  const wish = readWish({ amount, of, reason, neededBy }, ports.clock.now());
  const changes = request === undefined ? null : await requestOf(ports, asker, request);
  if (wish.kind === 'refused') {
    return openTopUp(ports, asker, {
      ...emptyForm,
      form,
      amount: withoutCardNumbers(typed).amount || null,
      currency: of,
      changes,
      typed: withoutCardNumbers(typed),
      refusal: { code: wish.refusal.code, data: wish.refusal.data ?? {} },
    });
  }
  if (request !== undefined) {
    return changeByTap(
      ports,
      { tap, asker, number: request, typed, about: JSON.stringify(typed) },
      (actor) => () => ({
        type: 'edit',
        by: actor.person,
        wish: wish.wish,
        revision: revision ?? 0,
      }),
    );
  }
  const actor = await actorOf(ports.directory, asker, { delegations: [], at: ports.clock.now() });
  const submitted = await submitTopUp(ports.store, {
    tenant: asker.tenant,
    by: actor.person,
    wish: wish.wish,
    despite: inputs.data.despite ?? null,
    at: ports.clock.now(),
    request: {
      key: `topup-form:${digest(form, asker.person)}`,
      digest: digest(asker.person, amount, of, reason, neededBy ?? ''),
    },
  });
  if (submitted.kind === 'done') {
    const note = submitted.repeated ? noteOf({ code: 'topup-repeated' }) : null;
    return showTopUp(ports, asker, { number: submitted.outcome.number, note });
  }
  return notSubmitted(ports, { asker, typed }, submitted.refusal);
}

/** Another request that is much the same is shown in place of a second one, with the way to ask all the same. */
async function notSubmitted(
  ports: Ports,
  { asker, typed }: { readonly asker: KnownAsker; readonly typed: Readonly<Record<string, string>> },
  { code, data = {} }: Refusal,
): Promise<Answer> {
  if (code === 'idempotency-key-reused') return refusal('topup-form-used');
  if (code === 'topup-similar') {
    return showTopUp(ports, asker, { number: Number(data.number), note: { code, data, typed } });
  }
  return openTopUp(ports, asker, {
    ...emptyForm,
    form: typed.form ?? '',
    amount: typed.amount ?? null,
    currency: typed.currency ?? null,
    typed,
    refusal: { code, data },
  });
}

type Verdict = 'topup.approve' | 'topup.reject' | 'topup.cancel' | 'topup.override' | 'topup.purchaseFailed';

async function decide(
  ports: Ports,
  tap: Tap & { readonly verb: Verdict },
  asker: KnownAsker,
): Promise<Answer> {
  const inputs = decideInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { request: number, revision, version: seen, comment: said = '' } = inputs.data;
  const read = readText(said);
  const typed = { comment: hasCardNumber(said) ? '' : said };
  if (read.kind === 'refused') {
    return showTopUp(ports, asker, { number, note: noteOf(read.refusal, typed) });
  }
  const comment = read.text === '' ? null : read.text;
  const about = `${seen} ${revision} ${said}`;
  const answer = await changeByTap(ports, { tap, asker, number, typed, about }, (by) => (found, state) => {
    switch (tap.verb) {
      case 'topup.approve':
        return { type: 'approve', by, comment, revision };
      case 'topup.reject':
        return { type: 'reject', by, comment, revision };
      case 'topup.cancel':
        return { type: 'cancel', by: by.person, comment };
      case 'topup.purchaseFailed':
        return { type: 'failPurchase', by, comment };
      case 'topup.override': {
        const account = found.books.accounts.get(state.wish.amount.currency)?.state;
        const left = account === undefined ? 0n : balance(account).microUnits;
        return { type: 'override', by, balance: left, revision };
      }
    }
  });
  const isFailed = tap.verb === 'topup.purchaseFailed' && answer.kind === 'topup' && answer.note === null;
  if (isFailed) await tellFailedPurchase(ports, asker, { tap, number });
  return answer;
}

/** Money that could not be bought is an incident of everybody's, and not of the request's people alone. */
async function tellFailedPurchase(
  ports: Ports,
  { tenant, person }: KnownAsker,
  { tap, number }: { readonly tap: Tap; readonly number: number },
): Promise<void> {
  const state = await requestOf(ports, { tenant }, number);
  if (state === null) return;
  const key = `topup-failed:${digest(tap.messageId, person, String(number), String(state.purchases.length))}`;
  await observe(ports, tenant, {
    actor: person,
    request: { key, digest: key },
    signals: [
      {
        type: 'rechargeFailed',
        currency: state.wish.amount.currency,
        failedAt: ports.clock.now(),
        reason: null,
        reference: String(number),
        by: person,
      },
    ],
  });
}

async function recordPurchase(ports: Ports, tap: TapOn, asker: KnownAsker): Promise<Answer> {
  const inputs = purchaseInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { request: number, version: seen, purchasedOn = null } = inputs.data;
  const state = await requestOf(ports, asker, number);
  if (state === null) return refusal('topup-unknown', { number });
  const read = readPurchase(inputs.data, state);
  const typed = withoutCardNumbers({
    orderNumber: inputs.data.orderNumber,
    amount: inputs.data.amount ?? '',
    purchasedOn: purchasedOn ?? '',
  });
  if (read.kind === 'refused') {
    return showTopUp(ports, asker, { number, note: noteOf(read.refusal, typed) });
  }
  const at = ports.clock.now();
  const boughtAt = boughtOn(purchasedOn, { at, asker, state });
  const about = `${seen} ${JSON.stringify(typed)}`;
  return changeByTap(ports, { tap, asker, number, typed, about }, (by) => () => ({
    type: 'recordPurchase',
    by,
    purchase: { ...read.purchase, boughtAt },
  }));
}

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
async function changeByTap(
  ports: Ports,
  { tap, asker, number, typed, about }: ChangeByTap,
  commandFor: (by: Actor) => (found: Parameters<MadeCommand>[0], state: TopUp) => TopUpCommand,
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

type MadeCommand = Parameters<typeof changeTopUp>[1]['command'];

async function requestOf(
  { store }: Ports,
  { tenant }: Pick<KnownAsker, 'tenant'>,
  number: number,
): Promise<TopUp | null> {
  return topUpIn(await readTopUpBooks(store, tenant), number)?.state ?? null;
}

/** What looks like a card number is not even shown again. */
function withoutCardNumbers(typed: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(typed).map(([input, text]) => [input, hasCardNumber(text) ? '' : text]),
  );
}

function noteOf({ code, data = {} }: Refusal, typed: TopUpNote['typed'] = {}): TopUpNote {
  return { code, data, typed };
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
