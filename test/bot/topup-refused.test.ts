import assert from 'node:assert/strict';
import english from '../../cards/texts.en.json' with { type: 'json' };
import korean from '../../cards/texts.ko.json' with { type: 'json' };
import { billingAdministrator, globalAdministrator } from '../../src/approvals/policy.ts';
import { product } from '../../src/product-on-ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { cast, type Name, type TopUpsUnderTest, topUpsUnderTest } from '../workflows/top-ups-under-test.ts';
import { adaptiveCard, invoke } from './activities.ts';
import { type BotInTeams, startBotInTeams } from './bot-in-teams.ts';
import { from } from './bot-under-test.ts';

/** A tap that comes to nothing, on a request of Grace's for 400 dollars that waits for approval. */
interface Row {
  readonly what: string;
  readonly who: Name;
  readonly verb: string;
  readonly data: object;
  /** Why, by its code; the card says it in a sentence. */
  readonly code: string;
  /** Why, in the audit; null where nobody tried what they may not. */
  readonly audited: string | null;
}

const shown = { request: 1, revision: 1, version: 1 };
const form = { form: 'a form', amount: '500', currency: 'USD' };

const approvals: readonly Row[] = [
  {
    what: 'one’s own request',
    who: 'grace',
    verb: 'topup.approve',
    data: shown,
    code: 'topup-own-request',
    audited: 'topup-own-request',
  },
  {
    what: 'a role in the card’s data',
    who: 'ingrid',
    verb: 'topup.approve',
    data: { ...shown, role: globalAdministrator, roles: [billingAdministrator], person: cast.seoyeon.id },
    code: 'topup-not-approver',
    audited: 'topup-not-approver',
  },
  {
    what: 'a request of another tenant',
    who: 'seoyeon',
    verb: 'topup.approve',
    data: { ...shown, request: 2 },
    code: 'topup-unknown',
    audited: null,
  },
  {
    what: 'a card of a wish that was changed since',
    who: 'seoyeon',
    verb: 'topup.approve',
    data: { ...shown, revision: 7 },
    code: 'topup-changed',
    audited: null,
  },
  {
    what: 'a request without a number',
    who: 'seoyeon',
    verb: 'topup.approve',
    data: { ...shown, request: 'all' },
    code: 'bad-input',
    audited: null,
  },
  {
    what: 'a verb that does not exist',
    who: 'seoyeon',
    verb: 'topup.approveAll',
    data: shown,
    code: 'unknown-action',
    audited: null,
  },
  {
    what: 'an order that was not approved',
    who: 'seoyeon',
    verb: 'topup.recordPurchase',
    data: { ...shown, orderNumber: 'E1' },
    code: 'topup-not-approved',
    audited: null,
  },
];

const amounts: readonly (readonly [what: string, amount: unknown, code: string])[] = [
  ['an amount below zero', '-5', 'topup-not-positive'],
  ['an amount below zero, as a number', -5, 'topup-not-positive'],
  ['no number', 'NaN', 'amount-not-a-number'],
  ['a number without an end', 'Infinity', 'amount-not-a-number'],
  ['a part of a cent', '5.001', 'amount-too-precise'],
  ['more than may be asked for', '50000.01', 'topup-over-limit'],
];

const texts: readonly (readonly [what: string, text: string, code: string])[] = [
  ['a link', 'see https://pay.example', 'text-has-link'],
  ['a mention', 'ask @marcus', 'text-has-mention'],
  ['HTML', '<b>now</b>', 'text-has-markup'],
  ['what turns the line', 'a\u202eb', 'text-has-hidden'],
  ['what has no width', 'a\u200bb', 'text-has-hidden'],
];

const rows: readonly Row[] = [
  ...approvals,
  ...amounts.map(([what, amount, code]): Row => {
    return { what, who: 'grace', verb: 'topup.submit', data: { ...form, amount }, code, audited: null };
  }),
  {
    what: 'another currency',
    who: 'grace',
    verb: 'topup.submit',
    data: { ...form, currency: 'EUR' },
    code: 'wrong-currency',
    audited: null,
  },
  ...texts.flatMap(([what, text, code]): readonly Row[] => [
    {
      what: `${what} in a reason`,
      who: 'grace',
      verb: 'topup.submit',
      data: { ...form, reason: text },
      code,
      audited: null,
    },
    {
      what: `${what} in a comment`,
      who: 'seoyeon',
      verb: 'topup.reject',
      data: { ...shown, comment: text },
      code,
      audited: null,
    },
  ]),
];

const sentences = { en: new Map(Object.entries(english)), ko: new Map(Object.entries(korean)) };

describe('a tap on a request that comes to nothing', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;
  let chat: BotInTeams;

  beforeEach(async () => {
    topUps = topUpsUnderTest(redis.store);
    chat = await startBotInTeams(product(topUps.ports));
    await topUps.fund('10');
    await topUps.submit('grace', '400');
    // Of another tenant there are two.
    const others = topUpsUnderTest(redis.store, freshTenant());
    await others.submit('grace', '400');
    await others.submit('grace', '4000');
  });
  afterEach(() => chat.stop());

  const tap = async ({ who, verb, data }: Row, locale: string, id = 'f:1'): Promise<string> => {
    const { tenant } = topUps;
    const activity = invoke(verb, {
      id,
      locale,
      from: { id: `29:${who}`, name: cast[who].name, aadObjectId: cast[who].id },
      conversation: { id: `a:${who}`, conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    });
    const { status, body } = await chat.bot.post(from(chat.teams.serviceUrl, activity));
    assert.deepEqual([status, Object(body).type], [200, adaptiveCard]);
    return JSON.stringify(Object(body).value.body);
  };

  for (const row of rows) {
    it(`says why, in one sentence in either language, and changes nothing: ${row.what}`, async () => {
      const before = await topUps.heads();
      const audit = await topUps.audit();
      const said = { en: await tap(row, 'en-US'), ko: await tap(row, 'ko-KR') };
      for (const language of ['en', 'ko'] as const) {
        const sentence = sentences[language].get(`refused.${row.code}.line`) ?? assert.fail('no sentence');
        assert.ok(said[language].includes(sentence), said[language]);
      }
      const after = await topUps.heads();
      for (const head of ['topup:1', 'topups', 'account:USD']) {
        assert.deepEqual(after.get(head), before.get(head));
      }
      const lines = (await topUps.audit()).slice(audit.length);
      assert.deepEqual(
        lines.map(({ type, actor, data: { code, verb } }) => [type, actor, code, verb]),
        row.audited === null ? [] : [['topup.denied', cast[row.who].id, row.audited, row.verb]],
      );
    });
  }

  it('is one line of the audit, though it comes fifty times at once', async () => {
    const [own] = approvals;
    if (own === undefined) return assert.fail('no row');
    const said = await Promise.all(
      Array.from({ length: 50 }, (_, index) => tap(own, 'en-US', `f:${index % 2 === 0 ? 0 : index}`)),
    );
    assert.ok(said.every((text) => text.includes('Nobody approves what they asked for')));
    const denied = (await topUps.audit()).filter(({ type }) => type === 'topup.denied');
    assert.equal(denied.length, 1);
  });
});
