import { addDays, addMonths, type Day, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import type { AccountFacts, Observation } from './facts.ts';
import { timeline } from './timeline.ts';

/** Funds of one origin, which lapse together. `amount` = consumed + written off + expired + remaining. */
export interface Lot {
  readonly id: string;
  /** `unknown`: funds that an admin saw and nobody had recorded. */
  readonly kind: 'purchase' | 'recharge' | 'opening' | 'unknown';
  readonly purchasedAt: Instant;
  /** The funds live to the end of this instant's UTC day. */
  readonly expiresAt: Instant;
  readonly amount: bigint;
  readonly remaining: bigint;
  /** What it paid of the calls of each UTC day. */
  readonly consumedByDay: ReadonlyMap<Day, bigint>;
  /** What an admin no longer saw, without a known call that took it. */
  readonly writtenOff: bigint;
  readonly expired: bigint;
}

/** What the ledger itself must post, concluded from the facts as of an instant. */
export interface Settlement {
  /** `observation:<id>` or `expiry:<lot>`. */
  readonly key: string;
  readonly kind: 'opening' | 'adjustment' | 'expiry';
  readonly at: Instant;
  /** On the balance; zero where there is nothing to post. */
  readonly microUnits: bigint;
  readonly reason: string | null;
  readonly actor: string | null;
}

/** Invariant: the remaining of all lots, less the deficit, is the balance. */
export interface LotBook {
  /** In the order of purchase. */
  readonly lots: readonly Lot[];
  /** What was taken and is not paid by any funds yet. */
  readonly deficit: bigint;
  readonly settlements: readonly Settlement[];
}

/** The funds of an account as of an instant, oldest first. */
export function lots(facts: AccountFacts, asOf: Instant): readonly Lot[] {
  return lotBook(facts, asOf).lots;
}

/** The other way round from {@link Lot.consumedByDay}: which funds paid the calls of a day, and how much each. */
export function lotsThatPaid(
  day: Day,
  among: readonly Lot[],
): readonly { readonly lot: Lot; readonly microUnits: bigint }[] {
  return among.flatMap((lot) => {
    const microUnits = lot.consumedByDay.get(day);
    return microUnits === undefined ? [] : [{ lot, microUnits }];
  });
}

/**
 * Funds are consumed first in, first out, and lapse twelve months after purchase (Microsoft: "Set up Communications
 * Credits"). A deficit is carried, and the next funds pay it first. At an observation the funds are brought to the
 * figure read: what is too much is written off, what is missing becomes funds of that instant.
 * @throws {UsageBelowZero}
 */
export function lotBook(facts: AccountFacts, asOf: Instant): LotBook {
  const today = utcDay(asOf);
  const purse = new Purse(today);
  const observed: Settlement[] = [];

  for (const step of timeline(facts)) {
    purse.lapseBefore(step.day);
    switch (step.kind) {
      case 'funding': {
        const { id, kind, at, amount } = step.funding;
        purse.put({ id: `funding:${id}`, kind, purchasedAt: at, amount: amount.microUnits });
        break;
      }
      case 'usage':
        purse.take({ day: step.day, microUnits: step.microUnits });
        break;
      case 'observation':
        observed.push(bringTo(step.observation, purse, observed.length === 0 ? 'opening' : 'adjustment'));
        break;
      default:
        step satisfies never;
    }
  }
  purse.lapseBefore(today);
  return {
    lots: purse.lots,
    deficit: purse.deficit,
    settlements: [...observed, ...purse.lots.flatMap(lapsed)],
  };
}

function bringTo(observation: Observation, purse: Purse, kind: 'opening' | 'adjustment'): Settlement {
  const { id, at, amount, reason, by } = observation;
  const key = `observation:${id}`;
  const microUnits = amount.microUnits - purse.balance;
  if (microUnits > 0n) {
    purse.put({
      id: key,
      kind: kind === 'opening' ? 'opening' : 'unknown',
      purchasedAt: at,
      amount: microUnits,
    });
  } else {
    purse.take({ day: null, microUnits: -microUnits });
  }
  return { key, kind, at, microUnits, reason, actor: by };
}

function lapsed(lot: Lot): readonly Settlement[] {
  if (lot.expired === 0n) return [];
  const at = startOfDay(addDays(utcDay(lot.expiresAt), 1)) - 1;
  return [
    { key: `expiry:${lot.id}`, kind: 'expiry', at, microUnits: -lot.expired, reason: null, actor: null },
  ];
}

const lifeMonths = 12;

/** What was taken: by the calls of a day, or (null) written off. */
interface Debt {
  readonly day: Day | null;
  microUnits: bigint;
}

class OpenLot implements Lot {
  readonly id: string;
  readonly kind: Lot['kind'];
  readonly purchasedAt: Instant;
  readonly expiresAt: Instant;
  readonly lastDay: Day;
  readonly amount: bigint;
  remaining: bigint;
  readonly consumedByDay = new Map<Day, bigint>();
  writtenOff = 0n;
  expired = 0n;

  constructor(funds: Pick<Lot, 'id' | 'kind' | 'purchasedAt' | 'amount'>) {
    this.id = funds.id;
    this.kind = funds.kind;
    this.purchasedAt = funds.purchasedAt;
    this.expiresAt = addMonths(funds.purchasedAt, lifeMonths);
    this.lastDay = utcDay(this.expiresAt);
    this.amount = funds.amount;
    this.remaining = funds.amount;
  }

  /** Pays as much of the debt as it can. */
  pay(debt: Debt): void {
    const isCovered = debt.microUnits <= this.remaining;
    const paid = isCovered ? debt.microUnits : this.remaining;
    this.remaining -= paid;
    debt.microUnits -= paid;
    if (debt.day === null) this.writtenOff += paid;
    else this.consumedByDay.set(debt.day, (this.consumedByDay.get(debt.day) ?? 0n) + paid);
  }

  lapse(): void {
    this.expired = this.remaining;
    this.remaining = 0n;
  }
}

/** The funds while the facts are gone through: lots before `oldest` are used up, and debts mean that all are. */
class Purse {
  readonly lots: OpenLot[] = [];
  balance = 0n;
  private oldest = 0;
  private debts: Debt[] = [];
  private readonly today: Day;

  constructor(today: Day) {
    this.today = today;
  }

  get deficit(): bigint {
    return this.debts.reduce((sum, debt) => sum + debt.microUnits, 0n);
  }

  put(funds: Pick<Lot, 'id' | 'kind' | 'purchasedAt' | 'amount'>): void {
    const lot = new OpenLot(funds);
    this.lots.push(lot);
    this.balance += funds.amount;
    for (const debt of this.debts) if (lot.remaining > 0n) lot.pay(debt);
    this.debts = this.debts.filter((debt) => debt.microUnits > 0n);
  }

  take(debt: Debt): void {
    this.balance -= debt.microUnits;
    const left = { ...debt };
    for (let lot = this.front(); left.microUnits > 0n && lot !== undefined; lot = this.front()) lot.pay(left);
    if (left.microUnits > 0n) this.debts.push(left);
  }

  /**
   * Lapses the funds whose last day was before this one, and is over; the oldest always lapse first. A call that is
   * dated after today, by a clock gone wrong, must not make funds lapse that are still there.
   */
  lapseBefore(day: Day): void {
    for (let lot = this.front(); lot !== undefined && this.isOver(lot, day); lot = this.front()) {
      this.balance -= lot.remaining;
      lot.lapse();
    }
  }

  private isOver(lot: OpenLot, day: Day): boolean {
    return lot.lastDay < day && lot.lastDay < this.today;
  }

  private front(): OpenLot | undefined {
    while (this.lots[this.oldest]?.remaining === 0n) this.oldest += 1;
    return this.lots[this.oldest];
  }
}
