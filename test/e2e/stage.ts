import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { personNamed } from './with-bot.ts';

const longestWaitMs = 30_000;
const pollMs = 100;

/** What is done behind the page of everybody's chats: to the connector, and to what stands in a chat. */
export class Stage {
  constructor(private readonly chatsUrl: string) {}

  /** The card in a person's own chat that came last of those whose JSON fits. */
  async cardOf(name: string, fitting: RegExp): Promise<unknown> {
    const cards = await this.#cardsOf(name);
    return (
      cards.findLast((card) => fitting.test(JSON.stringify(card))) ?? assert.fail(`no such card of ${name}`)
    );
  }

  /** Resolves when such a card stands in a person's own chat; what is told to others comes within seconds. */
  async untilCard(name: string, fitting: RegExp): Promise<void> {
    const giveUp = Date.now() + longestWaitMs;
    while (!(await this.#cardsOf(name)).some((card) => fitting.test(JSON.stringify(card)))) {
      assert.ok(Date.now() < giveUp, `no such card of ${name}`);
      await sleep(pollMs);
    }
  }

  /** Puts a card into a person's own chat that the bot never sent there. */
  forge(name: string, card: unknown): Promise<void> {
    return this.#act('forge', { person: personNamed(name).id, where: 'personal', card });
  }

  /** The next edits of cards are refused for good, whomever they are for. */
  async loseEdits(count: number): Promise<void> {
    const answer = { status: 500, body: { error: { code: 'ServiceError', message: 'lost' } } };
    for (let lost = 0; lost < count; lost += 1) {
      await this.#act('fault', { kind: 'answer', operation: 'update', answer });
    }
  }

  async #cardsOf(name: string): Promise<readonly unknown[]> {
    const asked = new URLSearchParams({ person: personNamed(name).id, where: 'personal' });
    const chat = Object(await (await fetch(`${this.chatsUrl}chat?${asked}`)).json());
    return chat.messages.flatMap((message: { readonly cards: readonly unknown[] }) => message.cards);
  }

  async #act(name: string, body: object): Promise<void> {
    const response = await fetch(`${this.chatsUrl}${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.text());
  }
}
