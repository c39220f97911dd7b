import { withRedis } from '../fakes/redis.ts';
import { storeContract } from './store.contract.ts';

describe('the store on a single Redis', () => {
  storeContract(withRedis());
});
