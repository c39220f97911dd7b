/** What a person may be counted as: their name, and the kind of administrator they are or stand for. */
export interface NaiveRight {
  readonly of: string;
  readonly kind: 'billing' | 'global' | 'other';
}

export interface NaivePerson {
  readonly name: string;
  readonly rights: readonly NaiveRight[];
}

/**
 * The rules of a request as a person would tell them, one amount in dollars, with no thought for speed: seats are
 * filled by trying every order.
 */
export class NaiveTopUp {
  status = 'pending';
  amount: number;
  readonly requester: string;
  revision = 1;
  approvers: readonly NaivePerson[] = [];
  /** What is looked at afterwards: an amount, who may not look, who has, and what came of it. */
  review: {
    amount: number;
    excluded: readonly string[];
    approvers: readonly NaivePerson[];
    open: boolean;
  } | null = null;
  /** Days since it was asked for, and the day on which the present wait is over. */
  day = 0;
  due = daysToDecide;
  /** True where a purchase is open again only because nobody saw it in time. */
  unseen = false;

  constructor(requester: string, amount: number) {
    this.requester = requester;
    this.amount = amount;
  }

  passDay(): void {
    this.day += 1;
    if (this.day < this.due) return;
    if (this.status === 'pending') this.status = 'expired';
    else if (this.status === 'approved') this.status = 'lapsed';
    else if (this.status === 'purchased') {
      this.status = 'reopened';
      this.unseen = true;
    }
  }

  approve(by: NaivePerson, revision: number): string {
    const asked = this.#asked();
    if (asked === null) return 'topup-closed';
    if (revision !== this.revision) return 'topup-changed';
    if (asked.excluded.includes(by.name)) return 'topup-own-request';
    if (asked.approvers.some(({ name }) => name === by.name)) return 'same';
    const usable = { ...by, rights: by.rights.filter(({ of }) => !asked.excluded.includes(of)) };
    if (mostSeated(asked.amount, [usable]) === 0) return 'topup-not-approver';
    const more = [...asked.approvers, usable];
    if (mostSeated(asked.amount, more) === mostSeated(asked.amount, asked.approvers))
      return 'topup-not-needed';
    const enough = mostSeated(asked.amount, more) === seatsOf(asked.amount).length;
    if (this.status === 'pending') {
      this.approvers = more;
      if (enough) this.#grant();
    } else if (this.review !== null) {
      this.review = { ...this.review, approvers: more, open: !enough };
    }
    return 'changed';
  }

  reject(by: NaivePerson, revision: number): string {
    const asked = this.#asked();
    if (asked === null) return 'topup-closed';
    if (revision !== this.revision) return 'topup-changed';
    if (asked.excluded.includes(by.name)) return 'topup-own-request';
    const usable = { ...by, rights: by.rights.filter(({ of }) => !asked.excluded.includes(of)) };
    if (mostSeated(asked.amount, [usable]) === 0) return 'topup-not-approver';
    if (this.status === 'pending') this.status = 'rejected';
    else if (this.review !== null) this.review = { ...this.review, open: false };
    return 'changed';
  }

  cancel(by: NaivePerson): string {
    if (this.status === 'cancelled' && by.name === this.requester) return 'same';
    if (!['pending', 'approved', 'reopened'].includes(this.status)) return 'topup-closed';
    if (by.name !== this.requester) return 'topup-not-requester';
    this.status = 'cancelled';
    return 'changed';
  }

  edit(by: NaivePerson, amount: number, revision: number): string {
    if (!['pending', 'approved'].includes(this.status) || this.review !== null) return 'topup-closed';
    if (revision !== this.revision) return 'topup-changed';
    if (by.name !== this.requester) return 'topup-not-requester';
    if (amount === this.amount) return 'same';
    this.amount = amount;
    this.revision += 1;
    this.approvers = [];
    this.status = 'pending';
    this.due = this.day + daysToDecide;
    return 'changed';
  }

  override(by: NaivePerson, balance: number, revision: number): string {
    if (this.status !== 'pending') return 'topup-closed';
    if (revision !== this.revision) return 'topup-changed';
    const own = { ...by, rights: by.rights.filter(({ of }) => of === by.name) };
    if (mostSeated(this.amount, [own]) === 0) return 'topup-not-approver';
    if (balance > 0) return 'topup-balance-left';
    if (this.amount > 500) return 'topup-over-cap';
    const approvers = this.approvers
      .filter(({ name }) => name !== by.name)
      .map((person) => ({ ...person, rights: person.rights.filter(({ of }) => of !== by.name) }))
      .filter((person) => mostSeated(this.amount, [person]) > 0);
    this.review = { amount: this.amount, excluded: [this.requester, by.name], approvers, open: true };
    this.#grant();
    return 'changed';
  }

  buy(by: NaivePerson, amount: number): string {
    if (this.status === 'pending') return 'topup-not-approved';
    if (!['approved', 'reopened'].includes(this.status)) return 'topup-closed';
    const mayBuy = by.rights.some(({ of, kind }) => of === by.name && kind !== 'other');
    if (!mayBuy) return 'topup-not-buyer';
    if (this.status === 'reopened' && this.unseen) return 'topup-check-first';
    if (amount > this.amount) {
      const excluded = [this.requester, by.name, ...(this.review?.open ? this.review.excluded : [])];
      this.review = { amount, excluded, approvers: [], open: true };
    }
    this.status = 'purchased';
    this.due = this.day + daysToProve;
    this.unseen = false;
    return 'changed';
  }

  prove(): string {
    if (this.status === 'proven') return 'same';
    if (!this.#isAwaited()) return 'topup-closed';
    this.status = 'proven';
    return 'changed';
  }

  disprove(): string {
    if (this.status === 'reopened' && !this.unseen) return 'same';
    if (!this.#isAwaited()) return 'topup-closed';
    this.status = 'reopened';
    this.unseen = false;
    return 'changed';
  }

  #grant(): void {
    this.status = 'approved';
    this.due = this.day + daysToBuy;
  }

  #isAwaited(): boolean {
    return this.status === 'purchased' || (this.status === 'reopened' && this.unseen);
  }

  #asked(): {
    readonly amount: number;
    readonly excluded: readonly string[];
    readonly approvers: readonly NaivePerson[];
  } | null {
    if (this.status === 'pending') {
      return { amount: this.amount, excluded: [this.requester], approvers: this.approvers };
    }
    return this.review?.open ? this.review : null;
  }
}

const daysToDecide = 3;
const daysToBuy = 2;
const daysToProve = 1;

type Kinds = readonly NaiveRight['kind'][];

/** Which kinds of administrator each seat takes. */
function seatsOf(amount: number): readonly Kinds[] {
  if (amount <= 200) return [['billing', 'global']];
  return amount <= 2_000 ? [['billing']] : [['billing'], ['billing', 'global']];
}

function mostSeated(amount: number, people: readonly NaivePerson[]): number {
  return seated(seatsOf(amount), people, []);
}

function seated(seats: readonly Kinds[], people: readonly NaivePerson[], used: readonly string[]): number {
  const [person, ...others] = people;
  if (person === undefined) return 0;
  const choices = person.rights
    .filter(({ of }) => !used.includes(of))
    .flatMap(({ of, kind }) =>
      seats.flatMap((seat, index) =>
        seat.includes(kind)
          ? [
              1 +
                seated(
                  seats.filter((_, other) => other !== index),
                  others,
                  [...used, of],
                ),
            ]
          : [],
      ),
    );
  return Math.max(seated(seats, others, used), ...choices);
}
