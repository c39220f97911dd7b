import assert from 'node:assert/strict';
import {
  bandOf,
  billingAdministrator,
  defaultPolicy,
  globalAdministrator,
} from '../../src/approvals/policy.ts';
import { readPolicy, storePolicy } from '../../src/approvals/stored-top-up.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { policy } from './builders.ts';

const either = [billingAdministrator, globalAdministrator];
const billing = [billingAdministrator];

describe('the policy that holds by default', () => {
  const cases: readonly (readonly [amount: string, expected: string | readonly (readonly string[])[]])[] = [
    ['0', 'topup-not-positive'],
    ['0.01', [either]],
    ['200', [either]],
    ['200.01', [billing]],
    ['2000', [billing]],
    ['2000.01', [billing, either]],
    ['50000', [billing, either]],
    ['50000.01', 'topup-over-limit'],
  ];
  for (const [amount, expected] of cases) {
    it(`asks for ${JSON.stringify(expected)} at ${amount}`, () => {
      const found = bandOf(policy, moneyOf(amount));
      const told = found.kind === 'band' ? found.band.seats.map(({ roles }) => roles) : found.refusal.code;
      assert.deepEqual(told, expected);
    });
  }

  it('has limits of like worth in won and yen', () => {
    const first = (of: string) => defaultPolicy(currencyOf(of)).bands[0]?.upTo;
    assert.equal(first('KRW'), 200_000_000_000n);
    assert.equal(first('JPY'), 20_000_000_000n);
    assert.equal(first('EUR'), 200_000_000n);
  });

  it('is read back as it was stored', () => {
    assert.deepEqual(readPolicy(JSON.parse(JSON.stringify(storePolicy(policy)))), policy);
  });
});

describe('a policy that no request could meet', () => {
  const wrong = [
    { ...policy, bands: [] },
    { ...policy, bands: [{ upTo: 1n, seats: [] }] },
    { ...policy, bands: [...policy.bands].reverse() },
    { ...policy, bands: [{ upTo: 1n, seats: Array(6).fill({ roles: either, people: [] }) }] },
  ];
  for (const [index, told] of wrong.entries()) {
    it(`is not read (${index})`, () => assert.throws(() => readPolicy(storePolicy(told))));
  }
});
