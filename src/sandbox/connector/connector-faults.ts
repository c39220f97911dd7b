import type { ConnectorAnswer } from './connector-errors.ts';

export type ConnectorOperation = 'create' | 'send' | 'update' | 'delete' | 'members';

/** What shall go wrong with the next request that fits. */
export type ConnectorFault = {
  /** Absent fits every operation. */
  readonly operation?: ConnectorOperation | undefined;
  /** Absent fits every conversation. */
  readonly conversation?: string | undefined;
} & (
  | { readonly kind: 'answer'; readonly answer: ConnectorAnswer }
  /** The work is done, and the connection ends before the answer. */
  | { readonly kind: 'cut-after-success' }
  /** The work is done, and the answer never comes. */
  | { readonly kind: 'silence-after-success' }
);

/** Faults to come, each for one request, in their order. */
export class ConnectorFaults {
  #waiting: readonly ConnectorFault[] = [];

  add(...faults: readonly ConnectorFault[]): void {
    this.#waiting = [...this.#waiting, ...faults];
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes the first fault that fits, or null. */
  take(request: {
    readonly operation: ConnectorOperation;
    readonly conversation: string;
  }): ConnectorFault | null {
    const first = this.#waiting.findIndex(
      ({ operation, conversation }) =>
        (operation ?? request.operation) === request.operation &&
        (conversation ?? request.conversation) === request.conversation,
    );
    const fault = this.#waiting[first];
    this.#waiting = this.#waiting.filter((_, index) => index !== first);
    return fault ?? null;
  }
}
