import assert from 'node:assert/strict';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { connect } from '../../src/store/connection.ts';
import { redisStore } from '../../src/store/store.ts';
import { changeAlertSettings } from '../../src/workflows/alert-settings.ts';

/** An incident ends when it has been well for a while; from now on that is no time. */
export async function letIncidentsEndAtOnce(redisUrl: string): Promise<void> {
  const store = redisStore(connect(redisUrl, { onError: () => undefined }));
  const ports = { store, clock: { now: Date.now } };
  const command = { type: 'change', to: { holdMinutes: 0 } } as const;
  const changed = await changeAlertSettings(ports, sandboxTenant.id, { command, by: 'test' });
  assert.equal(changed.kind, 'done');
  await store.close();
}
