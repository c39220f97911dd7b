import type { Asker } from '../src/answers/asker.ts';
import { type Instant, minuteMs } from '../src/decision/time.ts';

const hourMs = 60 * minuteMs;

export interface CallLimits {
  readonly perPersonAMinute: number;
  readonly perTenantAnHour: number;
}

/** How often a model may be called, counted in minutes and hours of the clock and in this process alone. */
export class CallBudget {
  private readonly ofPersons: Counter;
  private readonly ofTenants: Counter;

  constructor(
    limits: CallLimits,
    private readonly now: () => Instant,
  ) {
    this.ofPersons = new Counter(limits.perPersonAMinute, minuteMs);
    this.ofTenants = new Counter(limits.perTenantAnHour, hourMs);
  }

  /** Takes one call; false, and nothing is taken, where the person or the tenant has none left. */
  take({ tenant, person }: Pick<Asker, 'tenant' | 'person'>): boolean {
    const now = this.now();
    const who = `${tenant} ${person}`;
    if (!this.ofPersons.hasLeft(who, now) || !this.ofTenants.hasLeft(tenant, now)) return false;
    this.ofPersons.count(who);
    this.ofTenants.count(tenant);
    return true;
  }
}

/** Forgets everybody when a new span begins, so that it holds no more than who called within one. */
class Counter {
  private span = 0;
  private readonly calls = new Map<string, number>();

  constructor(
    private readonly limit: number,
    private readonly spanMs: number,
  ) {}

  hasLeft(who: string, now: Instant): boolean {
    const span = Math.floor(now / this.spanMs);
    if (span !== this.span) this.calls.clear();
    this.span = span;
    return this.of(who) < this.limit;
  }

  count(who: string): void {
    this.calls.set(who, this.of(who) + 1);
  }

  private of(who: string): number {
    return this.calls.get(who) ?? 0;
  }
}
