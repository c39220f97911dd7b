import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { utcDay } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import { paidModel } from '../../src/usage/paid-counts.ts';
import { answerRate } from '../../src/workflows/answer-rate.ts';
import { type DeckToImport, importRateDeck, rateDecks } from '../../src/workflows/rate-decks.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { fixture, usd } from '../rates/decks.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';

const january = fixture('rates.csv');
const june = january.replaceAll('2026-01-01', '2026-06-01').replace('A,49,0.013,', 'A,49,0.015,');

describe('the price lists of a tenant', () => {
  const redis = withRedis();
  let tenant: TenantId;
  beforeEach(() => {
    tenant = freshTenant();
  });

  const importing = (csvText: string, differing: Partial<DeckToImport> = {}) =>
    importRateDeck(redis.store, {
      tenant,
      csvText,
      unstated: { currency: usd, effectiveFrom: utcDay(now) },
      actor: 'test',
      at: now,
      apply: true,
      ...differing,
    });
  const days = async () => (await rateDecks(redis.store, tenant)).map(({ effectiveFrom }) => effectiveFrom);
  const audited = async () => {
    const types: unknown[] = [];
    for await (const batch of redis.store.log(tenant, 'audit')) {
      for (const entry of batch) types.push((entry as { type?: unknown }).type);
    }
    return types;
  };
  const rateOf = async (question: Omit<Parameters<typeof answerRate>[1], 'intent'>): Promise<Answer> =>
    answerRate(
      { store: redis.store, clock: { now: () => now }, defaultCurrency: usd },
      { intent: 'rate', ...question },
      tenant,
    );

  it('show what a list would change before it counts, and keep nothing of it', async () => {
    const planned = await importing(january, { apply: false });
    assert.equal(planned.kind === 'version' && planned.changes.length, 1006);
    assert.deepEqual([await days(), await audited()], [[], []]);
  });

  it('take a list in as a version, once, and tell of it in the audit', async () => {
    assert.equal((await importing(january)).kind, 'version');
    assert.equal((await importing(january)).kind, 'known');
    assert.deepEqual([await days(), await audited()], [['2026-01-01'], ['rates.imported']]);
  });

  it('keep every version, in the order of their days', async () => {
    await importing(june);
    const earlier = await importing(january);
    assert.equal(earlier.kind === 'version' && earlier.replaces, null);
    assert.deepEqual(await days(), ['2026-01-01', '2026-06-01']);
  });

  it('tell what differs from the version before', async () => {
    await importing(january);
    const later = await importing(june, { apply: false });
    const changes = later.kind === 'version' ? later.changes : [];
    assert.deepEqual(
      changes.map((change) => [change.kind, change.kind !== 'gone' && change.after.id]),
      [['up', 'USD-O-DE-49-fixed']],
    );
  });

  it('never edit a version that is there', async () => {
    await importing(june);
    const other = await importing(june.replace('A,49,0.015,', 'A,49,0.016,'));
    assert.equal(other.kind === 'refused' && other.refusal.code, 'deck-date-taken');
    assert.deepEqual(await days(), ['2026-06-01']);
  });

  it('refuse what is no price list, and tell each row that is wrong', async () => {
    const refused = await importing(january.replace('A,49,0.013,', 'A,49,cheap,'));
    assert(refused.kind === 'refused');
    assert.equal(refused.refusal.code, 'deck-rows-invalid');
    assert.deepEqual(refused.problems, [{ row: 196, column: 'rate_per_minute', code: 'price-unreadable' }]);
  });

  it('read the list of Azure Communication Services too, with what it does not say of itself', async () => {
    await importing(fixture('acs-pstn-rates.csv'));
    const [deck] = await rateDecks(redis.store, tenant);
    assert.deepEqual([deck?.currency, deck?.effectiveFrom, deck?.rates.length], ['USD', '2026-11-24', 6592]);
  });

  it('let one of two imports for a day count, and refuse the other', async () => {
    const imported = await Promise.all([
      importing(june),
      importing(june.replace('A,49,0.015,', 'A,49,0.016,')),
    ]);
    assert.deepEqual(imported.map(({ kind }) => kind).sort(), ['refused', 'version']);
    assert.equal((await days()).length, 1);
  });

  it('are asked by the version that counts now', async () => {
    await importing(january);
    await importing(june);
    await importing(january.replaceAll('2026-01-01', '2027-01-01'));
    const answer = await rateOf({ region: 'DE', minutes: 2.5 });
    assert(answer.kind === 'rate');
    const [fixed] = answer.readings[0].tariffs;
    assert.deepEqual(
      [answer.deck.effectiveFrom, fixed?.perMinute && toDecimal(fixed.perMinute), answer.seconds.count],
      ['2026-06-01', '0.015', 150],
    );
  });

  it('are missed where there is none in a currency of the tenant', async () => {
    await importing(fixture('rates-eur.csv'));
    assert.deepEqual(await rateOf({ region: 'DE' }), { kind: 'no-rates', currency: 'USD' });
    const books = tenantUnderTest(redis.store, tenant);
    await books.record(usageRow({ id: idOf(1), currency: 'EUR' as never }));
    const answer = await rateOf({ region: 'DE' });
    assert.equal(answer.kind === 'rate' && answer.deck.currency, 'EUR');
  });

  it('are not asked where no destination was understood: the question is asked back', async () => {
    assert.deepEqual(await rateOf({ minutes: 10 }), { kind: 'rate-ask' });
  });

  it('stand beside what was paid in the last ninety days, which the records prove', async () => {
    await importing(january);
    const books = tenantUnderTest(redis.store, tenant);
    const day = 24 * 60 * 60 * 1000;
    const calls = Array.from({ length: 6 }, (_, index) =>
      usageRow({ id: idOf(index), startedAt: now - index * 10 * day, durationSeconds: 61, charge: 60_000n }),
    );
    const old = usageRow({ id: idOf(50), startedAt: now - 91 * day, charge: 9_000_000n });
    const mobile = usageRow({ id: idOf(51), startedAt: now - day, calleeNumber: '+4915155501234' });
    await books.record(...calls, old, mobile);
    const answer = await rateOf({ region: 'DE', numberType: 'fixed' });
    assert(answer.kind === 'rate');
    const paid = answer.readings[0].tariffs[0]?.paid;
    assert.deepEqual(
      [paid?.calls, paid && toDecimal(paid.median), paid?.since, paid?.verdict],
      [6, '0.03', '2026-08-26', 'dearer'],
    );
    assert.equal((await redis.store.counts(tenant, paidModel(usd, '2026-08'))).size, 1);
    assert.equal((await verifyTenant(redis.store, tenant)).ok, true);
  });
});
