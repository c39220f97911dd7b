import assert from 'node:assert/strict';
import countries from '../../src/language/data/countries.json' with { type: 'json' };
import { understand } from '../../src/language/understand.ts';
import { contextFor } from './context.ts';

function regionIn(text: string): string | undefined {
  const { question } = understand(text, contextFor('en-US'));
  return question.intent === 'rate' ? question.region : undefined;
}

describe('a place', () => {
  for (const [locale, asking] of [
    ['en', 'call rate '],
    ['ko', '통화 요금 '],
  ] as const) {
    it(`is known by the CLDR name of every country in ${locale}`, () => {
      const names = new Intl.DisplayNames(locale, { type: 'region' });
      const regions = Object.keys(countries).filter((region) => region !== '001');
      const missed = regions.filter((region) => regionIn(asking + names.of(region)) !== region);
      assert.deepEqual(missed, []);
    });
  }

  const spoken: readonly (readonly [text: string, region: string, rule: string])[] = [
    ['call price Germny', 'DE', 'is read through one wrong letter'],
    ['call price Switzrlnd', 'CH', 'is read through two wrong letters'],
    ['베를닌 통화 요금', 'DE', 'is read through a wrong Korean letter'],
    ['German mobile rate', 'DE', 'may be an adjective'],
    ['베를린 통화 요금', 'DE', 'may be a city'],
    ['rate for DE', 'DE', 'may be a code in capitals'],
    ['call rate Kosovo', 'XK', 'may lack an ISO code'],
    ['satellite phone call rate', '001', 'may be the global networks'],
  ];
  for (const [text, region, rule] of spoken) {
    it(`${rule}: ${text}`, () => {
      assert.equal(regionIn(text), region);
    });
  }

  for (const text of [
    '통화 요금 할인도 되나요',
    'how much do calls cost us',
    'is IT in charge of call rates',
    '언제 나가나요',
  ]) {
    it(`is not seen in ${text}`, () => {
      assert.equal(regionIn(text), undefined);
    });
  }

  const ambiguous: readonly (readonly [name: string, region: string, alternatives: readonly string[]])[] = [
    ['Georgia', 'GE', ['US']],
    ['조지아', 'GE', ['US']],
    ['Korea', 'KR', ['KP']],
    ['Congo', 'CD', ['CG']],
  ];
  for (const [name, region, alternatives] of ambiguous) {
    it(`keeps its other readings: ${name}`, () => {
      const { question } = understand(`${name} call rate`, contextFor('en-US'));
      assert.deepEqual(question, { intent: 'rate', region, alternatives, destination: name });
    });
  }
});
