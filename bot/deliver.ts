import type { TeamsAdapter } from '@microsoft/teams-ai';
import { type Activity, ActivityTypes, type ConversationReference } from 'botbuilder';
import { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import { inert } from '../cards/inert.ts';
import type { Reader as CardReader } from '../cards/reader.ts';
import { render } from '../cards/render.ts';
import type { TenantId } from '../src/decision/ids.ts';
import type { Instant } from '../src/decision/time.ts';
import type { Address, Card, Deliver, Opened, Outcome, Reader } from '../src/outbox/deliver.ts';
import { type Trouble, troubleOf } from './connector-outcome.ts';
import { cardActivity, cardMessage } from './reply.ts';
import { mayReplyTo, type Reach } from './service-hosts.ts';

export interface DeliverSettings {
  readonly adapter: TeamsAdapter;
  /** The application id; empty in the sandbox. */
  readonly botId: string;
  readonly reach: Reach;
  /** Of the connector, for people who never wrote to the bot; null where it is not known yet. */
  readonly serviceUrl: () => string | null;
  readonly now: () => Instant;
  readonly timeoutMs?: number;
}

/** Less than the sender's lease, so that an outcome is written down before another sender takes over. */
const defaultTimeoutMs = 5_000;

/** Writes to Teams of the bot's own accord, by the adapter's client of the connector. Each request is made once. */
export function teamsDeliver(settings: DeliverSettings): Deliver {
  const connector = new Connector(settings);
  const { now, botId } = settings;
  const readerNow = (reader: Reader): CardReader => readerOf(reader, now(), botId);
  return {
    open: (tenant, person) => connector.open(tenant, person),
    send: (to, answer, reader) => {
      const message = cardMessage(answer, readerNow(reader));
      return connector.send(to, reader.silent ? message : loud(message));
    },
    edit: (to, answer, reader) => connector.update(to, cardMessage(answer, readerNow(reader))),
    retire: (to, answer, reader) => {
      const inWords = readerNow(reader);
      const { card, text } = render(answer, inWords);
      return connector.update(to, cardActivity(inert(card, inWords), text));
    },
    note: (to, answer, reader) => {
      const text = firstLine(render(answer, readerNow(reader)).text);
      return connector.send(
        to,
        loud({ type: ActivityTypes.Message, text, textFormat: 'plain', summary: text }),
      );
    },
    inWords: (answer, reader) => {
      const { text } = render(answer, readerNow(reader));
      return { subject: firstLine(text), text };
    },
  };
}

function readerOf(
  { language, locale, timeZone, teamsUser, inQuietHours = false }: Reader,
  now: Instant,
  botId: string,
): CardReader {
  const ofClient = locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  return {
    language: language ?? ofClient,
    locale,
    timeZone,
    now,
    ...(teamsUser && { teamsUser }),
    ...(inQuietHours && { inQuietHours }),
    ...(botId === '' ? {} : { botId }),
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Shows up in the activity feed, with the summary for its text. */
function loud(message: Partial<Activity>): Partial<Activity> {
  return { ...message, channelData: { notification: { alert: true } } };
}

class Connector {
  readonly #settings: DeliverSettings;

  constructor(settings: DeliverSettings) {
    this.#settings = settings;
  }

  async open(tenant: TenantId, person: string): Promise<Opened> {
    const { botId } = this.#settings;
    const nowhere: Address = { tenant, conversation: '', serviceUrl: null, kind: 'personal' };
    const opened = await this.#ask(nowhere, async (client, abortSignal) => {
      const { id } = await client.conversations.createConversation(
        {
          isGroup: false,
          bot: { id: `28:${botId}`, name: '' },
          members: [{ id: person, name: '' }],
          tenantId: tenant,
          channelData: { tenant: { id: tenant } },
        },
        { abortSignal },
      );
      return id;
    });
    // Found twice, it is the same chat.
    if (opened.kind === 'unknown') return { kind: 'again', afterMs: null, why: 'no-answer' };
    if (opened.kind !== 'answered') return opened;
    const { id: conversation, serviceUrl } = opened;
    return { kind: 'opened', address: { tenant, conversation, serviceUrl, kind: 'personal' } };
  }

  send(to: Address, message: Partial<Activity>): Promise<Outcome> {
    return this.#write(to, async (client, abortSignal) => {
      const sent = await client.conversations.sendToConversation(to.conversation, message, { abortSignal });
      return sent.id;
    });
  }

  update(to: Card, message: Partial<Activity>): Promise<Outcome> {
    const { conversation, activityId } = to;
    return this.#write(to, async (client, abortSignal) => {
      await client.conversations.updateActivity(conversation, activityId, message, { abortSignal });
      return activityId;
    });
  }

  async #write(to: Address, request: Request): Promise<Outcome> {
    const asked = await this.#ask(to, request);
    return asked.kind === 'answered' ? { kind: 'sent', activityId: asked.id } : asked;
  }

  async #ask({ tenant, conversation, ...at }: Address, request: Request): Promise<Asked> {
    const { adapter, botId, reach, now, timeoutMs = defaultTimeoutMs } = this.#settings;
    const serviceUrl = at.serviceUrl ?? this.#settings.serviceUrl();
    if (serviceUrl === null) return { kind: 'again', afterMs: null, why: 'connector-unknown' };
    if (!mayReplyTo(serviceUrl, reach)) return { kind: 'gave-up', why: 'refused' };
    const reference: Partial<ConversationReference> = {
      channelId: 'msteams',
      serviceUrl,
      bot: { id: `28:${botId}`, name: '' },
      conversation: {
        id: conversation,
        tenantId: tenant,
        isGroup: at.kind === 'channel',
        conversationType: at.kind,
        name: '',
      },
    };
    const asking: { asked: Asked } = { asked: { kind: 'again', afterMs: null, why: 'not-reached' } };
    const abortSignal = AbortSignal.timeout(timeoutMs);
    try {
      await adapter.continueConversationAsync(botId, reference, async (context) => {
        const client: unknown = context.turnState.get(adapter.ConnectorClientKey);
        if (!(client instanceof ConnectorClient))
          throw new Error('The adapter has no client of the connector.');
        tryOnce(client);
        asking.asked = await answered(() => request(client, abortSignal), { serviceUrl, now });
      });
    } catch (error) {
      return troubleOf(error, now());
    }
    return asking.asked;
  }
}

const pipelineSchema = z.object({
  pipeline: z.custom<{ removePolicy(policy: { name: string }): readonly unknown[] }>(
    (value) => typeof value === 'object' && value !== null && 'removePolicy' in value,
  ),
});

/**
 * The SDK's client sends again by itself what failed, also where nobody knows whether it came, and has no setting
 * against it. It is made anew for each use, so that turns are not concerned.
 */
function tryOnce(client: ConnectorClient): void {
  const { pipeline } = pipelineSchema.parse(Reflect.get(client, 'client'));
  const removed = pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  if (removed.length === 0) throw new Error('The client of the connector cannot be kept from trying again.');
}

type Request = (client: ConnectorClient, abortSignal: AbortSignal) => Promise<string>;
type Asked = { readonly kind: 'answered'; readonly id: string; readonly serviceUrl: string } | Trouble;

async function answered(
  request: () => Promise<string>,
  { serviceUrl, now }: { readonly serviceUrl: string; readonly now: () => Instant },
): Promise<Asked> {
  try {
    return { kind: 'answered', id: await request(), serviceUrl };
  } catch (error) {
    return troubleOf(error, now());
  }
}
