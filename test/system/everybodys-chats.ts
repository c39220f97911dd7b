import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const people = z.array(z.object({ id: z.string() }));
const chat = z.object({
  messages: z.array(z.object({ from: z.string().nullable(), cards: z.array(z.unknown()) })),
});

/** What stands in the personal chats of a sandbox that runs, as its page of all chats tells it. */
export class EverybodysChats {
  constructor(private readonly port: number) {}

  /** How many messages of the bot hold a card that names the incident, by the person; without who has none. */
  async cardsOf(incident: string): Promise<ReadonlyMap<string, number>> {
    const inTeams = people.parse(await this.#asked('people'));
    const counts = await Promise.all(
      inTeams.map(async ({ id }) => [id, await this.#cards(id, incident)] as const),
    );
    return new Map(counts.filter(([, count]) => count > 0));
  }

  /** Asks until so many people have such a card. */
  async untilCardsOf(incident: string, many: number): Promise<ReadonlyMap<string, number>> {
    for (;;) {
      const cards = await this.cardsOf(incident);
      if (cards.size >= many) return cards;
      // Another process takes its time; there is no clock of it to move.
      await delay(50);
    }
  }

  async #cards(person: string, incident: string): Promise<number> {
    const { messages } = chat.parse(await this.#asked(`chat?person=${person}&where=personal`));
    const named = messages.filter(
      ({ from, cards }) => from === null && JSON.stringify(cards).includes(incident),
    );
    return named.length;
  }

  async #asked(path: string): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.port}/page/${path}`)).json();
  }
}
