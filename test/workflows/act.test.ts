import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Answer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { act, verbs } from '../../src/workflows/act.ts';
import { DirectoryUnavailable, type Ports } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';
import { tenantUnderTest } from './tenant-under-test.ts';

/** Nobody's incident is there; what each verb does to one that is, the tests of incidents say. */
const unknownIncident = {
  data: { episode: 'balance-low-usd-1' },
  personal: 'refused',
  shared: 'personal-only',
  changes: false,
} as const;

/** What each verb carries, and what it comes to for those who may; every verb of the product has a row here. */
const matrix: Readonly<
  Record<
    (typeof verbs)[number],
    {
      readonly data: object;
      readonly personal: Answer['kind'];
      /** The code of the refusal where others read along. */
      readonly shared: string;
      /** False where the verb only shows, or changes nothing of the tenant's. */
      readonly changes: boolean;
    }
  >
> = {
  'balance.reconcile': {
    data: { observed: '412.80', currency: 'USD', ledgerVersion: 0 },
    personal: 'balance-reconciled',
    shared: 'personal-only',
    changes: true,
  },
  'balance.recordRecharge': {
    // No check is known yet; what it books for those who may is told below.
    data: { check: 'f'.repeat(32) },
    personal: 'refused',
    shared: 'personal-only',
    changes: false,
  },
  'history.older': {
    data: { currency: 'USD', from: 10 },
    personal: 'no-account',
    shared: 'personal-only',
    changes: false,
  },
  'alert.acknowledge': unknownIncident,
  'alert.take': unknownIncident,
  'alert.mute': {
    ...unknownIncident,
    data: { episode: 'balance-low-usd-1', reason: 'ordered', duration: '24' },
  },
  'alert.resolve': unknownIncident,
  'alert.rechargeConfirmed': unknownIncident,
  'alert.rechargeFailed': unknownIncident,
  'alert.view': unknownIncident,
  'preferences.open': { data: {}, personal: 'preferences', shared: 'personal-only', changes: false },
  'preferences.save': {
    data: { language: 'ko', quiet: 'own', from: '22:00', to: '07:00', info: 'false', warning: 'true' },
    personal: 'preferences',
    shared: 'personal-only',
    // What a person chooses is no fact of the tenant.
    changes: false,
  },
  'settings.open': { data: {}, personal: 'alert-settings', shared: 'personal-only', changes: false },
  'settings.save': {
    data: {
      levels: '5 days, USD 1,500',
      critical: '60',
      warning: 'off',
      quiet: 'own',
      from: '22:00',
      to: '07:00',
    },
    personal: 'alert-settings',
    shared: 'personal-only',
    changes: true,
  },
  // Nobody has changed anything yet.
  'settings.undo': { data: {}, personal: 'refused', shared: 'personal-only', changes: false },
  'approvals.older': { data: { below: 10 }, personal: 'approvals', shared: 'personal-only', changes: false },
  'topup.open': { data: { amount: '500' }, personal: 'topup-form', shared: 'personal-only', changes: false },
  'topup.submit': {
    data: { form: 'a form', amount: '500', currency: 'USD' },
    personal: 'topup',
    shared: 'personal-only',
    changes: true,
  },
  'topup.delegate': { data: {}, personal: 'delegations', shared: 'personal-only', changes: false },
  // The tenant has no request yet; what each role may do with one is in the matrix of requests.
  'topup.view': unknownRequest({}),
  'topup.approve': unknownRequest({ revision: 1, version: 1 }),
  'topup.reject': unknownRequest({ revision: 1, version: 1, comment: 'no' }),
  'topup.cancel': unknownRequest({ revision: 1, version: 1 }),
  'topup.override': unknownRequest({ revision: 1, version: 1 }),
  'topup.recordPurchase': unknownRequest({ version: 1, orderNumber: 'E1' }),
  'topup.purchaseFailed': unknownRequest({ revision: 1, version: 1 }),
};

function unknownRequest(data: object) {
  return {
    data: { request: 42, ...data },
    personal: 'refused',
    shared: 'personal-only',
    changes: false,
  } as const;
}

