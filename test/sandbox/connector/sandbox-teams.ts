import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import {
  type ConnectorDouble,
  type ConnectorDoubleOptions,
  startConnectorDouble,
} from '../../../src/sandbox/connector/connector-double.ts';
import { bodyText } from '../../../src/sandbox/loopback-server.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../../src/sandbox/people.ts';

export const [grace, seoyeon] = sandboxPeople as [SandboxPerson, SandboxPerson, ...SandboxPerson[]];

export type OnTurn = (context: TurnContext) => Promise<void>;

/** A bot on Microsoft's own adapter and connector client, and the Teams that it talks to. */
export interface SandboxTeams {
  readonly teams: ConnectorDouble;
  readonly adapter: CloudAdapter;
  /** Every turn so far. */
  readonly turns: readonly TurnContext['activity'][];
  /** What the bot does from now on. */
  onTurn(handler: OnTurn): void;
  stop(): Promise<void>;
}

export async function startSandboxTeams(
  options: Partial<ConnectorDoubleOptions> = {},
): Promise<SandboxTeams> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const turns: TurnContext['activity'][] = [];
  let handler: OnTurn = async () => undefined;
  const bot = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await bodyText(request));
    const webRequest = { method: 'POST', headers: {}, body: body as Record<string, unknown> };
    await adapter.process(webRequest, webResponse(response), async (context) => {
      turns.push(context.activity);
      await handler(context);
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const teams = await startConnectorDouble({
    tenant: sandboxTenant.id,
    people: sandboxPeople,
    bot: { id: '28:00000000-0000-4000-8000-0000000000b0', name: 'Credits Bot' },
    botUrl: `http://127.0.0.1:${(bot.address() as AddressInfo).port}/api/messages`,
    now: Date.now,
    patience: { repeatAfterMs: 1_000, giveUpAfterMs: 2_000 },
    port: 0,
    ...options,
  });
  return {
    teams,
    adapter,
    turns,
    onTurn: (next) => {
      handler = next;
    },
    stop: async () => {
      await teams.stop();
      bot.closeAllConnections();
      await new Promise((resolve) => bot.close(resolve));
    },
  };
}

function webResponse(response: ServerResponse) {
  return {
    socket: response.socket,
    status: (code: number) => {
      response.statusCode = code;
    },
    header: (name: string, value: unknown) => response.setHeader(name, String(value)),
    send: (body: unknown) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
    end: () => response.end(),
  };
}

/** A message with one card of one line, and what else the card is to have. */
export function cardMessage(text: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }], ...more },
      },
    ],
  };
}
