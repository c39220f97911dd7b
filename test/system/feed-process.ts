import { tenantId } from '../../src/decision/ids.ts';
import { openProduct } from '../../src/open-product.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';

/** A process that reads one tenant's usage: once, or as a bot does, every so often. */
const { REDIS_URL = '', GRAPH_URL = '', TENANT = '', NAME = '', AS_A_BOT } = process.env;
const tenant = tenantId(TENANT) ?? sandboxTenant.id;
const open = openProduct({
  redisUrl: REDIS_URL,
  graphBaseUrl: GRAPH_URL,
  graphAccess: { token: async () => NAME },
  defaultCurrency: sandboxTenant.currency,
  peopleRefreshMinutes: 15,
  sending: { teamsAppId: null, mailSender: null, perSecond: 25 },
  betaReports: false,
  onStoreError: () => {},
});

if (AS_A_BOT === undefined) {
  await open.product.feedUsage(tenant);
  await open.close();
} else {
  await open.startWork({
    pollUsageEveryMs: 3_600_000,
    refreshPeopleEveryMs: 3_600_000,
    homeTenant: tenant,
    onFailure: (step, error) => process.stderr.write(`${step} ${error.name}\n`),
  });
}
