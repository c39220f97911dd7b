import assert from 'node:assert/strict';
import { settleParticles } from '../../cards/particles.ts';

describe('settleParticles', () => {
  const cases: readonly (readonly [reason: string, written: string, settled: string])[] = [
    ['a syllable without a final consonant', '잔액과 지출[을/를]', '잔액과 지출을'],
    ['a syllable without a final consonant, as topic', '통화[은/는]', '통화는'],
    ['a final consonant, as topic', '잔액[은/는]', '잔액은'],
    ['a final consonant, as subject', '승인[이/가]', '승인이'],
    ['a final ㄹ takes 로', '메일[으로/로]', '메일로'],
    ['another final consonant takes 으로', '역할 목록[으로/로]', '역할 목록으로'],
    ['a final ㄹ is a consonant otherwise', '메일[을/를]', '메일을'],
    ['joining after a vowel', '관리자[과/와] 팀', '관리자와 팀'],
    ['joining after a consonant', '잔액[과/와] 지출', '잔액과 지출'],
    ['dollars are read after the number', 'US$412.80[이/가]', 'US$412.80가'],
    ['dollars of other countries too', 'AU$10[은/는]', 'AU$10는'],
    ['won ends in ㄴ', '₩1,234[이/가]', '₩1,234이'],
    ['yen ends in ㄴ', 'JP¥500[을/를]', 'JP¥500을'],
    ['euro ends in a vowel', '€3.50[을/를]', '€3.50를'],
    ['pounds end in a vowel', '£3[으로/로]', '£3로'],
    ['below zero is read alike', '-US$6.42[이/가]', '-US$6.42가'],
    ['a currency written by its code is read by its name', 'CHF 12.00[이/가]', 'CHF 12.00이'],
    ['a currency code after the amount is read by its letters', 'US$5.00 USD[은/는]', 'US$5.00 USD는'],
    ['percent ends in a vowel', '0.4%[이었/였]습니다', '0.4%였습니다'],
    ['a sum in won was', '₩500[이었/였]습니다', '₩500이었습니다'],
    ['one, 일, ends in ㄹ', '1[으로/로]', '1로'],
    ['two, 이', '2[이/가]', '2가'],
    ['three, 삼', '3[이/가]', '3이'],
    ['six, 육', '16[은/는]', '16은'],
    ['nine, 구', '9[을/를]', '9를'],
    ['zero, 영', '0[을/를]', '0을'],
    ['ten, 십', '10[이/가]', '10이'],
    ['a hundred, 백', '300[이/가]', '300이'],
    ['a thousand, 천', '2,000[은/는]', '2,000은'],
    ['ten thousand, 만', '50,000[을/를]', '50,000을'],
    ['a million millions, 조', '1,000,000,000,000[을/를]', '1,000,000,000,000를'],
    ['decimals are read digit by digit', '1.5[이/가]', '1.5가'],
    ['letters are read by name: L is 엘', 'SQL[으로/로]', 'SQL로'],
    ['letters are read by name: N is 엔', 'VPN[이/가]', 'VPN이'],
    ['letters are read by name: S is 에스', 'SMS[을/를]', 'SMS를'],
    ['a word in Latin letters: Teams', 'Teams[은/는]', 'Teams는'],
    ['a word in Latin letters: Google is 구글', 'Google[으로/로]', 'Google로'],
    ['a word in Latin letters: Kim', 'Jiwoo Kim[이/가]', 'Jiwoo Kim이'],
    ['what stands in brackets is passed over', '통화(12통)[을/를]', '통화(12통)를'],
    ['what is quoted counts with its last sound', '“잔액”[을/를]', '“잔액”을'],
    ['several in one sentence', '잔액[은/는] 요금[과/와] 다릅니다', '잔액은 요금과 다릅니다'],
    ['text without particles stays as it is', '[링크](주소) 안내', '[링크](주소) 안내'],
  ];
  for (const [reason, written, settled] of cases) {
    it(`${reason}: ${settled}`, () => {
      assert.equal(settleParticles(written), settled);
    });
  }
});
