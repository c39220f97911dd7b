import { z } from 'zod';
import { type PersonId, personId, type TenantId, tenantId } from '../decision/ids.ts';
import { type Currency, currency } from '../money/currency.ts';
import people from './people.json' with { type: 'json' };
import tenant from './tenant.json' with { type: 'json' };

/**
 * A made-up person of the sandbox. Without `via` the roles are held directly. `group`: held through a group.
 * `eligible`: not active, only eligible in Privileged Identity Management. `guest` and `disabled`: held, but by an
 * account of another tenant, or by one that is switched off.
 */
export interface SandboxPerson {
  readonly id: PersonId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** BCP 47, as Teams sends it. */
  readonly locale: string;
  /** IANA name, as Teams sends it. */
  readonly timeZone: string;
  readonly roles: readonly string[];
  readonly via?: 'group' | 'eligible' | 'guest' | 'disabled' | undefined;
}

/** The made-up tenant that a start without credentials serves. */
export interface SandboxTenant {
  readonly id: TenantId;
  readonly currency: Currency;
  readonly displayName: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  readonly defaultLocale: string;
  readonly timeZone: string;
}

const personSchema = z.object({
  id: z.string().transform(checked(personId)),
  displayName: z.string().min(1),
  userPrincipalName: z.string().includes('@'),
  locale: z.string(),
  timeZone: z.string(),
  roles: z.array(z.string().uuid()),
  via: z.enum(['group', 'eligible', 'guest', 'disabled']).optional(),
});

const tenantSchema = z.object({
  id: z.string().transform(checked(tenantId)),
  currency: z.string().transform(checked(currency)),
  displayName: z.string(),
  countryCode: z.string().length(2),
  defaultLocale: z.string(),
  timeZone: z.string(),
});

export const sandboxPeople: readonly SandboxPerson[] = z.array(personSchema).parse(people);
export const sandboxTenant: SandboxTenant = tenantSchema.parse(tenant);

function checked<Value>(read: (text: string) => Value | null) {
  return (text: string, context: z.RefinementCtx): Value => {
    const value = read(text);
    if (value !== null) return value;
    context.addIssue({ code: z.ZodIssueCode.custom, message: `unreadable: ${text}` });
    return z.NEVER;
  };
}
