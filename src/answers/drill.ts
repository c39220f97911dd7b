export const drillVerbs = ['alert.drill'] as const;

/** What a drill does, before it is begun by a tap. */
export interface DrillAnswer {
  readonly kind: 'drill';
  /** How many people it tells, the asker among them. */
  readonly people: number;
}
