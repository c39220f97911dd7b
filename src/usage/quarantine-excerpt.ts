import type { QuarantinedItem } from './quarantine.ts';
import { fieldsOf } from './quarantine-fields.ts';
import { fieldNames } from './row-text.ts';

/**
 * What an item looks like without what it says: every letter is an x and every digit a 0, for it holds names and
 * numbers. That shows a charge that is a word, a minus before it, or a date the wrong way round.
 */
export function excerptOf(item: Pick<QuarantinedItem, 'kind' | 'source' | 'content'>): string {
  const fields = fieldsOf(item);
  if (fields === null) return shapeOf(item.content, maxTextLength);
  return fieldNames
    .flatMap((name) => {
      const value = fields[name];
      return value ? [`${name}: ${shapeOf(value, maxValueLength)}`] : [];
    })
    .join(', ');
}

const maxTextLength = 200;
const maxValueLength = 40;

function shapeOf(text: string, most: number): string {
  const shape = text
    .slice(0, most)
    .replace(/[\p{L}\p{M}]/gu, 'x')
    .replace(/\p{N}/gu, '0')
    .replace(/[\p{C}\p{Z}]+/gu, ' ');
  return text.length > most ? `${shape}…` : shape;
}
