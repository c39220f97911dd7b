import assert from 'node:assert/strict';
import { dayMs } from '../../src/decision/time.ts';
import {
  channelsOf,
  channelWith,
  conversationWith,
  type Meeting,
  rememberConversation,
} from '../../src/workflows/conversations.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { administrator, now } from './tenant-under-test.ts';

describe('where people can be written to', () => {
  const redis = withRedis();
  let meeting: Meeting;
  const known = () => conversationWith(redis.store, meeting.tenant, administrator);

  beforeEach(() => {
    meeting = {
      tenant: freshTenant(),
      who: administrator,
      conversation: 'a:chat',
      serviceUrl: 'https://smba.trafficmanager.net/teams/',
      teamsUser: '29:grace',
      locale: 'en-US',
      timeZone: 'America/Los_Angeles',
      left: false,
    };
  });

  it('is kept as it was last seen', async () => {
    assert.equal(await known(), null);
    await rememberConversation(redis.store, meeting, now);
    const { tenant: _tenant, who: _who, left: _left, ...place } = meeting;
    assert.deepEqual(await known(), { ...place, name: null, refused: null, at: now });
    await rememberConversation(redis.store, { ...meeting, locale: 'ko-KR' }, now + 1);
    assert.equal((await known())?.locale, 'ko-KR');
  });

  it('is not written anew for a day where nothing is new', async () => {
    await rememberConversation(redis.store, meeting, now);
    await rememberConversation(redis.store, meeting, now + dayMs - 1);
    assert.equal((await known())?.at, now);
    await rememberConversation(redis.store, meeting, now + dayMs);
    assert.equal((await known())?.at, now + dayMs);
  });

  it('tells that the app has gone, until the person writes again', async () => {
    await rememberConversation(redis.store, { ...meeting, left: true }, now);
    assert.deepEqual((await known())?.refused, { why: 'not-in-roster', at: now });
    await rememberConversation(redis.store, meeting, now + 1);
    assert.equal((await known())?.refused, null);
  });

  it('keeps the time zone that a client told before, where the app only comes or goes', async () => {
    await rememberConversation(redis.store, meeting, now);
    await rememberConversation(redis.store, { ...meeting, timeZone: null, left: true }, now + 1);
    assert.equal((await known())?.timeZone, 'America/Los_Angeles');
  });

  it('has every channel in which the app is, with its name, and none that it left', async () => {
    const { tenant } = meeting;
    const channel = (conversation: string, more: Partial<Meeting> = {}): Meeting => ({
      ...meeting,
      who: 'channel',
      conversation,
      teamsUser: null,
      timeZone: null,
      ...more,
    });
    await rememberConversation(redis.store, channel('19:finance', { name: 'Finance, General' }), now);
    await rememberConversation(redis.store, channel('19:voice'), now + 1);
    await rememberConversation(redis.store, channel('19:finance'), now + 2);
    const names = async () =>
      (await channelsOf(redis.store, tenant)).map(({ conversation, name }) => [conversation, name]);
    assert.deepEqual(await names(), [
      ['19:finance', 'Finance, General'],
      ['19:voice', null],
    ]);
    await rememberConversation(redis.store, channel('19:finance', { left: true }), now + 3);
    assert.deepEqual(await names(), [['19:voice', null]]);
    assert.equal((await channelWith(redis.store, tenant, '19:finance'))?.refused?.why, 'not-in-roster');
  });
});
