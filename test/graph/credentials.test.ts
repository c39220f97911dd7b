import assert from 'node:assert/strict';
import { fake } from 'sinon';
import { tokenSource, tokensOf } from '../../src/graph/credentials.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';

const graphUrl = 'https://graph.microsoft.com/v1.0';

describe('tokens for Graph', () => {
  it('are asked for this host and the tenant in question', async () => {
    const getToken = fake.resolves({ token: 'secret', expiresOnTimestamp: 0 });
    const source = tokensOf(async () => ({ getToken }), graphUrl);
    assert.equal(await source.token(sandboxTenant.id), 'secret');
    assert.deepEqual(getToken.firstCall.args, [
      'https://graph.microsoft.com/.default',
      { tenantId: sandboxTenant.id },
    ]);
  });

  it('are missing loudly', async () => {
    const source = tokensOf(async () => ({ getToken: async () => null }), graphUrl);
    await assert.rejects(source.token(sandboxTenant.id), /no token/);
  });

  it('are not sent to the sandbox', async () => {
    const source = tokenSource({ kind: 'anonymous' }, 'http://127.0.0.1:1');
    assert.equal(await source.token(sandboxTenant.id), null);
  });

  it('need a certificate that can be read', async () => {
    const source = tokenSource(
      {
        kind: 'certificate',
        homeTenant: sandboxTenant.id,
        clientId: sandboxTenant.id,
        certificatePath: '/nowhere/credits-bot.pem',
      },
      graphUrl,
    );
    await assert.rejects(source.token(sandboxTenant.id), /nowhere/);
  });
});
