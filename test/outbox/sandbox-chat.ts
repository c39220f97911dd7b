import type { Answer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import type { Address, Card, Deliver, Opened, Outcome, Reach, Reader } from '../../src/outbox/deliver.ts';

/** What stands in one chat, or came by mail. */
export interface Heard {
  readonly id: string;
  readonly conversation: string;
  readonly as: 'card' | 'note' | 'mail';
  /** What its card says now. */
  says: string;
  /** What it said when it made itself heard. */
  readonly saidFirst: string;
  inert: boolean;
  /** Whether it came without a sound. */
  readonly silent: boolean;
}

/** What the connector does with a request: the work, and the answer; not each needs the other. */
export type Fate = { readonly done: boolean; readonly answer: Exclude<Outcome, { kind: 'sent' }> | null };

export const fine: Fate = { done: true, answer: null };

/** Chats in memory, where every request meets the fate that a test gives it. */
export class SandboxChat implements Deliver, Reach {
  readonly heard: Heard[] = [];
  readonly requests: string[] = [];
  fate: (operation: string, conversation: string) => Fate = () => fine;
  opened: (tenant: TenantId, person: string) => Opened = (tenant, person) => ({
    kind: 'opened',
    address: { tenant, conversation: `chat of ${person}`, serviceUrl: null, kind: 'personal' },
  });
  installed: (tenant: TenantId, person: string) => Opened = () => ({
    kind: 'gave-up',
    why: 'cannot-install',
  });
  #ids = 0;

  async open(tenant: TenantId, person: string): Promise<Opened> {
    this.requests.push('open');
    return this.opened(tenant, person);
  }

  async install(tenant: TenantId, person: string): Promise<Opened> {
    this.requests.push('install');
    return this.installed(tenant, person);
  }

  async send(to: Address, answer: Answer, { silent = false }: Pick<Reader, 'silent'>): Promise<Outcome> {
    return this.#perform('send', to, () => this.#add(to.conversation, 'card', answer, silent));
  }

  async note(to: Address, answer: Answer): Promise<Outcome> {
    return this.#perform('note', to, () => this.#add(to.conversation, 'note', answer));
  }

  async edit(to: Card, answer: Answer): Promise<Outcome> {
    return this.#perform('edit', to, () => this.#change(to, answer, false));
  }

  async retire(to: Card, answer: Answer): Promise<Outcome> {
    return this.#perform('retire', to, () => this.#change(to, answer, true));
  }

  async mail(tenant: TenantId, person: string, words: { readonly text: string }): Promise<Outcome> {
    const to: Address = { tenant, conversation: `mail of ${person}`, serviceUrl: null, kind: 'personal' };
    return this.#perform('mail', to, () =>
      this.#add(to.conversation, 'mail', { kind: 'greeting', name: words.text }),
    );
  }

  inWords(answer: Answer): { readonly subject: string; readonly text: string } {
    return { subject: 'subject', text: wordsOf(answer) };
  }

  #perform(operation: string, { conversation }: Address, work: () => Outcome): Outcome {
    this.requests.push(operation);
    const { done, answer } = this.fate(operation, conversation);
    const outcome: Outcome = done ? work() : { kind: 'unknown' };
    return answer ?? outcome;
  }

  #add(conversation: string, as: Heard['as'], answer: Answer, silent = false): Outcome {
    this.#ids += 1;
    const says = wordsOf(answer);
    this.heard.push({ id: String(this.#ids), conversation, as, says, saidFirst: says, inert: false, silent });
    return { kind: 'sent', activityId: String(this.#ids) };
  }

  #change({ activityId }: Card, answer: Answer, inert: boolean): Outcome {
    const message = this.heard.find(({ id }) => id === activityId);
    if (message === undefined) return { kind: 'gave-up', why: 'message-gone' };
    message.says = wordsOf(answer);
    message.inert = inert;
    return { kind: 'sent', activityId };
  }
}

/** Any answer that carries a text. */
export function saying(text: string): Answer {
  return { kind: 'greeting', name: text };
}

function wordsOf(answer: Answer): string {
  return answer.kind === 'greeting' ? answer.name : answer.kind;
}
