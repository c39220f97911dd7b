import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxAdapter } from '../bot/adapter.ts';
import { teamsDeliver } from '../bot/deliver.ts';
import { type PersonId, personId } from '../src/decision/ids.ts';
import { type Receipt, receipts } from '../src/outbox/deliveries.ts';
import type { OutboxBody } from '../src/outbox/message.ts';
import { openOutbox } from '../src/outbox/open-outbox.ts';
import { startConnectorDouble } from '../src/sandbox/connector/connector-double.ts';
import { type SandboxPerson, sandboxTenant } from '../src/sandbox/people.ts';
import { connect } from '../src/store/connection.ts';
import { redisStore } from '../src/store/store.ts';
import { redisThrottle } from '../src/store/throttle.ts';
import { changeOf } from '../src/workflows/booking.ts';
import { speakingTo } from '../src/workflows/speaking-to.ts';
import { tenantWide } from '../src/workflows/tenant-wide.ts';
import { type Measured, measured } from './measured.ts';
import { freshRedis } from './redis.ts';
import type { Started } from './started.ts';

const administrators = 1_000;
const perSecond = 25;
const role = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
const about = { kind: 'incident', id: 'fan-out' } as const;

/**
 * Cards to a thousand administrators a second, from the commit to the last outcome, against the rate that is allowed.
 * The connector keeps Teams' documented limits; one refusal of its, one person untold or told twice is a failure.
 */
export async function outboxFanOut(started: Started): Promise<Measured> {
  const redisUrl = await freshRedis(started);
  const people = Array.from({ length: administrators }, (_, index) => administrator(index));
  const teams = await startConnectorDouble({
    tenant: sandboxTenant.id,
    people,
    bot: { id: '28:bench', name: 'Credits Bot' },
    botUrl: 'http://127.0.0.1:1/',
    now: () => Date.now(),
    patience: { repeatAfterMs: 1_000, giveUpAfterMs: 2_000 },
    port: 0,
  });
  started.add(teams.stop);
  for (const { id } of people) await teams.client.install(id, 'personal');
  teams.limit(true);

  const connection = connect(redisUrl, { onError: () => {} });
  const store = redisStore(connection);
  started.add(() => store.close());
  const clock = { now: () => Date.now() };
  const outbox = openOutbox({
    redisUrl,
    store,
    directory: { person: async () => null },
    roleDirectory: {
      roleHoldings: async () => ({
        readAt: 0,
        holders: new Map([[role, people.map(holder)]]),
        eligibleKnown: true,
      }),
    },
    cards: { answerFor: async () => ({ kind: 'help' }) },
    reach: {
      install: async () => ({ kind: 'gave-up', why: 'cannot-install' }),
      mail: async () => ({ kind: 'gave-up', why: 'no-way' }),
    },
    speakingTo: speakingTo({ store, clock }),
    tenantWide: tenantWide({ store, clock }),
    throttle: redisThrottle(connection, { perTenantASecond: perSecond }),
    clock,
    deliver: teamsDeliver({
      adapter: sandboxAdapter(),
      botId: '',
      reach: { kind: 'loopback' },
      serviceUrl: () => teams.serviceUrl,
      now: clock.now,
    }),
    onTrouble: (error) => process.stderr.write(`${error.name}\n`),
  });
  await store.ping();
  const heads = [{ head: 'bench', expectedVersion: 0, state: {} }];
  const body: OutboxBody = {
    v: 1,
    about,
    audience: { kind: 'roles', roles: [role] },
    mode: 'new',
    urgency: 'critical',
    way: 'chat',
    at: clock.now(),
  };
  await store.commit(
    changeOf(sandboxTenant.id, [{ heads, events: [] }], { messages: [{ key: 'fan-out', body }] }),
  );

  const startedAt = performance.now();
  outbox.start();
  started.add(() => outbox.stop());
  await untilSettled(() => receipts(store, sandboxTenant.id, about));
  const seconds = (performance.now() - startedAt) / 1_000;
  check(
    teams.requests.filter(({ status }) => status === 429).length === 0,
    'The connector had to refuse requests.',
  );
  const told = people.filter(({ id }) => teams.client.seen(id, 'personal').length === 1);
  check(told.length === administrators, `${told.length} of ${administrators} have one card.`);
  return measured([{ value: administrators / seconds, baseline: perSecond }], 'cards/s');
}

function administrator(index: number): SandboxPerson {
  const id = personId(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
  if (id === null) throw new Error('The id is none.');
  return {
    id,
    displayName: `Administrator ${index}`,
    userPrincipalName: `administrator.${index}@harborline.example`,
    locale: 'en-US',
    timeZone: 'UTC',
    roles: [role],
  };
}

function holder({ id, displayName }: { readonly id: PersonId; readonly displayName: string }) {
  return {
    person: id,
    displayName,
    enabled: true,
    guest: false,
    how: 'direct',
    scope: '/',
    until: null,
  } as const;
}

async function untilSettled(receiptsNow: () => Promise<readonly Receipt[]>): Promise<void> {
  for (;;) {
    const now = await receiptsNow();
    const settled = now.filter(({ state }) => state === 'sent' || state === 'gave-up' || state === 'unknown');
    if (settled.length === administrators) return;
    await sleep(250);
  }
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
