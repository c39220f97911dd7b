/** Somebody said that the recharge failed, or works again: before it is told to all, it takes a tap. */
export interface RechargeReportAnswer {
  readonly kind: 'recharge-report';
  readonly says: 'failed' | 'works';
  /** How many people are told, the asker among them. */
  readonly people: number;
  /** What may be meant, by currency; empty where nothing failed that could work again. */
  readonly choices: readonly RechargeChoice[];
}

export interface RechargeChoice {
  readonly currency: string;
  /** The incident that ends; null where one is to begin. */
  readonly episode: string | null;
}
