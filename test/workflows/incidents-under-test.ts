import assert from 'node:assert/strict';
import type { AlertKind } from '../../src/alerts/kind.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { hourMs, type Instant, minuteMs } from '../../src/decision/time.ts';
import type { Check } from '../../src/workflows/check.ts';
import { observeLedger, tickIncidents } from '../../src/workflows/follow-incident.ts';
import { incidents } from '../../src/workflows/incidents.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { reconcile } from '../../src/workflows/reconcile.ts';
import { freshTenant } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { administrator, now } from './tenant-under-test.ts';

/** What one message of the outbox says, in short. */
export interface Said {
  readonly key: string;
  readonly text: string;
}

/** One tenant whose incidents are followed on the real store, at a time that the test moves. */
export class FollowedTenant {
  readonly id: TenantId;
  readonly store: Store;
  at: Instant = now;
  readonly said: Said[] = [];

  constructor(store: Store, id: TenantId = freshTenant()) {
    this.id = id;
    this.store = {
      ...store,
      commit: async (change) => {
        const reply = await store.commit(change);
        if (reply.kind === 'committed') this.said.push(...change.messages.map(saidIn));
        return reply;
      },
    };
  }

  get ports() {
    return { store: this.store, clock: { now: () => this.at } };
  }

  after(milliseconds: number): this {
    this.at += milliseconds;
    return this;
  }

  /** An admin reads this figure now, and the ledger is looked at. */
  async reads(observed: string, told: Partial<Check> = {}): Promise<void> {
    const checked = await reconcile(this.store, {
      tenant: this.id,
      observed: moneyOf(observed),
      reason: null,
      by: administrator,
      byName: 'Grace Whitfield',
      observedAt: this.at,
      at: this.at,
      idempotencyKey: `read:${observed}:${this.at}`,
      ...told,
    });
    assert.equal(checked.kind, 'done');
    await this.look();
  }

  /** A balance that was met long enough ago to be followed. */
  async opensWith(observed: string): Promise<void> {
    await this.reads(observed);
    await this.after(minuteMs).look();
  }

  async look(): Promise<readonly string[]> {
    const followed = await observeLedger(this.ports, this.id);
    return followed.kind === 'done' ? followed.outcome : assert.fail(followed.refusal.code);
  }

  async tick(): Promise<readonly string[]> {
    const followed = await tickIncidents(this.ports, this.id);
    return followed.kind === 'done' ? followed.outcome : assert.fail(followed.refusal.code);
  }

  async idOf(kind: AlertKind): Promise<string> {
    const known = await incidents(this.store, this.id, { from: 0, to: this.at + hourMs });
    return (
      known.find(({ episode }) => episode.kind === kind)?.episode.id ?? assert.fail(`no incident of ${kind}`)
    );
  }

  /** What was said since the last call, in short. */
  news(): readonly string[] {
    return this.said.splice(0).map(({ text }) => text);
  }
}

function saidIn({ key, body }: { readonly key: string; readonly body: unknown }): Said {
  const { mode, urgency, about, audience } = body as Record<'mode' | 'urgency', string> &
    Record<'about' | 'audience', Record<string, string>>;
  return { key, text: `${mode} ${urgency} ${about.id} ${audience.kind}` };
}
