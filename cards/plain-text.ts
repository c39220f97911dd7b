import type { JsonValue } from '../src/decision/json.ts';
import type { AdaptiveCardJson, JsonObject } from './adaptive-card.ts';

/** The heading of every card, which the first line says as well. */
const headingId = 'title';

/**
 * All that a card says, line by line and top to bottom, for clients that show no cards, for notifications and for
 * logs. The first line is given, because a card may say it as a heading and a large figure.
 */
export function plainText(card: AdaptiveCardJson, firstLine: string): string {
  const lines = card.body.flatMap(linesOf).filter((line) => line !== '');
  return [firstLine, ...lines].join('\n');
}

/** What the buttons of a card are called, from top to bottom. */
export function actionTitles(card: AdaptiveCardJson): readonly string[] {
  return [...card.body.flatMap(actionsWithin), ...objects(card.actions)].map((action) =>
    String(action.title),
  );
}

function actionsWithin(element: JsonObject): readonly JsonObject[] {
  if (element.type === 'ActionSet') return objects(element.actions);
  return objects(element.items).flatMap(actionsWithin);
}

function linesOf(element: JsonObject): readonly string[] {
  if (element.id === headingId) return [];
  switch (element.type) {
    case 'TextBlock':
      return [String(element.text)];
    case 'RichTextBlock':
      return [
        objects(element.inlines)
          .map((run) => String(run.text))
          .join(''),
      ];
    case 'FactSet':
      return objects(element.facts).map((fact) =>
        `${String(fact.title)}: ${String(fact.value)}`.replaceAll('\u00a0', ' '),
      );
    case 'Container':
      return objects(element.items).flatMap(linesOf);
    // A chart's twin in words stands below it; inputs cannot be filled in where there is text only.
    default:
      return [];
  }
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}
