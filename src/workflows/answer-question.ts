import type { Answer, BalanceFigures, BalanceLevel } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { comparedPeriod } from '../answers/usage-period.ts';
import type { Period, Question } from '../language/question.ts';
import { answerApprovals } from './answer-approvals.ts';
import { answerForecast } from './answer-forecast.ts';
import { answerRate } from './answer-rate.ts';
import { balances } from './balances.ts';
import { answerExplain } from './explain.ts';
import { forEligible } from './for-eligible.ts';
import { answerHistory } from './history.ts';
import { answerLicenses } from './licenses.ts';
import { answerTopUp } from './open-top-up.ts';
import type { Ports } from './ports.ts';
import { choosePreferences } from './preferences.ts';
import { answerRecommend } from './recommend.ts';
import { rightsOf } from './rights.ts';
import { answerMute } from './show-preferences.ts';
import { answerRequest } from './show-top-up.ts';
import { answerUsage } from './usage-report.ts';
import { answerWhoIsNotified } from './who-is-notified.ts';

/** What was said beside a question that has no slot for it. */
export interface SaidBeside {
  readonly period?: Period | undefined;
  /** The number of a request. */
  readonly request?: number | undefined;
}

/** What a question is answered with; figures go to holders of an eligible role alone, and only in person. */
export async function answerQuestion(
  ports: Ports,
  question: Question,
  asker: Asker,
  beside: SaidBeside = {},
): Promise<Answer> {
  switch (question.intent) {
    case 'greeting':
      return { kind: 'greeting', name: asker.name };
    case 'help':
      return { kind: 'help' };
    case 'thanks':
      return { kind: 'thanks' };
    case 'none':
      return { kind: 'suggestions' };
    case 'language':
      return answerLanguage(ports, question.language ?? null, asker);
    case 'balance':
      return answerBalance(ports, asker);
    case 'rate':
      return forEligible(ports, { asker, intent: 'rate' }, () => answerRate(ports, question, asker.tenant));
    case 'forecast':
      return answerForecast(ports, question, asker);
    case 'recommend':
    // The settings themselves can be neither read nor changed from here; how they are best set, can be told.
    case 'recharge_settings':
      return answerRecommend(ports, asker);
    case 'explain':
      return answerExplain(ports, beside.period, asker);
    case 'history':
      return answerHistory(ports, {}, asker);
    case 'usage':
      return answerUsage(ports, question, asker);
    case 'who_is_notified':
      return answerWhoIsNotified(ports, asker);
    case 'licenses':
      return answerLicenses(ports, question, asker);
    case 'mute':
      return answerMute(ports, question, asker);
    case 'topup':
      return answerTopUp(ports, question, asker);
    case 'approvals':
      return answerAboutApprovals(ports, beside, asker);
  }
}

/** One request where its number was said, else all of them, or those that were decided in a period. */
function answerAboutApprovals(ports: Ports, { period, request }: SaidBeside, asker: Asker): Promise<Answer> {
  if (request !== undefined) return answerRequest(ports, request, asker);
  const now = ports.clock.now();
  const days = period === undefined ? null : comparedPeriod(period, { now, timeZone: asker.timeZone }).days;
  return answerApprovals(ports, { days, below: null }, asker);
}

async function answerLanguage(ports: Ports, chosen: 'en' | 'ko' | null, asker: Asker): Promise<Answer> {
  if (chosen !== null && asker.person !== null) {
    const { tenant, person } = asker;
    await choosePreferences(ports.store, { tenant, person }, { language: chosen });
  }
  return { kind: 'language', chosen };
}

async function answerBalance(ports: Ports, asker: Asker): Promise<Answer> {
  const rights = await rightsOf(ports, asker);
  if (!rights.eligible) return { kind: 'not-eligible', reason: rights.reason };

  const accounts = await balances(ports.store, asker.tenant, ports.clock.now());
  const [first] = accounts;
  if (first === undefined) return { kind: 'no-account', currency: ports.defaultCurrency };
  if (asker.scope === 'personal') return { kind: 'balance', accounts };
  const { reportedUntil, gaps } = first;
  return {
    kind: 'balance-status',
    level: worstLevel(accounts),
    reportedUntil,
    ...(gaps === undefined ? {} : { gaps }),
  };
}

const levelsWorstFirst: readonly BalanceLevel[] = ['empty', 'low', 'healthy'];

function worstLevel(accounts: readonly BalanceFigures[]): BalanceLevel {
  return levelsWorstFirst.find((level) => accounts.some((account) => account.level === level)) ?? 'healthy';
}
