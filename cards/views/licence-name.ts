import { isTextKey, type Words } from '../words.ts';

/** What people call a licence; its service plan where nobody has named it. */
export function licenceName(words: Words, servicePlan: string): string {
  const key = `licence.${servicePlan}`;
  return isTextKey(key) ? words.say(key) : servicePlan;
}
