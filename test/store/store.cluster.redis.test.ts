import { withRedisCluster } from '../fakes/redis.ts';
import { storeContract } from './store.contract.ts';

describe('the store on a cluster of three masters', () => {
  storeContract(withRedisCluster());
});
