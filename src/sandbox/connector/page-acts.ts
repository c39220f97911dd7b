import { z } from 'zod';
import { personId } from '../../decision/ids.ts';
import { cardActionSchema } from './bot-activity.ts';
import type { ConnectorFaults } from './connector-faults.ts';
import type { Teams } from './teams.ts';
import type { TeamsClient } from './teams-client.ts';

/** What the page shows and moves. */
export interface Stage {
  readonly teams: Teams;
  readonly client: TeamsClient;
  readonly faults: ConnectorFaults;
}

/** What a person does in Teams, or what is done to the connector; the result is JSON. */
type Act = (stage: Stage, body: unknown) => Promise<unknown>;

const person = z.string().transform((text, context) => {
  const id = personId(text);
  if (id !== null) return id;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a person' });
  return z.NEVER;
});

/** A person's view of one conversation. */
export const placeSchema = z.object({ person, where: z.enum(['personal', 'groupChat', 'channel']) });

const tapSchema = z.object({
  person,
  activityId: z.string(),
  action: cardActionSchema,
  inputs: z.record(z.string(), z.unknown()),
  twice: z.boolean().default(false),
});

const fitting = {
  operation: z.enum(['create', 'send', 'update', 'delete', 'members']).optional(),
  conversation: z.string().optional(),
};
const faultSchema = z.discriminatedUnion('kind', [
  z.object({
    ...fitting,
    kind: z.literal('answer'),
    answer: z.object({
      status: z.number().int().min(100).max(599),
      body: z.unknown(),
      retryAfterSeconds: z.number().int().nonnegative().optional(),
    }),
  }),
  z.object({ ...fitting, kind: z.literal('cut-after-success') }),
  z.object({ ...fitting, kind: z.literal('silence-after-success') }),
]);

/**
 * By name: `POST /page/<name>`.
 * Each throws a {@link z.ZodError} where the body is not what it needs, and a {@link RangeError} where the person
 * is not there.
 */
export const acts: ReadonlyMap<string, Act> = new Map([
  act(placeSchema.extend({ text: z.string().min(1).max(10_000) }), 'say', ({ client }, said) =>
    client.say(said.person, said.where, said.text),
  ),
  act(tapSchema, 'tap', ({ client }, tap) => client.tap(tap)),
  act(placeSchema, 'view', ({ client }, place) => client.view(place.person, place.where)),
  act(
    placeSchema.extend({ card: z.record(z.unknown()) }),
    'forge',
    async ({ client }, { person, where, card }) => ({
      id: client.forge(person, where, card),
    }),
  ),
  act(placeSchema, 'install', ({ client }, place) => client.install(place.person, place.where)),
  act(placeSchema, 'uninstall', ({ client }, place) => client.uninstall(place.person, place.where)),
  act(z.object({ person }), 'block', async ({ client }, blocked) => client.block(blocked.person)),
  act(z.object({ on: z.boolean() }), 'limit', async ({ teams }, { on }) => {
    teams.limited = on;
  }),
  act(faultSchema, 'fault', async ({ faults }, fault) => faults.add(fault)),
]);

function act<Body>(
  schema: z.ZodType<Body, z.ZodTypeDef, unknown>,
  name: string,
  perform: (stage: Stage, body: Body) => Promise<unknown>,
): readonly [name: string, act: Act] {
  return [name, async (stage, body) => perform(stage, schema.parse(body))];
}
