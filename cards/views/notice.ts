import type {
  GreetingAnswer,
  LanguageAnswer,
  NotEligibleAnswer,
  UnavailableAnswer,
} from '../../src/answers/answer.ts';
import type { DelegationAnswer } from '../../src/answers/delegation.ts';
import type { NoRatesAnswer } from '../../src/answers/rate.ts';
import type { Words } from '../words.ts';
import { fitting } from './fitting.ts';
import { plainName } from './plain-name.ts';
import { type QuestionView, questions } from './questions.ts';

/** The data of `notice.json`, the frame of all answers that are a few sentences and some questions to tap. */
interface NoticeView {
  readonly line: string;
  readonly paragraphs: readonly string[];
  readonly topics: readonly { readonly title: string; readonly text: string }[];
  readonly remark: string;
  readonly questions: readonly QuestionView[];
}

const empty = { paragraphs: [], topics: [], remark: '', questions: [] } as const;

export function notEligibleView({ reason }: NotEligibleAnswer, words: Words): NoticeView {
  return {
    ...empty,
    line: words.say(`not-eligible.${reason}.line`),
    paragraphs: [words.say(`not-eligible.${reason}.text`), words.say(`not-eligible.${reason}.next`)],
    questions: questions(words, 'question.help'),
  };
}

export function suggestionsView(words: Words): NoticeView {
  return {
    ...empty,
    line: words.say('suggestions.line'),
    paragraphs: [words.say('suggestions.text')],
    questions: questions(words, 'question.balance', 'question.runway', 'question.help'),
  };
}

export function helpView(words: Words): NoticeView {
  return {
    ...empty,
    line: words.say('help.line'),
    topics: helpTopics.map((topic) => ({
      title: words.say(`help.${topic}.title`),
      text: words.say(`help.${topic}.text`),
    })),
    remark: words.say('help.limits'),
    questions: [
      ...questions(
        words,
        'question.balance',
        'question.runway',
        'question.rateGermany',
        'question.incidents',
        'question.preferences',
      ),
      ...otherLanguage(words),
    ],
  };
}

const helpTopics = [
  'balance',
  'check',
  'rate',
  'forecast',
  'usage',
  'explain',
  'told',
  'alerts',
  'language',
] as const;

export function greetingView(answer: GreetingAnswer, words: Words): NoticeView {
  const name = plainName(answer.name);
  const nameless = words.say('greeting.lineNameless');
  return {
    ...empty,
    line: name === '' ? nameless : fitting(words.language, [words.say('greeting.line', { name }), nameless]),
    paragraphs: [words.say('greeting.text')],
    questions: questions(words, 'question.balance', 'question.runway', 'question.help'),
  };
}

export function rateAskView(words: Words): NoticeView {
  return {
    ...empty,
    line: words.say('rate-ask.line'),
    paragraphs: [words.say('rate-ask.text')],
    questions: questions(words, 'question.rateGermany', 'question.rateJapan', 'question.rateTollFree'),
  };
}

export function noRatesView({ currency }: NoRatesAnswer, words: Words): NoticeView {
  return {
    ...empty,
    line: words.say('no-rates.line'),
    paragraphs: [words.say('no-rates.text', { currency }), words.say('no-rates.next')],
    questions: questions(words, 'question.balance', 'question.help'),
  };
}

export function thanksView(words: Words): NoticeView {
  return {
    ...empty,
    line: words.say('thanks.line'),
    paragraphs: [words.say('thanks.text')],
    questions: questions(words, 'question.balance'),
  };
}

/** To whoever acts for somebody: for whom, when, and what that allows; the days are those of UTC, both with it. */
export function delegationView({ from, start, end, withdrawn }: DelegationAnswer, words: Words): NoticeView {
  const state = withdrawn ? 'withdrawn' : 'given';
  const name = plainName(from);
  const days = { start: words.utc.date(start, words.now), end: words.utc.date(end - 1, words.now) };
  return {
    ...empty,
    line: fitting(words.language, [
      words.say(`delegation.${state}.line`, { name }),
      words.say(`delegation.${state}.lineNameless`),
    ]),
    paragraphs: [
      words.say(`delegation.${state}.text`, { name, ...days }),
      words.say(`delegation.${state}.means`, { name }),
    ],
    questions: questions(words, 'question.approvals'),
  };
}

export function languageView({ chosen }: LanguageAnswer, words: Words): NoticeView {
  if (chosen === null) {
    return {
      ...empty,
      line: words.say('language.choose'),
      paragraphs: [words.say('language.chooseText')],
      questions: questions(words, 'question.english', 'question.korean'),
    };
  }
  return {
    ...empty,
    line: words.say('language.chosen'),
    paragraphs: [words.say('language.chosenText')],
    questions: [...questions(words, 'question.balance'), ...otherLanguage(words)],
  };
}

export function unavailableView({ what, reference }: UnavailableAnswer, words: Words): NoticeView {
  return {
    ...empty,
    line: words.say(`unavailable.${what}.line`),
    paragraphs: [
      words.say(`unavailable.${what}.text`),
      words.say('unavailable.next', { reference: plainName(reference) }),
    ],
    questions: questions(words, 'question.help'),
  };
}

/** Written in the language that it leads to, so that who cannot read this one finds the way. */
function otherLanguage(words: Words): readonly QuestionView[] {
  return questions(words, words.language === 'ko' ? 'question.english' : 'question.korean');
}
