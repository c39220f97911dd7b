import { isTextKey, type Words } from '../words.ts';

/** The name of a role by its template id; the id itself where the role has no name here. */
export function roleName(role: string, words: Words): string {
  const key = `role.${role}`;
  return isTextKey(key) ? words.say(key) : role;
}
