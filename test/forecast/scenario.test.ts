import assert from 'node:assert/strict';
import { addDays } from '../../src/decision/time.ts';
import { forecast } from '../../src/forecast/forecast.ts';
import { type Scenario, scenarioRefusal } from '../../src/forecast/scenario.ts';
import { firstDay, questionOf } from './series-of.ts';

const always = { from: null, until: null };
const day = (index: number) => addDays(firstDay, 60 + index);
const constant = Array.from({ length: 60 }, () => 10);

function zero(scenario: Scenario) {
  const result = forecast(questionOf(constant, 200, { scenario }));
  assert.equal(result.kind, 'outlook');
  return result.zero.p50;
}

describe('a scenario', () => {
  const cases: readonly (readonly [sentence: string, scenario: Scenario, lastDay: number | null])[] = [
    ['changes nothing by a factor of one', { factor: 1, ...always }, 19],
    ['halves the runway where usage doubles', { factor: 2, ...always }, 9],
    ['has no end where usage stops', { factor: 0, ...always }, null],
    ['holds from its first day', { factor: 2, from: day(10), until: null }, 14],
    ['holds to its last day', { factor: 0, from: day(0), until: day(4) }, 24],
  ];
  for (const [sentence, scenario, lastDay] of cases)
    it(sentence, () => {
      assert.equal(zero(scenario), lastDay === null ? null : day(lastDay));
    });

  it('refuses a factor that is no factor, before an end that precedes its start', () => {
    const backwards = { from: day(2), until: day(1) };
    for (const factor of [-0.1, 100.1, Number.NaN])
      assert.equal(scenarioRefusal({ factor, ...backwards })?.code, 'scenario-factor-out-of-range');
    assert.equal(scenarioRefusal({ factor: 2, ...backwards })?.code, 'scenario-ends-before-it-starts');
    assert.equal(scenarioRefusal({ factor: 100, from: day(1), until: day(1) }), null);
    assert.equal(scenarioRefusal({ factor: 0, ...always }), null);
  });
});
