import type { TenantId } from '../decision/ids.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { type Conversation, channelWith } from './conversations.ts';
import type { Ports } from './ports.ts';

/** What counts for everybody of a tenant when something is said. @throws {StoreUnavailable} */
export interface TenantWide {
  /** By whose clock is told whoever never named one. */
  timeZone(tenant: TenantId): Promise<string>;
  /** The channel that is turned to; null where none was chosen. */
  channel(tenant: TenantId): Promise<Conversation | null>;
}

export function tenantWide(ports: Pick<Ports, 'store' | 'clock'>): TenantWide {
  return {
    timeZone: async (tenant) => (await alertSettingsOf(ports, tenant)).timeZone ?? 'UTC',
    channel: async (tenant) => {
      const { channel } = await alertSettingsOf(ports, tenant);
      if (channel === null) return null;
      return (await channelWith(ports.store, tenant, channel)) ?? neverMet(channel);
    },
  };
}

/** Chosen by its id alone: whether the bot may write there, Teams tells. */
function neverMet(conversation: string): Conversation {
  const unknown = { serviceUrl: null, teamsUser: null, timeZone: null, name: null, refused: null };
  return { conversation, ...unknown, locale: 'en-US', at: 0 };
}
