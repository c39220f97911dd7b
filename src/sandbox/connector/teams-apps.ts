import type { PersonId } from '../../decision/ids.ts';
import type { ConnectorDouble } from './connector-double.ts';

/** What Graph does in the sandbox's Teams: it adds the app for a person, of which the bot hears as of any other. */
export function teamsAppsOf({ client, roster }: Pick<ConnectorDouble, 'client' | 'roster'>): {
  install(person: PersonId): boolean | null;
  chatId(person: PersonId): string;
} {
  return {
    install: (person) => {
      if (roster.find(person) === null) return null;
      if (client.isInstalled(person)) return false;
      void client.install(person, 'personal');
      return true;
    },
    chatId: (person) => client.conversation(person, 'personal').id,
  };
}
