import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { tenantKeys } from '../../src/store/keys.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { withRedis } from '../fakes/redis.ts';
import { type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

/**
 * Goal: no byte of the audit can be changed unseen. Method: a chain is made, and each byte of each stored entry, and
 * of the chain's head, is changed past the commit script, one at a time.
 */
describe('the audit chain', () => {
  const redis = withRedis();
  let tamperer: Redis;
  let topUps: TopUpsUnderTest;

  before(() => {
    tamperer = new Redis(redis.url);
  });
  after(() => tamperer.quit());

  beforeEach(async () => {
    topUps = topUpsUnderTest(redis.store);
    const number = await topUps.submit('grace', '500', { reason: '12월 캠페인' });
    await topUps.decide('seoyeon', 'topup.approve', number, { comment: 'fine' });
    assert.deepEqual(await found(), [], 'the chain is sound before');
  });

  async function found() {
    return (await verifyTenant(redis.store, topUps.tenant)).violations;
  }

  async function entries(): Promise<readonly (readonly [id: string, field: string, event: Buffer])[]> {
    const stored = await tamperer.xrangeBuffer(tenantKeys(topUps.tenant).log('audit'), '-', '+');
    return stored.map(([id, fields]) => {
      const [field, event] = fields;
      return [String(id), String(field), event ?? assert.fail('no event')] as const;
    });
  }

  async function store(changed: readonly (readonly [id: string, field: string, event: Buffer])[]) {
    const key = tenantKeys(topUps.tenant).log('audit');
    const transaction = tamperer.multi().del(key);
    for (const [id, field, event] of changed) transaction.xadd(key, id, field, event);
    await transaction.exec();
  }

  /** Another byte, and another one again for a second look. */
  function withByte(event: Buffer, at: number, by: number): Buffer {
    const changed = Buffer.from(event);
    changed[at] = (event[at] ?? 0) ^ by;
    return changed;
  }

  for (const [name, mask] of [
    ['lowest bit', 0x01],
    ['sixth bit', 0x20],
    ['highest bit', 0x80],
  ] as const) {
    it(`tells which entry has a byte of which the ${name} was turned`, async () => {
      const sound = await entries();
      assert.equal(sound.length, 3);
      for (const [index, [id, field, event]] of sound.entries()) {
        for (let at = 0; at < event.length; at += 1) {
          const changed = [...sound];
          changed[index] = [id, field, withByte(event, at, mask)];
          await store(changed);
          const told = await found();
          assert.deepEqual(told, [{ code: 'audit-chain-broken', data: { seq: index + 1 } }], `byte ${at}`);
        }
      }
      await store(sound);
      assert.deepEqual(await found(), []);
    }).timeout(120_000);
  }

  it('tells of an entry with something more in it, of one twice, of two changed round, and of one under another name', async () => {
    const sound = await entries();
    const [first, second, third] = sound;
    assert.ok(first && second && third);
    const more = Buffer.from(String(second[2]).replace('{', '{"note":"mine",'));
    const cases = [
      { told: 2, changed: [first, [second[0], second[1], more] as const, third] },
      { told: 2, changed: [first, [second[0], 'evnet', second[2]] as const, third] },
      { told: 3, changed: [first, second, [third[0], third[1], second[2]] as const] },
      {
        told: 1,
        changed: [[first[0], first[1], second[2]] as const, [second[0], second[1], first[2]] as const, third],
      },
    ];
    for (const { told, changed } of cases) {
      await store(changed);
      assert.deepEqual(await found(), [{ code: 'audit-chain-broken', data: { seq: told } }]);
    }
  });

  it('tells of every changed byte of the head in which it ends', async () => {
    const key = tenantKeys(topUps.tenant).heads;
    const head = (await tamperer.hgetBuffer(key, 'audit')) ?? assert.fail('no head');
    // The version before the space counts the writings, and says nothing of the chain.
    for (let at = head.indexOf(' ') + 1; at < head.length; at += 1) {
      await tamperer.hset(key, 'audit', withByte(head, at, 0x01));
      const [violation] = await found();
      const isNamed =
        violation?.code === 'audit-head-differs' ||
        (violation?.code === 'head-unreadable' && violation.data.head === 'audit');
      assert.ok(isNamed, `byte ${at}: ${JSON.stringify(violation)}`);
    }
  });

  it('tells of a request that is not what its events come to', async () => {
    const key = tenantKeys(topUps.tenant).heads;
    const head = (await tamperer.hget(key, 'topup:1')) ?? assert.fail('no request');
    await tamperer.hset(key, 'topup:1', head.replace('"microUnits":"500000000"', '"microUnits":"900000000"'));
    assert.deepEqual(await found(), [{ code: 'topup-differs', data: { number: 1 } }]);
    await tamperer.hset(key, 'topup:1', head);
    await tamperer.hset(key, 'topup:2', head.replace('"number":1', '"number":2'));
    assert.deepEqual(await found(), [{ code: 'topup-differs', data: { number: 2 } }]);
    await tamperer.hset(key, 'topup:2', '1 {"v":1}');
    assert.deepEqual(await found(), [{ code: 'head-unreadable', data: { head: 'topup:2' } }]);
  });
});
