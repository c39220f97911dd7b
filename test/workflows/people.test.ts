import assert from 'node:assert/strict';
import { firstMeeting } from '../../src/workflows/first-meeting.ts';
import { choosePreferences, noPreferences, preferencesOf } from '../../src/workflows/preferences.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { administrator } from './tenant-under-test.ts';

describe('preferences', () => {
  const redis = withRedis();

  it('are empty for somebody who chose nothing', async () => {
    assert.deepEqual(await preferencesOf(redis.store, freshTenant(), administrator), noPreferences);
  });

  it('keep the language chosen last', async () => {
    const tenant = freshTenant();
    await choosePreferences(redis.store, { tenant, person: administrator }, { language: 'ko' });
    await choosePreferences(redis.store, { tenant, person: administrator }, { language: 'en' });
    assert.deepEqual(await preferencesOf(redis.store, tenant, administrator), {
      ...noPreferences,
      language: 'en',
    });
  });

  it('are of one person in one tenant', async () => {
    const tenant = freshTenant();
    const other = '8a3f6969-9e52-4892-8d0f-9aed1b49ad04' as typeof administrator;
    await choosePreferences(redis.store, { tenant, person: administrator }, { language: 'ko' });
    assert.deepEqual(await preferencesOf(redis.store, tenant, other), noPreferences);
    assert.deepEqual(await preferencesOf(redis.store, freshTenant(), administrator), noPreferences);
  });
});

describe('the first meeting', () => {
  const redis = withRedis();

  it('is one where a conversation is told of ten times at once', async () => {
    const tenant = freshTenant();
    const met = await Promise.all(
      Array.from({ length: 10 }, () => firstMeeting(redis.store, tenant, '19:general@thread.tacv2')),
    );
    assert.equal(met.filter(Boolean).length, 1);
  });

  it('is one for each conversation', async () => {
    const tenant = freshTenant();
    assert.equal(await firstMeeting(redis.store, tenant, 'a'), true);
    assert.equal(await firstMeeting(redis.store, tenant, 'b'), true);
    assert.equal(await firstMeeting(redis.store, tenant, 'a'), false);
  });
});
