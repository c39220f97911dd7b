import type { Answer } from '../src/answers/answer.ts';
import { minuteMs } from '../src/decision/time.ts';
import type { AdaptiveCardJson } from './adaptive-card.ts';
import { actionTitles, plainText } from './plain-text.ts';
import type { Reader } from './reader.ts';
import { RecentlyUsed } from './recently-used.ts';
import { refreshOf } from './refresh.ts';
import { expand } from './templates.ts';
import { alertSettingsView } from './views/alert-settings.ts';
import { approvalsView } from './views/approvals.ts';
import { balanceView } from './views/balance.ts';
import { balanceReconciledView } from './views/balance-reconciled.ts';
import { balanceStatusView } from './views/balance-status.ts';
import { delegationsView } from './views/delegations.ts';
import { digestView } from './views/digest.ts';
import { drillView } from './views/drill.ts';
import { explainView } from './views/explain.ts';
import { forecastView } from './views/forecast.ts';
import { historyView } from './views/history.ts';
import { inPersonView } from './views/in-person.ts';
import { incidentView } from './views/incident.ts';
import { incidentsView } from './views/incidents.ts';
import { licensesView } from './views/licenses.ts';
import { noAccountView } from './views/no-account.ts';
import * as notice from './views/notice.ts';
import { preferencesView } from './views/preferences.ts';
import { rateView } from './views/rate.ts';
import { rechargeReportView } from './views/recharge-report.ts';
import { recommendView } from './views/recommend.ts';
import { refusedView } from './views/refused.ts';
import { topUpView } from './views/top-up.ts';
import { topUpFormView } from './views/top-up-form.ts';
import { usageView } from './views/usage.ts';
import { whoIsNotifiedView } from './views/who-is-notified.ts';
import { type Words, wordsFor } from './words.ts';

/** One answer in three forms with the same facts, frozen: equal answers share them. */
export interface Rendered {
  readonly card: AdaptiveCardJson;
  /** For clients without cards and for notifications: the same facts in the same order, to be sent as plain text. */
  readonly text: string;
  /** For a screen reader: the first line and what can be chosen. */
  readonly speak: string;
}

// A card takes a millisecond to make; many ask the same within the minute in which its answer stays the same.
const rendered = new RecentlyUsed<Rendered>(500);

/**
 * Says an answer to one reader, in that person's language, numbers and time. All facts are in the arguments; times
 * are told to the minute, so that what is asked twice within one is made once.
 */
export function render(answer: Answer, reader: Reader): Rendered {
  const { teamsUser: _teamsUser, ...asked } = {
    ...inChosenLanguage(answer, reader),
    now: reader.now - (reader.now % minuteMs),
  };
  const made = rendered.get(JSON.stringify([answer, asked], bigintAsText), () => make(answer, asked));
  const refresh = refreshOf(answer, reader);
  return refresh === null ? made : deepFreeze({ ...made, card: { ...made.card, refresh } });
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function make(answer: Answer, reader: Reader): Rendered {
  const words = wordsFor(reader);
  const view = viewOf(answer, words, reader);
  const expanded = expand(answer.kind, view);
  const text = plainText(expanded, view.line);
  const speak = spoken(view.line, actionTitles(expanded), words);
  return deepFreeze({
    card: { ...expanded, lang: words.language, speak, fallbackText: text },
    text,
    speak,
  });
}

/** Who has just chosen a language is answered in it. */
function inChosenLanguage(answer: Answer, reader: Reader): Reader {
  const chosen =
    answer.kind === 'language' ? answer.chosen : answer.kind === 'preferences' ? answer.language : null;
  return chosen === null ? reader : { ...reader, language: chosen };
}

function viewOf(answer: Answer, words: Words, reader: Reader): { readonly line: string } {
  switch (answer.kind) {
    case 'balance':
      return balanceView(answer, words);
    case 'balance-status':
      return balanceStatusView(answer, words, reader);
    case 'balance-reconciled':
      return balanceReconciledView(answer, words);
    case 'rate':
      return rateView(answer, words);
    case 'rate-ask':
      return notice.rateAskView(words);
    case 'no-rates':
      return notice.noRatesView(answer, words);
    case 'in-person':
      return inPersonView(answer, words, reader);
    case 'no-account':
      return noAccountView(answer, words);
    case 'not-eligible':
      return notice.notEligibleView(answer, words);
    case 'refused':
      return refusedView(answer, words);
    case 'suggestions':
      return notice.suggestionsView(words);
    case 'help':
      return notice.helpView(words);
    case 'greeting':
      return notice.greetingView(answer, words);
    case 'thanks':
      return notice.thanksView(words);
    case 'language':
      return notice.languageView(answer, words);
    case 'explain':
      return explainView(answer, words);
    case 'forecast':
      return forecastView(answer, words);
    case 'recommend':
      return recommendView(answer, words);
    case 'history':
      return historyView(answer, words);
    case 'incident':
      return incidentView(answer, words, reader);
    case 'incidents':
      return incidentsView(answer, words);
    case 'recharge-report':
      return rechargeReportView(answer, words);
    case 'drill':
      return drillView(answer, words);
    case 'alert-settings':
      return alertSettingsView(answer, words);
    case 'preferences':
      return preferencesView(answer, words);
    case 'usage':
      return usageView(answer, words);
    case 'who-is-notified':
      return whoIsNotifiedView(answer, words);
    case 'licenses':
      return licensesView(answer, words);
    case 'topup-form':
      return topUpFormView(answer, words);
    case 'topup':
      return topUpView(answer, words);
    case 'approvals':
      return approvalsView(answer, words);
    case 'delegation':
      return notice.delegationView(answer, words);
    case 'delegations':
      return delegationsView(answer, words);
    case 'digest':
      return digestView(answer, words);
    case 'unavailable':
      return notice.unavailableView(answer, words);
  }
}

function spoken(line: string, titles: readonly string[], words: Words): string {
  if (titles.length === 0) return line;
  // A question mark within a list would end the sentence for a voice.
  const actions = words.choice(titles.map((title) => title.replace(/[?.]$/u, '')));
  return `${line.replace(/[?.]$/u, '')}. ${words.say('spoken.actions', { actions })}`;
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
