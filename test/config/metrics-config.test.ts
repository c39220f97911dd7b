import assert from 'node:assert/strict';
import { type MetricsSettings, metricsSettings } from '../../src/config/metrics-config.ts';

describe('who may read the metrics', () => {
  const token = 'a-token-of-some-length';
  const cases: readonly (readonly [
    METRICS: 'on' | 'off' | undefined,
    METRICS_TOKEN: string | null,
    isProduction: boolean,
    settings: MetricsSettings | null,
  ])[] = [
    [undefined, null, false, { token: null }],
    [undefined, null, true, null],
    [undefined, token, true, { token }],
    [undefined, token, false, { token }],
    ['on', null, true, { token: null }],
    ['on', token, true, { token }],
    ['off', token, true, null],
    ['off', null, false, null],
  ];
  for (const [METRICS, METRICS_TOKEN, isProduction, settings] of cases) {
    const set = `METRICS=${METRICS ?? ''} ${METRICS_TOKEN === null ? 'without' : 'with'} a token`;
    it(`${isProduction ? 'in production' : 'in the sandbox'}, ${set}`, () => {
      assert.deepEqual(metricsSettings({ METRICS, METRICS_TOKEN }, { isProduction }), settings);
    });
  }
});
