import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { PersonId } from '../decision/ids.ts';
import type { SpokenRequest } from '../language/request.ts';
import { actOnSettings } from './act-on-settings.ts';
import { answerIncidents } from './answer-incidents.ts';
import { answerDrill } from './drill.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports } from './ports.ts';
import { answerRechargeReport } from './recharge-report.ts';
import { actOnPreferences } from './show-preferences.ts';

/**
 * What is answered to a text that is no question. It only shows: whatever changes something takes a tap on the card.
 * @throws {DirectoryUnavailable} @throws {StoreUnavailable}
 */
export function answerSpokenRequest(ports: Ports, request: SpokenRequest, asker: Asker): Promise<Answer> {
  const { person } = asker;
  if (person === null) return Promise.resolve({ kind: 'not-eligible', reason: 'unknown-person' });
  return forEligible(ports, { asker, intent: request }, () => shown(ports, request, { ...asker, person }));
}

function shown(
  ports: Ports,
  request: SpokenRequest,
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  switch (request) {
    case 'recharge-failed':
      return answerRechargeReport(ports, 'failed', asker);
    case 'recharge-works':
      return answerRechargeReport(ports, 'works', asker);
    case 'drill':
      return answerDrill(ports, asker);
    case 'settings':
      return actOnSettings(ports, { verb: 'settings.open', data: {} }, asker);
    case 'preferences':
      return actOnPreferences(ports, { verb: 'preferences.open', data: {} }, asker);
    case 'incidents':
      return answerIncidents(ports, asker);
  }
}
