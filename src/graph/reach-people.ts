import { z } from 'zod';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Again, GaveUp, Opened, Outcome, Reach } from '../outbox/deliver.ts';
import { type GraphClient, whileSomebodyWaits } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readGraphJson } from './graph-json.ts';
import type { GraphPost, Posted } from './post.ts';

export interface ReachSettings {
  readonly client: GraphClient;
  readonly post: GraphPost;
  readonly baseUrl: string;
  /** The app's id in the tenant's catalogue; null: nobody is added the app. */
  readonly teamsAppId: string | null;
  /** Id or address of the mailbox that mails leave from; null: none is sent. */
  readonly mailSender: string | null;
}

/**
 * The ways to people who are not in a chat with the bot, by Graph: the app is added for the person and its chat asked
 * for (Microsoft: "Proactive installation of apps using Graph API"), or a mail is sent.
 */
export function graphReach(settings: ReachSettings): Reach {
  return {
    install: (tenant, person) => install(settings, tenant, person),
    mail: (tenant, person, words) => mail(settings, tenant, person, words),
  };
}

async function install(
  { client, post, baseUrl, teamsAppId }: ReachSettings,
  tenant: TenantId,
  person: PersonId,
): Promise<Opened> {
  if (teamsAppId === null) return { kind: 'gave-up', why: 'cannot-install' };
  const apps = `/v1.0/users/${person}/teamwork/installedApps`;
  const app = `${new URL(baseUrl).origin}/v1.0/appCatalogs/teamsApps/${teamsAppId}`;
  const posted = await post.post(tenant, apps, { 'teamsApp@odata.bind': app });
  const trouble = troubleOf(posted, 'cannot-install');
  // 409: it is there already.
  if (trouble !== null && !(posted.kind === 'answered' && posted.status === 409)) return trouble;
  try {
    const filter = encodeURIComponent(`teamsApp/id eq '${teamsAppId}'`);
    const installed = readGraphJson(
      await client.get(tenant, `${apps}?$expand=teamsApp&$filter=${filter}`, whileSomebodyWaits),
      installedSchema,
    );
    const id = installed.value[0]?.id;
    if (id === undefined) return { kind: 'again', afterMs: null, why: 'not-installed-yet' };
    const path = `${apps}/${encodeURIComponent(id)}/chat`;
    const chat = readGraphJson(await client.get(tenant, path, whileSomebodyWaits), chatSchema);
    const address = { tenant, conversation: chat.id, serviceUrl: null, kind: 'personal' } as const;
    return { kind: 'opened', address };
  } catch (error) {
    return whyNot(error, 'cannot-install');
  }
}

const installedSchema = z.object({ value: z.array(z.object({ id: z.string() })) });
const chatSchema = z.object({ id: z.string() });
const userSchema = z.object({ mail: z.string().nullable() });

async function mail(
  { client, post, mailSender }: ReachSettings,
  tenant: TenantId,
  person: PersonId,
  { subject, text }: { readonly subject: string; readonly text: string },
): Promise<Outcome> {
  if (mailSender === null) return { kind: 'gave-up', why: 'no-way' };
  let address: string | null;
  try {
    const user = await client.get(tenant, `/v1.0/users/${person}?$select=mail`, whileSomebodyWaits);
    address = readGraphJson(user, userSchema).mail;
  } catch (error) {
    return whyNot(error, 'no-mailbox');
  }
  if (address === null) return { kind: 'gave-up', why: 'no-mailbox' };
  const posted = await post.post(tenant, `/v1.0/users/${encodeURIComponent(mailSender)}/sendMail`, {
    message: {
      subject,
      body: { contentType: 'Text', content: text },
      toRecipients: [{ emailAddress: { address } }],
    },
    saveToSentItems: false,
  });
  if (posted.kind === 'unknown') return posted;
  return troubleOf(posted, 'refused') ?? { kind: 'sent', activityId: '' };
}

/** Graph's documentation names these as worth another attempt. */
const worthAnotherAttempt: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Null where it was done. */
function troubleOf(posted: Posted, why: GaveUp['why']): Again | GaveUp | null {
  if (posted.kind !== 'answered') return { kind: 'again', afterMs: null, why: 'no-answer' };
  const { status, retryAfterMs } = posted;
  if (status >= 200 && status < 300) return null;
  if (worthAnotherAttempt.has(status)) return { kind: 'again', afterMs: retryAfterMs, why: String(status) };
  return { kind: 'gave-up', why };
}

function whyNot(error: unknown, why: GaveUp['why']): Again | GaveUp {
  if (!(error instanceof GraphFailed)) throw error;
  if (error.problem.kind === 'refused') return { kind: 'gave-up', why };
  return { kind: 'again', afterMs: null, why: 'no-answer' };
}
