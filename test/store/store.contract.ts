import assert from 'node:assert/strict';
import type { TestStore } from '../fakes/redis.ts';
import { contentsContract } from './contract/contents.contract.ts';
import { contractSubject } from './contract/contract-subject.ts';
import { countsContract } from './contract/counts.contract.ts';
import { defectsContract } from './contract/defects.contract.ts';
import { factsContract } from './contract/facts.contract.ts';
import { headsContract } from './contract/heads.contract.ts';
import { idempotencyContract } from './contract/idempotency.contract.ts';
import { expectationContract, outboxContract } from './contract/outbox.contract.ts';
import { tenantsContract } from './contract/tenants.contract.ts';

/**
 * What every store promises, whatever it runs on; each test has a tenant of its own. It cannot prove that a step is
 * atomic when the server dies in the middle of it: that rests on how Redis runs and logs a script.
 */
export function storeContract(store: TestStore): void {
  const subject = contractSubject(store);
  headsContract(subject);
  idempotencyContract(subject);
  countsContract(subject);
  factsContract(subject);
  contentsContract(subject);
  expectationContract(subject);
  outboxContract(subject, () => store.store);
  defectsContract(subject);
  tenantsContract(subject);

  it('answers a ping', async () => {
    await assert.doesNotReject(subject.store.ping());
  });
}
