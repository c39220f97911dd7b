import { type Activity, ActivityTypes, CardFactory } from 'botbuilder';
import type { AdaptiveCardJson } from '../cards/adaptive-card.ts';
import type { Reader } from '../cards/reader.ts';
import { render } from '../cards/render.ts';
import type { Answer } from '../src/answers/answer.ts';
import type { Asker } from '../src/answers/asker.ts';
import type { Instant } from '../src/decision/time.ts';

/** For whom a card is written: what the person chose, else the language of the question, else the client's. */
export function readerFor(
  asker: Asker,
  languages: { readonly chosen: 'en' | 'ko' | null; readonly asked: 'en' | 'ko' | null },
  now: Instant,
  botId: string,
): Reader {
  const ofClient = asker.locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  const language = languages.chosen ?? languages.asked ?? ofClient;
  return {
    language,
    locale: asker.locale,
    timeZone: asker.timeZone,
    now,
    ...(botId === '' ? {} : { botId }),
  };
}

/** A card alone: text beside a card is split off by Teams into a message of its own. `summary` is for the toast. */
export function cardMessage(answer: Answer, reader: Reader): Partial<Activity> {
  const { card, text } = render(answer, reader);
  return cardActivity(card, text);
}

export function cardActivity(card: AdaptiveCardJson, summary: string): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    summary,
    attachments: [CardFactory.adaptiveCard(card)],
  };
}
