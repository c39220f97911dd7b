import assert from 'node:assert/strict';
import { understand } from '../../src/language/understand.ts';
import { contextFor } from './context.ts';

describe('a question about approvals', () => {
  const cases: readonly (readonly [text: string, request: number | undefined, period?: string])[] = [
    ['what happened to request 42?', 42],
    ['what happened to Request #7', 7],
    ['show approval number 12', 12],
    ['요청 42번은 어떻게 됐어?', 42],
    ['요청 3 승인 내역 보여줘', 3],
    ['who approved in March?', undefined, '2026-03'],
    ['3월에 누가 승인했어?', undefined, '2026-03'],
    ['who approved last month', undefined, 'last_month'],
    ['show the approvals', undefined],
  ];
  for (const [text, request, period] of cases) {
    it(`names ${request ?? period ?? 'nothing'}: "${text}"`, () => {
      const understood = understand(text, contextFor('en-US'));
      assert.deepEqual(understood.question, { intent: 'approvals' });
      assert.deepEqual([understood.request, understood.period], [request, period]);
    });
  }

  it('is not read from an amount that somebody wants to add', () => {
    assert.equal(understand('top up 500', contextFor('en-US')).request, undefined);
  });
});
