import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { render } from '../../cards/render.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { readers, samples } from './samples.ts';

/** A card as a released version sent it; it lies in people's chats for years and can be tapped. */
export interface ReleasedCard {
  readonly version: string;
  readonly name: string;
  readonly actions: readonly ReleasedAction[];
}

export interface ReleasedAction {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const folder = new URL('./released/', import.meta.url);

/** The version that the next release will have; its cards are stored with `STORE_CARDS=1`. */
export const presentVersion: string = packageJson.version;

export function releasedVersions(): readonly string[] {
  return readdirSync(folder);
}

export function releasedCards(version: string): readonly ReleasedCard[] {
  const cards: Record<string, unknown> = JSON.parse(readFileSync(fileOf(version), 'utf8'));
  return Object.entries(cards).map(([name, card]) => ({ version, name, actions: actionsIn(card) }));
}

/** Stores every sample's card that can be tapped, as this version draws it. */
export function storePresentCards(): void {
  const cards = samples.flatMap(({ kind, name, answer }) =>
    (['en', 'ko'] as const).map(
      (language) => [`${kind}, ${name}, ${language}`, render(answer, readers[language]).card] as const,
    ),
  );
  const tappable = cards.filter(([, card]) => actionsIn(card).length > 0);
  mkdirSync(new URL(`./${presentVersion}/`, folder), { recursive: true });
  writeFileSync(fileOf(presentVersion), `${JSON.stringify(Object.fromEntries(tappable))}\n`);
}

function fileOf(version: string): URL {
  return new URL(`./${version}/cards.json`, folder);
}

/** Every Action.Execute, wherever in the card it stands. */
function actionsIn(part: unknown): readonly ReleasedAction[] {
  if (Array.isArray(part)) return part.flatMap(actionsIn);
  if (typeof part !== 'object' || part === null) return [];
  const inner = Object.values(part).flatMap(actionsIn);
  if (!('type' in part) || part.type !== 'Action.Execute' || !('verb' in part)) return inner;
  const data = 'data' in part && typeof part.data === 'object' ? { ...part.data } : {};
  return [{ verb: String(part.verb), data }, ...inner];
}
