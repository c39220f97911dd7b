import assert from 'node:assert/strict';
import type { TenantId } from '../../src/decision/ids.ts';
import { utcDay } from '../../src/decision/time.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { importRateDeck } from '../../src/workflows/rate-decks.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { fixture, usd } from '../rates/decks.ts';
import { askerOf, mayAsk, portsOf, shows, startDirectory } from './product-under-test.ts';
import { now } from './tenant-under-test.ts';

/** Of a landline in Germany, and of nothing else on its card. */
const price = '0.013';

describe('a question for a rate', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let ports: Ports;

  before(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
    ports = portsOf(redis.store, graph);
    const unstated = { currency: usd, effectiveFrom: utcDay(now) };
    const deck = { tenant, csvText: fixture('rates.csv'), unstated, actor: 'test', at: now, apply: true };
    await importRateDeck(redis.store, deck);
  });
  after(() => graph.stop());

  for (const person of sandboxPeople) {
    const kind = `${person.displayName} (${person.via ?? 'direct'}, ${person.roles.length} roles)`;
    it(`tells ${kind} a price ${mayAsk(person) ? 'in person alone' : 'never'}`, async () => {
      const question = { intent: 'rate', region: 'DE' } as const;
      const inPerson = await answerQuestion(ports, question, askerOf(person, { tenant }));
      assert.equal(inPerson.kind, mayAsk(person) ? 'rate' : 'not-eligible');
      assert.equal(shows(inPerson, price.replace('.', '')), mayAsk(person));
      const shared = await answerQuestion(ports, question, askerOf(person, { tenant, scope: 'shared' }));
      assert.equal(shared.kind, mayAsk(person) ? 'in-person' : 'not-eligible');
      assert.equal(shows(shared, price.replace('.', '')), false);
    });
  }
});
