import assert from 'node:assert/strict';
import type { RecommendAnswer } from '../../src/answers/recommend.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs } from '../../src/decision/time.ts';
import { DirectoryUnavailable, type OrganisationDirectory } from '../../src/workflows/ports.ts';
import { recommendation } from '../../src/workflows/recommend.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';

describe('the recommendation', () => {
  const redis = withRedis();
  let tenant: TenantId;

  beforeEach(async () => {
    tenant = freshTenant();
    const rows = Array.from({ length: 40 }, (_, index) =>
      usageRow({ id: idOf(index + 1), startedAt: now - (index + 1) * dayMs, charge: 5_000_000n }),
    );
    await tenantUnderTest(redis.store, tenant).record(...rows);
  });

  const adviceIn = (organisation: OrganisationDirectory['organisation']): Promise<RecommendAnswer> =>
    recommendation(
      { store: redis.store, clock: { now: () => now }, organisationDirectory: { organisation } },
      tenant,
    );
  const warningsOf = ({ accounts: [account] }: RecommendAnswer) =>
    account?.outcome.kind === 'advice' ? account.outcome.warnings : assert.fail('no advice');

  for (const country of ['KR', 'RU', 'TW']) {
    it(`warns that credits may be unavailable in ${country}`, async () => {
      const advised = await adviceIn(async () => ({ country }));
      assert.ok(warningsOf(advised).includes('credits-may-be-unavailable'));
      assert.deepEqual(advised.unknown, ['agreement']);
    });
  }

  it('does not warn elsewhere, and still does not know the agreement', async () => {
    const advised = await adviceIn(async () => ({ country: 'US' }));
    assert.deepEqual([warningsOf(advised), advised.unknown], [[], ['agreement']]);
  });

  it('is given without the country while the directory does not answer', async () => {
    const advised = await adviceIn(async () => {
      throw new DirectoryUnavailable(null);
    });
    assert.deepEqual([warningsOf(advised), advised.unknown], [[], ['agreement', 'country']]);
  });

  it('is not given where something is broken', async () => {
    await assert.rejects(
      adviceIn(async () => {
        throw new RangeError('a defect');
      }),
      RangeError,
    );
  });
});
