import type { Day, Instant } from '../decision/time.ts';
import type { Certainty, DriftCause } from '../ledger/drift-parts.ts';
import type { AskReason } from '../ledger/worth-asking.ts';
import type { Money } from '../money/money.ts';
import type { AlertSettingsAnswer } from './alert-settings.ts';
import type { ApprovalsAnswer } from './approvals.ts';
import type { DelegationAnswer } from './delegation.ts';
import type { DelegationsAnswer } from './delegations.ts';
import type { DigestAnswer } from './digest.ts';
import type { DrillAnswer } from './drill.ts';
import type { ExplainAnswer } from './explain.ts';
import type { ForecastAnswer } from './forecast.ts';
import type { HistoryAnswer } from './history.ts';
import type { InPersonAnswer } from './in-person.ts';
import type { IncidentAnswer } from './incident.ts';
import type { IncidentsAnswer } from './incidents.ts';
import type { KnownUsage } from './known-usage.ts';
import type { LicensesAnswer } from './licenses.ts';
import type { PreferencesAnswer } from './preferences.ts';
import type { NoRatesAnswer, RateAnswer, RateAskAnswer } from './rate.ts';
import type { RechargeReportAnswer } from './recharge-report.ts';
import type { RecommendAnswer } from './recommend.ts';
import type { TopUpAnswer } from './top-up.ts';
import type { TopUpFormAnswer } from './top-up-form.ts';
import type { UsageAnswer } from './usage.ts';
import type { WhoIsNotifiedAnswer } from './who-is-notified.ts';

/** What a card says, as data: no sentence, no locale. One noun all the way: `kind` is the template's name. */
export type Answer =
  | BalanceAnswer
  | BalanceStatusAnswer
  | BalanceReconciledAnswer
  | NoAccountAnswer
  | NotEligibleAnswer
  | RefusedAnswer
  | SuggestionsAnswer
  | HelpAnswer
  | GreetingAnswer
  | ThanksAnswer
  | LanguageAnswer
  | RateAnswer
  | RateAskAnswer
  | NoRatesAnswer
  | InPersonAnswer
  | ExplainAnswer
  | ForecastAnswer
  | HistoryAnswer
  | IncidentAnswer
  | IncidentsAnswer
  | RechargeReportAnswer
  | DrillAnswer
  | PreferencesAnswer
  | AlertSettingsAnswer
  | RecommendAnswer
  | UsageAnswer
  | WhoIsNotifiedAnswer
  | LicensesAnswer
  | TopUpFormAnswer
  | TopUpAnswer
  | ApprovalsAnswer
  | DelegationsAnswer
  | DelegationAnswer
  | DigestAnswer
  | UnavailableAnswer;

/** The balance, per currency; shown in a personal chat to a holder of an eligible role. */
export interface BalanceAnswer {
  readonly kind: 'balance';
  readonly accounts: readonly BalanceFigures[];
}

export interface BalanceFigures extends KnownUsage {
  readonly currency: string;
  /** Ledger estimate: the sum of the account's entries. */
  readonly estimate: Money;
  /** Last figure that an admin read in the admin centre. */
  readonly confirmed: { readonly amount: Money; readonly at: Instant } | null;
  /** What calls already made, but not reported yet, will still take. */
  readonly notYetReported: { readonly low: Money; readonly high: Money };
  /** Charged calls behind the estimate. */
  readonly chargedCalls: number;
  /** Figure observed minus estimate before it, of the last check, and as a share of the estimate in basis points. */
  readonly lastDrift: { readonly amount: Money; readonly basisPoints: number | null } | null;
  readonly level: BalanceLevel;
  /** What a fresh figure from the admin centre would tell; absent where it would change no decision. */
  readonly askFor?: AskReason;
  /** Balance at the end of each of the last 30 UTC days, oldest first; none before the first funds or figure. */
  readonly trend: readonly { readonly day: Day; readonly balance: Money }[];
  /** Next funds to lapse, if any do within 60 days. */
  readonly expiresNext: { readonly amount: Money; readonly at: Instant } | null;
  /** Version of the account's ledger, so that a tap on an old card can be told from one on this. */
  readonly ledgerVersion: number;
}

/** Without figures, so that it may be shown in a channel: `low` is a week's spend or less. */
export type BalanceLevel = 'healthy' | 'low' | 'empty';

/** In a channel or group chat: state without figures, and a way to one's own view. */
export interface BalanceStatusAnswer extends KnownUsage {
  readonly kind: 'balance-status';
  readonly level: BalanceLevel;
}

/** What a check against the admin centre came to. */
export interface BalanceReconciledAnswer {
  readonly kind: 'balance-reconciled';
  readonly observed: Money;
  /** The estimate as it stood before. */
  readonly estimateBefore: Money;
  /** Observed minus estimate. */
  readonly drift: Money;
  /** Drift as a share of the estimate, in basis points; null where the estimate was zero. */
  readonly driftBasisPoints: number | null;
  /** What the drift came from, the largest part first; they sum to it. None for the figure that opens the ledger. */
  readonly parts: readonly DriftPartAnswer[];
  /** What of it nothing explains, or nothing that is more than possible. */
  readonly unexplained: Money;
  /** True where more is unexplained than may be. */
  readonly overLimit: boolean;
  /** A recharge that nobody had recorded and that explains the drift: to be recorded by a tap, or recorded by one. */
  readonly recharge:
    | { readonly state: 'proposed'; readonly check: string; readonly amount: Money }
    | { readonly state: 'recorded'; readonly amount: Money }
    | null;
  readonly reason: string | null;
  readonly at: Instant;
  readonly by: string;
  /** True when this same check was recorded before: nothing was posted a second time. */
  readonly repeated: boolean;
  /** True for the first figure ever given: the ledger opens with it. */
  readonly opening: boolean;
  readonly figures: BalanceFigures;
}

/** A part of a drift: below zero where it made the figure in the admin centre lower than the estimate. */
export interface DriftPartAnswer {
  readonly cause: DriftCause;
  readonly amount: Money;
  readonly certainty: Certainty;
}

/** No balance and no call is known yet: how to begin. */
export interface NoAccountAnswer {
  readonly kind: 'no-account';
  /** The currency to open the ledger with. */
  readonly currency: string;
}

/** The asker holds none of the eligible roles: no figure is told. */
export interface NotEligibleAnswer {
  readonly kind: 'not-eligible';
  readonly reason: 'no-role' | 'guest' | 'disabled' | 'unknown-person';
}

/** A command was refused; `code` selects the text. */
export interface RefusedAnswer {
  readonly kind: 'refused';
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** The text was not understood: three tappable questions. */
export interface SuggestionsAnswer {
  readonly kind: 'suggestions';
}
export interface HelpAnswer {
  readonly kind: 'help';
}
export interface GreetingAnswer {
  readonly kind: 'greeting';
  readonly name: string;
}
export interface ThanksAnswer {
  readonly kind: 'thanks';
}
/** The person chose a language, or is asked to choose (null). */
export interface LanguageAnswer {
  readonly kind: 'language';
  readonly chosen: 'en' | 'ko' | null;
}
/** The store or the directory does not answer; `reference` is for the log. */
export interface UnavailableAnswer {
  readonly kind: 'unavailable';
  readonly what: 'store' | 'directory' | 'defect';
  readonly reference: string;
}
