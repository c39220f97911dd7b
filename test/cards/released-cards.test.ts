import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { act } from '../../src/workflows/act.ts';
import { withRedis } from '../fakes/redis.ts';
import {
  administratorPerson,
  askerOf,
  mayAsk,
  portsOf,
  startDirectory,
} from '../workflows/product-under-test.ts';
import { sampleFiles, type TenantUnderTest, tenantUnderTest } from '../workflows/tenant-under-test.ts';
import { presentVersion, releasedCards, releasedVersions, storePresentCards } from './released-cards.ts';
import { readers } from './samples.ts';

if (process.env.STORE_CARDS === '1') storePresentCards();

describe('cards of released versions', () => {
  const redis = withRedis();
  let tenant: TenantUnderTest;
  let graph: GraphDouble;

  before(async () => {
    tenant = tenantUnderTest(redis.store);
    for (const [, content] of sampleFiles) await tenant.import(content);
    graph = await startDirectory(tenant.id);
  });
  after(() => graph.stop());

  it('are stored for this version, for later ones to be tried with', () => {
    assert.ok(
      releasedVersions().includes(presentVersion),
      `STORE_CARDS=1 npx mocha test/cards/released-cards.test.ts stores those of ${presentVersion}`,
    );
  });

  const stranger = sandboxPeople.find((person) => !mayAsk(person)) ?? assert.fail('everybody may');

  for (const version of releasedVersions()) {
    it(`of ${version} can be tapped, and are answered with a card, by whoever taps`, async () => {
      const ports = portsOf(redis.store, graph);
      const cards = releasedCards(version);
      assert.ok(cards.length > 10);
      for (const { name, actions } of cards) {
        for (const { verb, data } of actions) {
          for (const person of [administratorPerson, stranger]) {
            const tap = { verb, data, messageId: `${version} ${name}` };
            const answer = await act(ports, tap, askerOf(person, { tenant: tenant.id }));
            assert.ok(person !== stranger || answer.kind === 'not-eligible', `${name}: ${verb}`);
            for (const reader of Object.values(readers)) assert.ok(render(answer, reader).text.length > 0);
          }
        }
      }
      assert.deepEqual((await tenant.verify()).violations, []);
    });
  }
});
