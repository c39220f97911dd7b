import type { Cloud } from '../src/config/environment.ts';

/**
 * The hosts of Teams' connector service, exactly (Microsoft: the well-known Teams service endpoints of the Agents SDK).
 * A reply carries our token, so it goes to none but these: `*.trafficmanager.net` can be had by anybody.
 */
const hosts: Readonly<Record<Cloud, string>> = {
  public: 'smba.trafficmanager.net',
  gcc: 'smba.infra.gcc.teams.microsoft.com',
  'gcc-high': 'smba.infra.gov.teams.microsoft.us',
  dod: 'smba.infra.dod.teams.microsoft.us',
};

/** Where the bot writes to whom it does not know yet (Microsoft: "Create the conversation" of proactive messages). */
export function serviceUrlOf(cloud: Cloud): string {
  return `https://${hosts[cloud]}/${cloud === 'public' ? 'teams/' : ''}`;
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Where the bot may reply to: one cloud's host over HTTPS, or in the sandbox this machine alone. */
export type Reach = { readonly kind: 'cloud'; readonly cloud: Cloud } | { readonly kind: 'loopback' };

// Without user names, queries, backslashes and letters that look alike: what two parsers read in two ways goes nowhere.
const plainUrl = /^https?:\/\/[\w.:[\]-]+(\/[\w.~%/-]*)?$/;

export function mayReplyTo(serviceUrl: string, reach: Reach): boolean {
  if (!plainUrl.test(serviceUrl) || !URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (reach.kind === 'loopback') return loopbackHosts.has(url.hostname);
  return url.protocol === 'https:' && url.host === hosts[reach.cloud];
}
