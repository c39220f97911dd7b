import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasCardNumber, readOrderNumber, readText } from '../../src/approvals/request-text.ts';

function read(typed: string): string {
  const result = readText(typed);
  return result.kind === 'text' ? result.text : result.refusal.code;
}

describe('a reason', () => {
  const taken: readonly (readonly [typed: string, text: string])[] = [
    ['Campaign in December', 'Campaign in December'],
    ['  two\n lines\tand   spaces ', 'two lines and spaces'],
    ['12월 캠페인 때문입니다.', '12월 캠페인 때문입니다.'],
    ['we need 3 < 5 and 7 > 2', 'we need 3 < 5 and 7 > 2'],
    ['R&D calls, 50 % more; see order 1234567890', 'R&D calls, 50 % more; see order 1234567890'],
    ['at 10:30 (Nov. 24)', 'at 10:30 (Nov. 24)'],
    ['', ''],
    ['x'.repeat(500), 'x'.repeat(500)],
    ['😀'.repeat(500), '😀'.repeat(500)],
  ];
  for (const [typed, text] of taken) {
    it(`is taken: ${JSON.stringify(typed.slice(0, 40))}`, () => assert.equal(read(typed), text));
  }

  const refused: readonly (readonly [typed: string, code: string])[] = [
    ['x'.repeat(501), 'text-too-long'],
    ['pay \u202eevil\u202c', 'text-has-hidden'],
    ['a\u200bb', 'text-has-hidden'],
    ['a\u2066b', 'text-has-hidden'],
    ['\ufeffstart', 'text-has-hidden'],
    ['tag \u{e0041}', 'text-has-hidden'],
    ['<b>bold</b>', 'text-has-markup'],
    ['<at>Grace</at>', 'text-has-markup'],
    ['< script>', 'text-has-markup'],
    ['&lt;b&gt;', 'text-has-markup'],
    ['[click](elsewhere)', 'text-has-markup'],
    ['＜ｂ＞', 'text-has-markup'],
    ['see https://pay.example', 'text-has-link'],
    ['see www.pay.example', 'text-has-link'],
    ['go to pay.example.com now', 'text-has-link'],
    ['javascript:alert(1)', 'text-has-link'],
    ['ｗｗｗ．pay', 'text-has-link'],
    ['ask @grace', 'text-has-mention'],
    ['@all please', 'text-has-mention'],
    ['write to grace@harborline.example', 'text-has-mention'],
    ['card 4111 1111 1111 1111', 'text-has-card-number'],
    ['４１１１１１１１１１１１１１１１', 'text-has-card-number'],
  ];
  for (const [typed, code] of refused) {
    it(`is refused with ${code}: ${JSON.stringify(typed.slice(0, 40))}`, () =>
      assert.equal(read(typed), code));
  }

  it('never lets through what turns the line, hides or marks up', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const result = readText(typed);
        if (result.kind === 'text')
          assert.doesNotMatch(result.text, /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\n]|<[a-z]/i);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a card number', () => {
  const cases: readonly (readonly [text: string, found: boolean])[] = [
    ['4111111111111111', true],
    ['4111-1111-1111-1111', true],
    ['4111.1111.1111.1111', true],
    ['5555 5555 5555 4444', true],
    ['378282246310005', true],
    ['order 12 4111 1111 1111 1111 today', true],
    ['4111111111111112', false],
    ['2026-11-24 10:30', false],
    ['+82 2 1234 5678', false],
    ['E0100ABC', false],
    ['1234567890123', false],
  ];
  for (const [text, found] of cases) {
    it(`${found ? 'is seen' : 'is not seen'} in ${text}`, () => assert.equal(hasCardNumber(text), found));
  }
});

describe('an order number', () => {
  const cases: readonly (readonly [typed: string, expected: string])[] = [
    [' e0100abc ', 'E0100ABC'],
    ['PO-2026/11#7', 'PO-2026/11#7'],
    ['12 34 56', '123456'],
    ['', 'order-number-unreadable'],
    ['=cmd()', 'order-number-unreadable'],
    ['-1', 'order-number-unreadable'],
    ['x'.repeat(65), 'order-number-unreadable'],
    ['a\u202eb', 'order-number-unreadable'],
    ['4111 1111 1111 1111', 'text-has-card-number'],
  ];
  for (const [typed, expected] of cases) {
    it(`${JSON.stringify(typed.slice(0, 20))} is ${expected}`, () => {
      const result = readOrderNumber(typed);
      assert.equal(result.kind === 'text' ? result.text : result.refusal.code, expected);
    });
  }
});
