/** A tap on a card, as the channel delivered it. */
export interface Tap {
  readonly verb: string;
  /** Forgeable: ids and what a person filled in, never who they are or what they may do. */
  readonly data: unknown;
  /** The message that carries the card, as the channel names it: a part of the idempotency key. */
  readonly messageId: string;
  /** True where nobody tapped: the client asks by itself for a card as it stands now. */
  readonly automatic?: boolean;
}
