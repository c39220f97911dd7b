import { Redis } from 'ioredis';
import { localRedis } from '../../src/store/local-server.ts';

/**
 * A process that uses the server of a folder: joins, adds one to `uses`, stops, as often as it is told; then, told
 * to hold, joins once more and waits to be killed.
 */
const [folder = '', times = '1', after = 'end'] = process.argv.slice(2);

for (let use = 0; use < Number(times); use += 1) {
  const server = await localRedis({ folder, log: console.error });
  const redis = new Redis(server.url);
  await redis.incr('uses');
  await redis.quit();
  await server.stop();
}

if (after === 'hold') {
  const server = await localRedis({ folder, log: console.error });
  console.log(server.url);
}
