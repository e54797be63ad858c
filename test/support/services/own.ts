import { postgres } from './postgres.ts';
import { redis } from './redis.ts';

/** PostgreSQL and Redis for a parent process, which is told the variables that lead to them; gone when it lets go. */
const services = await Promise.all([postgres(), redis(['--maxmemory-policy', 'noeviction'])]);
const [database, queue] = services;
process.on('disconnect', async () => {
  await Promise.all(services.map((service) => service.end()));
  process.exit();
});
process.send?.({ variables: { DATABASE_URL: database.url, REDIS_URL: queue.url } });
