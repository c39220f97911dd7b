import { Template } from 'adaptivecards-templating';
import type { Answer } from '../src/answers/answer.ts';
import type { JsonValue } from '../src/decision/json.ts';
import type { AdaptiveCardJson, JsonObject } from './adaptive-card.ts';
import alertSettings from './alert-settings.json' with { type: 'json' };
import approvals from './approvals.json' with { type: 'json' };
import balance from './balance.json' with { type: 'json' };
import balanceReconciled from './balance-reconciled.json' with { type: 'json' };
import balanceStatus from './balance-status.json' with { type: 'json' };
import delegations from './delegations.json' with { type: 'json' };
import digest from './digest.json' with { type: 'json' };
import drill from './drill.json' with { type: 'json' };
import execute from './execute.json' with { type: 'json' };
import explain from './explain.json' with { type: 'json' };
import forecast from './forecast.json' with { type: 'json' };
import history from './history.json' with { type: 'json' };
import inPerson from './in-person.json' with { type: 'json' };
import incident from './incident.json' with { type: 'json' };
import incidents from './incidents.json' with { type: 'json' };
import licenses from './licenses.json' with { type: 'json' };
import noAccount from './no-account.json' with { type: 'json' };
import notice from './notice.json' with { type: 'json' };
import preferences from './preferences.json' with { type: 'json' };
import question from './question.json' with { type: 'json' };
import rate from './rate.json' with { type: 'json' };
import rechargeReport from './recharge-report.json' with { type: 'json' };
import recommend from './recommend.json' with { type: 'json' };
import reconcileForm from './reconcile-form.json' with { type: 'json' };
import refused from './refused.json' with { type: 'json' };
import settingsField from './settings-field.json' with { type: 'json' };
import state from './state.json' with { type: 'json' };
import topup from './topup.json' with { type: 'json' };
import topupForm from './topup-form.json' with { type: 'json' };
import topupNote from './topup-note.json' with { type: 'json' };
import usage from './usage.json' with { type: 'json' };
import whoIsNotified from './who-is-notified.json' with { type: 'json' };

/** Parts that several templates have in common; a template names one as `{"include": "state"}`. */
const parts: Readonly<Record<string, JsonObject>> = {
  execute,
  question,
  'reconcile-form': reconcileForm,
  'settings-field': settingsField,
  state,
  'topup-note': topupNote,
};

// Building a template costs ten times what expanding it does, so each is built once and kept.
const noticeTemplate = build(notice);
const templates: Readonly<Record<Answer['kind'], Template>> = {
  balance: build(balance),
  'balance-status': build(balanceStatus),
  'balance-reconciled': build(balanceReconciled),
  rate: build(rate),
  'rate-ask': noticeTemplate,
  'no-rates': noticeTemplate,
  'in-person': build(inPerson),
  'no-account': build(noAccount),
  refused: build(refused),
  'not-eligible': noticeTemplate,
  suggestions: noticeTemplate,
  help: noticeTemplate,
  greeting: noticeTemplate,
  thanks: noticeTemplate,
  language: noticeTemplate,
  unavailable: noticeTemplate,
  explain: build(explain),
  forecast: build(forecast),
  history: build(history),
  incident: build(incident),
  incidents: build(incidents),
  'recharge-report': build(rechargeReport),
  drill: build(drill),
  preferences: build(preferences),
  'alert-settings': build(alertSettings),
  recommend: build(recommend),
  usage: build(usage),
  'who-is-notified': build(whoIsNotified),
  licenses: build(licenses),
  'topup-form': build(topupForm),
  topup: build(topup),
  approvals: build(approvals),
  delegations: build(delegations),
  delegation: noticeTemplate,
  digest: build(digest),
};

/** The card of one kind of answer, with a view's facts in it. */
export function expand(kind: Answer['kind'], view: object): AdaptiveCardJson {
  return templates[kind].expand({ $root: view }) as AdaptiveCardJson;
}

function build(template: JsonObject): Template {
  return new Template(withParts(template));
}

function withParts(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withParts);
  if (value === null || typeof value !== 'object') return value;
  const { include, ...own } = value as JsonObject;
  const part = typeof include === 'string' ? parts[include] : undefined;
  if (include !== undefined && part === undefined)
    throw new Error(`No part of cards is called "${include}".`);
  return Object.fromEntries(
    Object.entries({ ...part, ...own }).map(([key, inner]) => [key, withParts(inner)]),
  );
}
