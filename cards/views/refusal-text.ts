import { isTextKey, type TextKey, type Words } from '../words.ts';
import { plainName } from './plain-name.ts';

type Data = Readonly<Record<string, string | number>>;

/** What failed, in one line; a code that is not known has a line of its own. */
export function refusalLine(words: Words, code: string, data: Data = {}): string {
  return words.say(textOf(code, 'line'), values(code, data));
}

/** What to do about it. */
export function refusalNext(words: Words, code: string, data: Data = {}): string {
  return words.say(textOf(code, 'next'), values(code, data));
}

function textOf(code: string, part: 'line' | 'next'): TextKey {
  const key = `refused.${code}.${part}`;
  return isTextKey(key) ? key : `refused.other.${part}`;
}

/** A text may name any of these, whatever data the refusal brought. */
function values(code: string, data: Data): Data {
  const usual = {
    example: '412.80',
    decimals: 2,
    currency: 'USD',
    limit: 0,
    number: 0,
    days: 0,
    orderNumber: '',
  };
  return { ...usual, ...data, code: plainName(code) };
}
