/**
 * What an incident may be about. In the order in which they are looked at: what silences another stands before it.
 */
export const alertKinds = [
  'recharge-failed',
  'balance-zero',
  'recharge-overdue',
  'balance-low',
  'runway-short',
  'spend-spike',
  'runaway-recharges',
  'feed-blind',
  'drift',
  'funds-expiring',
  'recharge-succeeded',
  'few-reachable',
  'reach-report',
  'drill-due',
  'drill',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** How loud: `critical` breaks through quiet hours, `info` asks nothing of anybody. */
export type Urgency = 'critical' | 'warning' | 'info';

export interface KindRule {
  readonly urgency: Urgency;
  /** The state must be good for a while before it counts as good; a fact that was told is good at once. */
  readonly heldUntilClear: boolean;
  /** A person may close it while what it tells of lasts; the others end when it ends. */
  readonly closable: boolean;
  /** A later success, or a person's word that it works again, ends it. */
  readonly confirmable: boolean;
  /** To be silent about it takes two people. */
  readonly mutedByTwo: boolean;
  /** Said once, with nothing to follow. */
  readonly notice: boolean;
}

const measured: KindRule = {
  urgency: 'warning',
  heldUntilClear: true,
  closable: false,
  confirmable: false,
  mutedByTwo: false,
  notice: false,
};
const told: KindRule = { ...measured, heldUntilClear: false, closable: true };
const said: KindRule = { ...told, urgency: 'info', notice: true };

export const kindRules: Readonly<Record<AlertKind, KindRule>> = {
  'recharge-failed': { ...told, urgency: 'critical', closable: false, confirmable: true, mutedByTwo: true },
  'balance-zero': { ...measured, urgency: 'critical', mutedByTwo: true },
  'recharge-overdue': { ...told, closable: false, confirmable: true },
  'balance-low': measured,
  'runway-short': measured,
  'spend-spike': { ...told, urgency: 'critical' },
  'runaway-recharges': told,
  'feed-blind': { ...measured, heldUntilClear: false },
  drift: told,
  'funds-expiring': { ...told, urgency: 'info' },
  'recharge-succeeded': said,
  'few-reachable': measured,
  'reach-report': said,
  'drill-due': said,
  drill: told,
};
