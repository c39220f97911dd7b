/** How the last syllable ends, which is all that a particle asks about. */
type Ending = 'vowel' | 'rieul' | 'consonant';

/**
 * Settles the particles of a Korean sentence, which are written `[은/는]`, `[이/가]`, `[을/를]`, `[과/와]`, `[으로/로]`, `[이었/였]`
 * after a value that is known only now: by the sound with which that value ends when it is read aloud.
 */
export function settleParticles(sentence: string): string {
  return sentence.replace(
    /\[(은|이|을|과|으로|이었)\/(는|가|를|와|로|였)\]/gu,
    (_pair, afterConsonant: string, afterVowel: string, position: number) => {
      const ending = endingOf(sentence.slice(0, position));
      const soft = ending === 'vowel' || (ending === 'rieul' && afterVowel === '로');
      return soft ? afterVowel : afterConsonant;
    },
  );
}

function endingOf(text: string): Ending {
  // What stands in brackets or quotes is passed over: the particle belongs to the word before it.
  const spoken = text.replace(/\s*\([^()]*\)$/u, '').replace(/["'’”」』\s]+$/u, '');
  const amount = /(?<unit>[^\s\d,.()-]*)\s?-?(?<number>\d[\d,]*(?:\.\d+)?)(?<percent>\s?%)?$/u.exec(
    spoken,
  )?.groups;
  if (amount?.percent) return 'vowel';
  if (amount?.number !== undefined) return currencyEnding(amount.unit ?? '') ?? numberEnding(amount.number);

  const last = spoken.at(-1) ?? '';
  if (/[가-힣]/u.test(last)) return syllableEnding(last);
  return latinEnding(/[A-Za-z]+$/u.exec(spoken)?.[0] ?? '');
}

/** A Hangul syllable's code tells its final consonant: 0 is none, 8 is ㄹ. */
function syllableEnding(syllable: string): Ending {
  const final = ((syllable.codePointAt(0) ?? 0) - 0xac00) % 28;
  if (final === 0) return 'vowel';
  return final === 8 ? 'rieul' : 'consonant';
}

/** "US$50" is read "50 달러": the currency's name comes last. Null where the unit is no currency. */
function currencyEnding(unit: string): Ending | null {
  if (unit.endsWith('$')) return 'vowel';
  const name = { '₩': '원', '€': '유로', '£': '파운드', '¥': '엔', 'JP¥': '엔', 'CN¥': '위안', '₹': '루피' }[
    unit
  ];
  if (name !== undefined) return syllableEnding(name.at(-1) ?? '');
  if (!/^[A-Z]{3}$/u.test(unit)) return null;
  const known = new Intl.DisplayNames('ko', { type: 'currency' }).of(unit) ?? unit;
  return endingOf(known);
}

const digitNames = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];

/** Round numbers end in the name of their power of ten; others, and decimals, in their last digit. */
function numberEnding(number: string): Ending {
  const digits = number.replaceAll(',', '');
  const zeros = /0*$/u.exec(digits)?.[0].length ?? 0;
  if (digits.includes('.') || zeros === 0 || zeros === digits.length) {
    return syllableEnding(digitNames[Number(digits.at(-1))] ?? '영');
  }
  return syllableEnding(powerOfTenName(zeros));
}

function powerOfTenName(zeros: number): string {
  if (zeros < 4) return ['', '십', '백', '천'][zeros] ?? '';
  if (zeros < 8) return '만';
  if (zeros < 12) return '억';
  return zeros < 16 ? '조' : '경';
}

/** Capitals are read letter by letter; of other words the spelling tells enough. */
function latinEnding(word: string): Ending {
  if (/^[A-Z]+$/u.test(word)) {
    if (/[LR]$/u.test(word)) return 'rieul';
    return /[MN]$/u.test(word) ? 'consonant' : 'vowel';
  }
  if (/(?:l|le)$/iu.test(word)) return 'rieul';
  return /(?:m|n|ng|ck|p|b)$/iu.test(word) ? 'consonant' : 'vowel';
}