describe('act', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let ports: Ports;

  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
    ports = portsOf(redis.store, graph);
  });
  afterEach(() => graph.stop());

  const tapOf = (verb: string, data: unknown = {}, messageId = 'message') => ({ verb, data, messageId });

  it('has a row of the matrix for every verb', () => {
    assert.deepEqual(Object.keys(matrix).sort(), [...verbs].sort());
  });

  it('has every verb that a card carries', () => {
    const folder = new URL('../../cards/', import.meta.url);
    const carried = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:json|ts)$/.test(name) && !name.startsWith('samples'))
      .flatMap((name) => [
        ...readFileSync(new URL(name, folder), 'utf8').matchAll(/\bverb['"]?: ?['"]([^'"$]+)['"]/g),
      ]);
    // A tapped question is a question, and changes nothing.
    assert.deepEqual([...new Set(carried.map(([, verb]) => verb))].sort(), [...verbs, 'question.ask'].sort());
  });

  for (const verb of verbs) {
    const row = matrix[verb];
    for (const person of sandboxPeople) {
      const kind = `${person.displayName} (${person.via ?? 'direct'}, ${person.roles.length} roles)`;
      for (const scope of ['personal', 'shared'] as const) {
        it(`${verb} by ${kind} in a ${scope} chat`, async () => {
          const answer = await act(ports, tapOf(verb, row.data), askerOf(person, { tenant, scope }));
          if (!mayAsk(person)) assert.equal(answer.kind, 'not-eligible');
          else if (scope === 'personal') assert.equal(answer.kind, row.personal);
          else assert.equal(answer.kind === 'refused' && answer.code, row.shared);
          const done = row.changes && mayAsk(person) && scope === 'personal';
          assert.equal(await redis.store.knowsTenant(tenant), done, 'only who may changes anything');
        });
      }
    }

    it(`${verb} by somebody whose role was taken away a moment ago`, async () => {
      const asker = askerOf(administratorPerson, { tenant });
      assert.equal((await act(ports, tapOf(verb, row.data), asker)).kind, row.personal);
      graph.setRoles(administratorPerson.id, []);
      const answer = await act(ports, tapOf(verb, row.data, 'later'), asker);
      assert.deepEqual(answer, { kind: 'not-eligible', reason: 'no-role' });
    });

    it(`${verb} by somebody whom the channel does not name`, async () => {
      const asker = { ...askerOf(administratorPerson, { tenant }), person: null };
      const answer = await act(ports, tapOf(verb, row.data), asker);
      assert.deepEqual(answer, { kind: 'not-eligible', reason: 'unknown-person' });
    });

    it(`${verb} by somebody of a tenant that let nobody in`, async () => {
      const asker = askerOf(administratorPerson, { tenant: freshTenant() });
      await assert.rejects(act(ports, tapOf(verb, row.data), asker), DirectoryUnavailable);
      assert.equal(await redis.store.knowsTenant(asker.tenant), false);
    });

    it(`${verb} while the directory is away: nobody's rights are known, so nothing is done`, async () => {
      await graph.stop();
      const asker = askerOf(administratorPerson, { tenant });
      await assert.rejects(act(ports, tapOf(verb, row.data), asker), DirectoryUnavailable);
      assert.equal(await redis.store.knowsTenant(tenant), false);
    });
  }

  it('takes who acts from the channel and never from the card', async () => {
    const [nobody] = sandboxPeople.filter((person) => !mayAsk(person));
    const forged = {
      ...matrix['balance.reconcile'].data,
      person: administratorPerson.id,
      aadObjectId: administratorPerson.id,
      tenant,
      roles: administratorPerson.roles,
    };
    const answer = await act(
      ports,
      tapOf('balance.reconcile', forged),
      askerOf(nobody ?? assert.fail('everybody may'), { tenant }),
    );
    assert.equal(answer.kind, 'not-eligible');
  });

  it('refuses a verb that no card carries', async () => {
    for (const verb of ['', 'balance.Reconcile', 'topup.pay', '__proto__', 'constructor']) {
      const answer = await act(ports, tapOf(verb), askerOf(administratorPerson, { tenant }));
      assert.deepEqual(answer, { kind: 'refused', code: 'unknown-action', data: {} }, verb);
    }
  });

  const inputs: readonly (readonly [sentence: string, data: unknown, code: string])[] = [
    ['nothing at all', null, 'bad-input'],
    ['text in place of inputs', 'observed', 'bad-input'],
    ['a list', [], 'bad-input'],
    ['no figure', { currency: 'USD' }, 'bad-input'],
    ['no currency', { observed: '5' }, 'bad-input'],
    ['a currency that is none', { observed: '5', currency: 'XX$' }, 'unknown-currency'],
    ['a version below zero', { observed: '5', currency: 'USD', ledgerVersion: -1 }, 'bad-input'],
    ['a version that is a fraction', { observed: '5', currency: 'USD', ledgerVersion: 1.5 }, 'bad-input'],
    [
      'a reason longer than a reason',
      { observed: '5', currency: 'USD', reason: 'x'.repeat(501) },
      'reason-too-long',
    ],
    [
      'a reason as long as a book',
      { observed: '5', currency: 'USD', reason: 'x'.repeat(10_001) },
      'bad-input',
    ],
    ['a figure as long as a book', { observed: '5'.repeat(101), currency: 'USD' }, 'bad-input'],
  ];
  for (const [sentence, data, code] of inputs) {
    it(`refuses ${sentence} and changes nothing`, async () => {
      const answer = await act(
        ports,
        tapOf('balance.reconcile', data),
        askerOf(administratorPerson, { tenant }),
      );
      assert.equal(answer.kind === 'refused' && answer.code, code);
      assert.equal(await redis.store.knowsTenant(tenant), false);
    });
  }

  for (const observed of ['1e309', 'NaN', '-5', '12.3456789', '', '   ', 'Infinity', '0x10', '١٢', '5,5,5']) {
    it(`refuses the figure ${JSON.stringify(observed)} and changes nothing`, async () => {
      const data = { observed, currency: 'USD' };
      const asker = askerOf(administratorPerson, { tenant });
      const answer = await act(ports, tapOf('balance.reconcile', data), asker);
      assert.equal(answer.kind, 'refused');
      assert.notEqual(
        answer.kind === 'refused' && answer.code,
        'bad-input',
        'the refusal is about the amount',
      );
      assert.equal(await redis.store.knowsTenant(tenant), false);
    });
  }

  it('takes a figure that came back as a number, exactly', async () => {
    const answer = await act(
      ports,
      tapOf('balance.reconcile', { observed: 412.8, currency: 'USD' }),
      askerOf(administratorPerson, { tenant }),
    );
    assert.equal(answer.kind === 'balance-reconciled' && answer.observed.microUnits, 412_800_000n);
  });

  describe('an invoke that Teams repeats', () => {
    const data = { observed: '412.80', currency: 'USD', ledgerVersion: 7 };

    it('is answered as the first was, and posts nothing', async () => {
      const asker = askerOf(administratorPerson, { tenant });
      const answers = await Promise.all(
        [1, 2, 3].map(() => act(ports, tapOf('balance.reconcile', data), asker)),
      );
      const repeated = answers.map((answer) => answer.kind === 'balance-reconciled' && answer.repeated);
      assert.deepEqual(repeated.sort(), [false, true, true]);
      assert.equal((await tenantUnderTest(redis.store, tenant).verify()).entries, 1);
    });

    it('is another check on another card, by another person, or on a later ledger', async () => {
      const asker = askerOf(administratorPerson, { tenant });
      const other = sandboxPeople.find((person) => mayAsk(person) && person.id !== administratorPerson.id);
      const answers = [
        await act(ports, tapOf('balance.reconcile', data), asker),
        await act(ports, tapOf('balance.reconcile', data, 'another card'), asker),
        await act(
          ports,
          tapOf('balance.reconcile', data),
          askerOf(other ?? assert.fail('alone'), { tenant }),
        ),
        await act(ports, tapOf('balance.reconcile', { ...data, ledgerVersion: 8 }), asker),
      ];
      assert.deepEqual(
        answers.map((answer) => answer.kind === 'balance-reconciled' && answer.repeated),
        [false, false, false, false],
      );
    });

    it('is refused where the same tap carries another reason', async () => {
      const asker = askerOf(administratorPerson, { tenant });
      await act(ports, tapOf('balance.reconcile', data), asker);
      const answer = await act(ports, tapOf('balance.reconcile', { ...data, reason: 'other' }), asker);
      assert.equal(answer.kind === 'refused' && answer.code, 'idempotency-key-reused');
    });
  });
});
