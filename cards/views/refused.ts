import type { RefusedAnswer } from '../../src/answers/answer.ts';
import { currency } from '../../src/money/currency.ts';
import { isTextKey, type TextKey, type Words } from '../words.ts';
import type { Optional } from './balance-figure.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';
import { reconcileForm } from './reconcile-form.ts';

/**
 * What failed, what was kept, what to do. Where the refusal says what was typed (`observed`, `reason`) and on which
 * ledger (`currency`, `ledgerVersion`), the form stands below, filled in, to be put right on the spot.
 */
export function refusedView(answer: RefusedAnswer, words: Words) {
  const line = words.say(textOf(answer.code, 'line'));
  return {
    line,
    title: words.say('refused.title', { line }),
    kept: words.say('refused.kept'),
    next: words.say(textOf(answer.code, 'next'), nextValues(answer)),
    form: form(answer, words),
    questions: questions(words, 'question.balance', 'question.help'),
  };
}

function textOf(code: string, part: 'line' | 'next'): TextKey {
  const key = `refused.${code}.${part}`;
  return isTextKey(key) ? key : `refused.other.${part}`;
}

/** A text may name any of these, whatever data the refusal brought. */
function nextValues({ code, data }: RefusedAnswer) {
  return { example: '412.80', decimals: 2, currency: 'USD', ...data, code: plainName(code) };
}

function form({ data }: RefusedAnswer, words: Words): Optional<object> {
  const known = typeof data.currency === 'string' ? currency(data.currency) : null;
  const ledgerVersion = data.ledgerVersion;
  const observed = data.observed;
  if (known === null || typeof ledgerVersion !== 'number' || typeof observed !== 'string') return [];
  return [
    reconcileForm(words, {
      accounts: [{ currency: known, ledgerVersion }],
      opening: ledgerVersion === 0,
      typed: { observed: observed.slice(0, 60), reason: String(data.reason ?? '').slice(0, 500) },
    }),
  ];
}
