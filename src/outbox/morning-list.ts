import type { Morning } from '../workflows/speaking-to.ts';
import type { Delivery } from './delivery.ts';
import { isBefore, type Message } from './message.ts';

/** News of an incident that waits for the end of quiet hours; a mail, and the end of an incident, are told alone. */
export function mayBeListed({ about, mode, way }: Message): boolean {
  return about.kind === 'incident' && mode === 'new' && way === 'chat';
}

/** The message that lists what waited: the same for each of those that did. */
export function listOf({ recipient }: Message, { digest: id, since }: Morning): Message {
  return {
    key: `digest:${id}`,
    place: placeOf(since),
    about: { kind: 'digest', id },
    recipient,
    mode: 'new',
    urgency: 'warning',
    way: 'chat',
  };
}

/** Whether the list tells of it: one that was told before the quiet hours were over does not. */
export function isToldByList(list: Delivery | null, { since }: Morning): boolean {
  const heard = list?.heard ?? null;
  return heard === null || !isBefore(heard, placeOf(since));
}

/** As of the end of the quiet hours, whenever the first of them comes to it. */
function placeOf(since: number): string {
  return `${since}-0`;
}
