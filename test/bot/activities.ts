/** Activities as Teams sends them, with what a case needs to be other. */
export type ActivityJson = Readonly<Record<string, unknown>>;

export const publicServiceUrl = 'https://smba.trafficmanager.net/emea/';
export const tenant = '0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960';
export const person = '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91';

export function message(text: string, more: ActivityJson = {}): ActivityJson {
  return { ...common, type: 'message', id: '1700000000001', text, textFormat: 'plain', ...more };
}

/** The type of an invoke's answer that is a card. */
export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

/** A tap on `Action.Execute`. */
export function invoke(verb: string, more: ActivityJson = {}): ActivityJson {
  return {
    ...common,
    type: 'invoke',
    id: 'f:1700000000002',
    name: 'adaptiveCard/action',
    replyToId: '1700000000000',
    value: {
      action: { type: 'Action.Execute', verb, data: { observed: '412.80', currency: 'USD' } },
      trigger: 'manual',
    },
    ...more,
  };
}

/** A tap on `Action.Submit`, as a client sends it that does not know `Action.Execute`. */
export function submit(verb: string, more: ActivityJson = {}): ActivityJson {
  return {
    ...common,
    type: 'message',
    id: '1700000000003',
    replyToId: '1700000000000',
    value: { verb, observed: '412.80', currency: 'USD' },
    ...more,
  };
}

const common = {
  channelId: 'msteams',
  serviceUrl: publicServiceUrl,
  from: { id: '29:grace', name: 'Grace Whitfield', aadObjectId: person },
  recipient: { id: '28:bot', name: 'Ledgerline Credits' },
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
  locale: 'en-US',
  localTimezone: 'America/Los_Angeles',
};
