import assert from 'node:assert/strict';
import type { JsonValue } from '../../src/decision/json.ts';
import { dayMs, type Instant } from '../../src/decision/time.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { observe } from '../../src/workflows/follow-incident.ts';
import { refreshPeople } from '../../src/workflows/people.ts';
import type { Outbox, Store } from '../../src/workflows/ports.ts';
import { recordUsage } from '../../src/workflows/record-usage.ts';
import { currencyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { cast, type Name, type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

/** People of one tenant with a chat each, at a time that the test moves. */
export class MorningTenant {
  readonly tops: TopUpsUnderTest;
  readonly #outbox: Outbox;
  #at: Instant;
  #calls = 0;

  constructor(store: Store & Outbox, at: Instant) {
    this.#outbox = store;
    this.tops = topUpsUnderTest(store);
    this.#at = at;
    this.at = at;
  }

  get id() {
    return this.tops.tenant;
  }

  get ports() {
    return this.tops.ports;
  }

  get at(): Instant {
    return this.#at;
  }

  set at(at: Instant) {
    this.#at = at;
    this.tops.setClock(at);
  }

  /** Everybody who holds a role, and has a chat with the bot in this time zone. */
  async meets(zones: Partial<Record<Name, string>>): Promise<void> {
    await refreshPeople(this.ports, this.id);
    for (const [who, timeZone] of Object.entries(zones)) {
      const { id } = cast[who as Name];
      const place = { conversation: `chat of ${id}`, serviceUrl: null, teamsUser: null };
      const meeting = { tenant: this.id, who: id, ...place, locale: 'en-US', timeZone, left: false };
      await rememberConversation(this.ports.store, meeting, this.#at);
    }
  }

  /** Calls of so much on one of the days before. */
  async spends(charge: bigint, { daysAgo = 0, by = 'Grace', to = 'Germany' } = {}): Promise<void> {
    this.#calls += 1;
    const row = usageRow({
      id: idOf(this.#calls),
      startedAt: this.#at - daysAgo * dayMs,
      charge,
      userDisplayName: by,
      destinationName: to,
    });
    const batches = (async function* () {
      yield [{ kind: 'row' as const, row: 1, usage: row }];
    })();
    await recordUsage(this.ports.store, this.ports.clock, { tenant: this.id, batches, actor: 'test' });
  }

  /** An incident that goes on until somebody says otherwise. */
  async failsToRecharge(): Promise<void> {
    const failed = {
      type: 'rechargeFailed' as const,
      currency: currencyOf('USD'),
      failedAt: this.#at,
      reason: null,
      reference: null,
      by: null,
    };
    await observe(this.ports, this.id, { signals: [failed], actor: 'test' });
  }

  /** What is to be said of digests and was not taken away yet, by its key. */
  async toBeSaid(): Promise<readonly string[]> {
    const waiting = await this.#outbox.outbox(this.id, 1_000);
    return waiting.filter(({ body }) => aboutOf(body) === 'digest').map(({ key }) => key);
  }
}

function aboutOf(body: JsonValue): string {
  const { about } = Object(body);
  return String(Object(about).kind ?? assert.fail('a message about nothing'));
}
