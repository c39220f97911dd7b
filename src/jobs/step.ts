import type { TenantId } from '../decision/ids.ts';

/** What is done for each tenant every so often, by one of the processes. */
export interface Step {
  /** Letters and dashes; part of the key of its schedule. */
  readonly name: string;
  readonly everyMs: number;
  run(tenant: TenantId): Promise<void>;
}
