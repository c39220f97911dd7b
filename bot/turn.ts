import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Reader } from '../cards/reader.ts';
import type { Answer } from '../src/answers/answer.ts';
import type { Asker } from '../src/answers/asker.ts';
import type { Product } from '../src/product.ts';
import { askerOf } from './asker.ts';
import type { Log } from './log.ts';
import { readerFor } from './reply.ts';

/** What every turn has at hand. */
export interface Bot {
  readonly product: Product;
  readonly log: Log;
  /** The application id; empty in the sandbox, where nothing is signed. */
  readonly botId: string;
}

/** An answer, and for whom it is to be written. */
export interface Said {
  readonly answer: Answer;
  readonly reader: Reader;
}

/**
 * Runs what a turn is about and always comes to an answer: a world that is down, and a defect of ours, are told in a
 * sentence with a reference that stands in the log. Null where nobody can be answered.
 */
export async function runTurn(
  bot: Bot,
  context: TurnContext,
  turn: {
    readonly asked: 'en' | 'ko' | null;
    readonly answer: (asker: Asker) => Promise<Answer>;
  },
): Promise<Said | null> {
  const asker = askerOf(context.activity);
  if (asker === null) {
    bot.log.warn({ activityType: knownType(context.activity.type) }, 'An activity names no tenant.');
    return null;
  }
  const [answer, chosenBefore] = await Promise.all([
    answered(bot.log, context, () => turn.answer(asker)),
    chosenBy(bot, asker),
  ]);
  const chosen = answer.kind === 'language' ? (answer.chosen ?? chosenBefore) : chosenBefore;
  const reader = readerFor(asker, { chosen, asked: turn.asked }, bot.product.now(), bot.botId);
  // Where others read along no card is one person's.
  const own = asker.scope === 'personal' ? { teamsUser: context.activity.from.id } : {};
  return { answer, reader: { ...reader, ...own } };
}

/** Whatever else stands there is somebody's text. */
function knownType(type: string): string {
  return activityTypes.has(type) ? type : 'other';
}

const activityTypes: ReadonlySet<string> = new Set(Object.values(ActivityTypes));

async function answered(log: Log, context: TurnContext, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    return unavailable(log, error, context.activity.id ?? '');
  }
}

/** Without the store nobody's choice is known, and the sentence that says so is written all the same. */
async function chosenBy({ product }: Bot, asker: Asker): Promise<'en' | 'ko' | null> {
  try {
    return (await product.preferences(asker)).language;
  } catch {
    return null;
  }
}

const causes: Readonly<Record<string, 'store' | 'directory'>> = {
  StoreUnavailable: 'store',
  // Its facts are only half there for a moment.
  TenantBeingRebuilt: 'store',
  DirectoryUnavailable: 'directory',
};

function unavailable(log: Log, error: unknown, activityId: string): Answer {
  const name = error instanceof Error ? error.name : 'unknown';
  const what = causes[name] ?? 'defect';
  const reference = referenceOf(activityId);
  log.error(
    { reference, what, error: name, stack: what === 'defect' ? stackOf(error) : undefined },
    'A turn failed.',
  );
  return { kind: 'unavailable', what, reference };
}

/** Short enough to be read out on the phone; the log has it too. */
function referenceOf(activityId: string): string {
  return activityId.replace(/[^0-9A-Za-z]/g, '').slice(-8) || 'none';
}

/** Where it happened, without the message: that may quote what a person typed. */
function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  // A message may look like a frame.
  const frames = error.stack.replace(error.message, '');
  const firstFrame = frames.indexOf('\n    at ');
  return firstFrame < 0 ? undefined : frames.slice(firstFrame + 1);
}
