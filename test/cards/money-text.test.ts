import assert from 'node:assert/strict';
import { MoneyText } from '../../cards/money-text.ts';
import { currency } from '../../src/money/currency.ts';
import { type Money, money } from '../../src/money/money.ts';

function amount(code: string, microUnits: bigint): Money {
  const of = currency(code);
  assert.ok(of);
  return money(microUnits, of);
}

/** As people type it: Intl puts a no-break space between a code and a number. */
function typed(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('MoneyText', () => {
  const cases: readonly (readonly [
    rule: string,
    locale: string,
    code: string,
    microUnits: bigint,
    text: string,
  ])[] = [
    ['dollars in the United States', 'en-US', 'USD', 1_234_500_000n, '$1,234.50'],
    ['dollars in Korea', 'ko-KR', 'USD', 1_234_500_000n, 'US$1,234.50'],
    ['dollars in Britain', 'en-GB', 'USD', 1_234_500_000n, 'US$1,234.50'],
    ['won has no decimals', 'ko-KR', 'KRW', 1_234_000_000n, '₩1,234'],
    ['won has none in English either', 'en-US', 'KRW', 1_234_000_000n, '₩1,234'],
    ['dinar has three decimals', 'en-US', 'KWD', 1_234_500n, 'KWD 1.235'],
    ['another dollar is never "$" alone', 'en-AU', 'AUD', 12_000_000n, 'AUD 12.00'],
    ['another dollar abroad', 'en-US', 'AUD', 12_000_000n, 'A$12.00'],
    ['below zero', 'en-US', 'USD', -6_420_000n, '-$6.42'],
    ['half a cent is rounded away from zero', 'en-US', 'USD', 5_000n, '$0.01'],
    ['nothing has no sign, even a little below', 'en-US', 'USD', -1n, '$0.00'],
    ['all digits of the largest sums', 'en-US', 'KRW', 999_999_999_999_999_000_000n, '₩999,999,999,999,999'],
  ];
  for (const [rule, locale, code, microUnits, text] of cases) {
    it(`${rule}: ${text}`, () => {
      assert.equal(typed(new MoneyText(locale).plain(amount(code, microUnits))), text);
    });
  }

  it('adds the ISO code, but not twice', () => {
    const english = new MoneyText('en-US');
    assert.equal(english.withCode(amount('USD', 412_800_000n)), '$412.80 USD');
    assert.equal(typed(english.withCode(amount('CHF', 12_000_000n))), 'CHF 12.00');
  });

  it('leaves the sign out where words tell the direction', () => {
    assert.equal(new MoneyText('en-US').size(amount('USD', -7_800_000n)), '$7.80');
  });

  it('rounds in words for a line without room', () => {
    const huge = amount('USD', -1_234_567_890_000_000_000n);
    assert.equal(new MoneyText('en-US').roundedWithCode(huge), '-1.2 trillion USD');
  });
});
