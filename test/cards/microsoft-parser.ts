import { createRequire } from 'node:module';

interface ParseContext {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}

interface AdaptiveCardsPackage {
  readonly AdaptiveCard: new () => { parse(card: unknown, context: ParseContext): void };
  readonly SerializationContext: new (version: unknown) => ParseContext;
  readonly Versions: { readonly v1_5: unknown };
}

// The package's own declarations lead into its sources, which do not compile under our settings.
const { AdaptiveCard, SerializationContext, Versions }: AdaptiveCardsPackage = createRequire(import.meta.url)(
  'adaptivecards',
);

/** What Microsoft's parser remarks upon in a card of schema version 1.5. */
export function parserRemarks(card: unknown): readonly string[] {
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(JSON.parse(JSON.stringify(card)), context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}
