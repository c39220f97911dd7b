import assert from 'node:assert/strict';
import {
  bandOf,
  billingAdministrator,
  defaultPolicy,
  globalAdministrator,
} from '../../src/approvals/policy.ts';
import { policyAsFile, readPolicyFile } from '../../src/approvals/policy-file.ts';
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

describe('a policy in a file', () => {
  const file = policyAsFile(policy);

  it('is read back as it was shown, as the next version', () => {
    const read = readPolicyFile(JSON.parse(JSON.stringify(file)), policy);
    assert.deepEqual(read, { kind: 'policy', policy: { ...policy, version: 2 } });
  });

  it('keeps what it does not tell', () => {
    const read = readPolicyFile({ bands: file.bands.slice(0, 1) }, policy);
    assert.deepEqual(read, {
      kind: 'policy',
      policy: { ...policy, version: 2, bands: policy.bands.slice(0, 1) },
    });
  });

  const [band] = file.bands;
  const wrong: readonly (readonly [sentence: string, told: unknown, fault: RegExp])[] = [
    ['nothing', null, /^the file: /],
    ['no band', { bands: [] }, /^bands: /],
    ['an amount that is none', { bands: [{ ...band, upTo: 'much' }] }, /^bands\.0\.upTo: not an amount/],
    ['no approval', { bands: [{ ...band, approvals: [] }] }, /^bands\.0\.approvals: /],
    [
      'an approval by nobody',
      { bands: [{ ...band, approvals: [{}] }] },
      /an approval that nobody could give/,
    ],
    ['bands that fall', { bands: [...file.bands].reverse() }, /bands that do not rise/],
    ['a role that is none', { ...file, buyers: ['admin'] }, /^buyers\.0: not an id/],
    ['a misspelt word', { ...file, hoursTodecide: 5 }, /hoursTodecide/],
    ['no time to decide', { ...file, hoursToDecide: 0 }, /^hoursToDecide: /],
  ];
  for (const [sentence, told, fault] of wrong) {
    it(`is refused with ${sentence}, and the place is named`, () => {
      const read = readPolicyFile(told, policy);
      assert.match(read.kind === 'faults' ? read.faults.join() : read.kind, fault);
    });
  }
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
