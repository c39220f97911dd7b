import type { RefusedAnswer } from '../../src/answers/answer.ts';
import { currency } from '../../src/money/currency.ts';
import type { Words } from '../words.ts';
import type { Optional } from './balance-figure.ts';
import { questions } from './questions.ts';
import { reconcileForm } from './reconcile-form.ts';
import { refusalLine, refusalNext } from './refusal-text.ts';

/**
 * What failed, what was kept, what to do. Where the refusal says what was typed (`observed`, `reason`) and on which
 * ledger (`currency`, `ledgerVersion`), the form stands below, filled in, to be put right on the spot.
 */
export function refusedView(answer: RefusedAnswer, words: Words) {
  const line = refusalLine(words, answer.code, answer.data);
  return {
    line,
    title: words.say('refused.title', { line }),
    kept: words.say('refused.kept'),
    next: refusalNext(words, answer.code, answer.data),
    form: form(answer, words),
    questions: questions(words, 'question.balance', 'question.help'),
  };
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
