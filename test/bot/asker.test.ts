import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { askerOf, channelNameOf, toldTimeZoneOf } from '../../bot/asker.ts';
import type { Asker } from '../../src/answers/asker.ts';
import { type ActivityJson, message, person, tenant } from './activities.ts';

/** What the channel sent is JSON; the SDK only says that it is an activity. */
function ask(more: ActivityJson = {}): Asker | null {
  return askerOf(message('balance', more) as unknown as Activity);
}

describe('who asks', () => {
  it('is told by the channel: tenant, person, name, language, time zone and kind of chat', () => {
    assert.deepEqual(ask(), {
      tenant,
      person,
      name: 'Grace Whitfield',
      locale: 'en-US',
      timeZone: 'America/Los_Angeles',
      scope: 'personal',
    });
  });

  it('is never told by the data of a card', () => {
    const stranger = '11111111-2222-4333-8444-555555555555';
    const value = { from: { aadObjectId: stranger }, tenantId: stranger, person: stranger };

    assert.deepEqual(ask({ value }), ask());
  });

  const tenants: readonly (readonly [string, ActivityJson, string | undefined])[] = [
    ['belongs to the tenant of the conversation', {}, tenant],
    [
      'belongs to the same tenant in capitals',
      { conversation: chat({ tenantId: tenant.toUpperCase() }) },
      tenant,
    ],
    [
      'belongs to the tenant of the channel data where the conversation names none',
      { conversation: chat({}) },
      tenant,
    ],
    ['is nobody where no tenant is named', { conversation: chat({}), channelData: undefined }, undefined],
    ['is nobody where the tenant is no GUID', { conversation: chat({ tenantId: 'contoso' }) }, undefined],
    ['is nobody where the tenant is no text', { conversation: chat({ tenantId: 7 }) }, undefined],
  ];
  for (const [sentence, more, expected] of tenants) {
    it(sentence, () => {
      assert.equal(ask(more)?.tenant, expected);
    });
  }

  const persons: readonly (readonly [string, ActivityJson])[] = [
    ['names no directory object', { id: '29:grace' }],
    ['names one that is no GUID', { id: '29:grace', aadObjectId: 'grace' }],
  ];
  for (const [sentence, from] of persons) {
    it(`has no rights where the channel ${sentence}`, () => {
      assert.equal(ask({ from })?.person, null);
    });
  }

  const scopes: readonly (readonly [string | undefined, Asker['scope']])[] = [
    ['personal', 'personal'],
    [undefined, 'personal'],
    ['groupChat', 'shared'],
    ['channel', 'shared'],
    ['a kind that is not invented yet', 'shared'],
  ];
  for (const [conversationType, expected] of scopes) {
    it(`asks in a ${expected} chat where the conversation is ${conversationType ?? 'of no kind'}`, () => {
      assert.equal(ask({ conversation: chat({ tenantId: tenant, conversationType }) })?.scope, expected);
    });
  }

  const locales: readonly (readonly [string, ActivityJson, string])[] = [
    ['the client', { entities: [clientInfo({ locale: 'ko-KR' })] }, 'ko-KR'],
    ['the activity, where the client says nothing', { locale: 'ko-kr', entities: [] }, 'ko-KR'],
    ['English, where nobody says anything', { locale: undefined }, 'en-US'],
    ['English, where what is said is no language', { locale: 'no language' }, 'en-US'],
  ];
  for (const [sentence, more, expected] of locales) {
    it(`reads the language of ${sentence}`, () => {
      assert.equal(ask(more)?.locale, expected);
    });
  }

  const timeZones: readonly (readonly [string, ActivityJson, string])[] = [
    ['the client', { entities: [clientInfo({ timezone: 'Asia/Seoul' })] }, 'Asia/Seoul'],
    ['the activity, where the client says nothing', { localTimezone: 'Europe/Paris' }, 'Europe/Paris'],
    ['UTC, where nobody says anything', { localTimezone: undefined }, 'UTC'],
    ['UTC, where what is said is no time zone', { localTimezone: 'Mars/Olympus' }, 'UTC'],
  ];
  for (const [sentence, more, expected] of timeZones) {
    it(`lives in the time zone of ${sentence}`, () => {
      assert.equal(ask(more)?.timeZone, expected);
    });
  }
});

function chat(more: ActivityJson): ActivityJson {
  return { id: 'a:chat', conversationType: 'personal', ...more };
}

function clientInfo(more: ActivityJson): ActivityJson {
  return { type: 'clientInfo', country: 'KR', platform: 'Web', ...more };
}

describe('what an activity tells of where it comes from', () => {
  const activity = (more: ActivityJson) => message('balance', more) as unknown as Activity;

  const zones: readonly (readonly [told: unknown, known: string | null])[] = [
    ['Asia/Seoul', 'Asia/Seoul'],
    ['UTC', 'UTC'],
    ['Moon/Sea', null],
    [undefined, null],
  ];
  for (const [told, known] of zones) {
    it(`is the time zone ${known} where the client says ${told}`, () => {
      assert.equal(toldTimeZoneOf(activity({ entities: [], localTimezone: told })), known);
    });
  }

  it('is the team and the channel by name, as far as Teams names them', () => {
    const channel = (channelData: object, name?: unknown) =>
      channelNameOf(activity({ channelData, conversation: { id: '19:x', name } }));
    assert.equal(
      channel({ team: { name: 'Finance' }, channel: { name: 'Telephony' } }),
      'Finance, Telephony',
    );
    assert.equal(channel({ team: { id: '19:x' } }, 'General'), 'General');
    assert.equal(channel({ team: { name: 7 }, channel: 'Telephony' }), null);
  });
});
