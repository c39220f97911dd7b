import type { Conversation } from './chats.ts';
import { type ConnectorAnswer, connectorErrors } from './connector-errors.ts';

/** Where the app is installed, and who has blocked it. */
export class Installations {
  readonly #installed = new Set<string>();
  readonly #blocked = new Set<string>();

  install({ id }: Conversation): void {
    this.#installed.add(id);
    this.#blocked.delete(id);
  }

  uninstall({ id }: Conversation): void {
    this.#installed.delete(id);
  }

  block({ id }: Conversation): void {
    this.#blocked.add(id);
  }

  /** Whoever writes to the bot unblocks it. */
  unblock({ id }: Conversation): void {
    this.#blocked.delete(id);
  }

  has({ id }: Conversation): boolean {
    return this.#installed.has(id);
  }

  isBlocked({ id }: Conversation): boolean {
    return this.#blocked.has(id);
  }

  /** Why the bot may not write, or null where it may. */
  refusal(conversation: Conversation): ConnectorAnswer | null {
    if (!this.has(conversation)) return connectorErrors.notInRoster;
    return this.isBlocked(conversation) ? connectorErrors.messageWritesBlocked : null;
  }
}
