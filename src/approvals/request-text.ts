import type { Refusal } from '../decision/decider.ts';

/** Why a text that a person typed was not taken. */
export interface TextRefused extends Refusal {
  readonly code:
    | 'text-too-long'
    | 'text-has-hidden'
    | 'text-has-markup'
    | 'text-has-link'
    | 'text-has-mention'
    | 'text-has-card-number'
    | 'order-number-unreadable';
}

type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: TextRefused };

/** In characters as people count them, not in UTF-16 units. */
export const longestText = 500;
const longestOrderNumber = 64;

/** Turns the line, hides itself or joins nothing: what stands on the card would not be what was typed. */
const hidden =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
const markup = /<\s*[a-z/!?]|&(?:[a-z]+|#\w+);|!?\[[^\]]*\]\s*\(/iu;
const link =
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/|\b(?:javascript|data|mailto|tel):|\bwww\.|\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|io|co|me|dev|app|link|xyz|top|kr|ru|cn|de|uk|jp|eu|us)\b/iu;
const mention = /(?:^|[^\p{L}\p{N}])[@＠][\p{L}\p{N}_]|[\p{L}\p{N}._-]+[@＠][\p{L}\p{N}-]+\.\p{L}/u;

/**
 * A reason or comment as it goes on everybody's card: one line of plain words. White space and control characters
 * become single spaces. Refuses, in this order, hidden characters, what is too long, markup, links, mentions, and what
 * looks like the number of a card.
 */
export function readText(typed: string): ReadText {
  if (hidden.test(typed)) return refuse('text-has-hidden');
  const text = typed
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if ([...text].length > longestText) return refuse('text-too-long', { limit: longestText });
  // What looks like a letter or a sign of Latin is read as one, so that ｗｗｗ is no way around.
  const plain = text.normalize('NFKC');
  if (markup.test(plain)) return refuse('text-has-markup');
  if (mention.test(plain)) return refuse('text-has-mention');
  if (link.test(plain)) return refuse('text-has-link');
  if (hasCardNumber(plain)) return refuse('text-has-card-number');
  return { kind: 'text', text };
}

/** The number of an order as the admin centre shows it, in one spelling: capitals, without spaces. */
export function readOrderNumber(typed: string): ReadText {
  const text = typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  if (hasCardNumber(text)) return refuse('text-has-card-number');
  const isReadable = text.length <= longestOrderNumber && /^[A-Z0-9](?:[A-Z0-9._/#-]*[A-Z0-9])?$/.test(text);
  return isReadable ? { kind: 'text', text } : refuse('order-number-unreadable');
}

const digitGroups = /\d+(?:[ ._/·–-]{1,2}\d+)*/gu;

/**
 * Whether a text holds what could be the number of a payment card: 13 to 19 digits from 2 to 6 on that pass the Luhn
 * check, together or in groups. None is ever to be stored.
 */
export function hasCardNumber(text: string): boolean {
  return (text.normalize('NFKC').match(digitGroups) ?? []).some((run) => {
    const groups = run.split(/\D+/u);
    return groups.some((_, first) =>
      groups.some((__, last) => last >= first && isCardNumber(groups.slice(first, last + 1).join(''))),
    );
  });
}

function isCardNumber(digits: string): boolean {
  return /^[2-6]\d{12,18}$/.test(digits) && luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

function refuse(code: TextRefused['code'], data?: TextRefused['data']): ReadText {
  return { kind: 'refused', refusal: data === undefined ? { code } : { code, data } };
}
