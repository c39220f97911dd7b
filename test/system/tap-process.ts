import assert from 'node:assert/strict';
import { tenantId } from '../../src/decision/ids.ts';
import { connect } from '../../src/store/connection.ts';
import { redisStore } from '../../src/store/store.ts';
import { type Name, topUpsUnderTest } from '../workflows/top-ups-under-test.ts';

/** A process in which one person taps once. */
const { REDIS_URL = '', TENANT = '', WHO = '', VERB = '', DATA = '{}' } = process.env;
const store = redisStore(connect(REDIS_URL, { onError: () => undefined }));
const tenant = tenantId(TENANT) ?? assert.fail('no tenant');
await topUpsUnderTest(store, tenant).tap(WHO as Name, VERB, JSON.parse(DATA), 'card');
await store.close();
