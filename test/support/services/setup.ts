import type { TestProject } from 'vitest/node';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import type { Service } from './service.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string;
  }
}

let ours: Service[] = [];

/** Brings the servers that `*.services.test.ts` need: the environment's own, or ours for the time of the run. */
export async function setup(project: TestProject): Promise<void> {
  const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
  const own = async (start: () => Promise<Service>) => {
    const service = await start();
    ours.push(service);
    return service.url;
  };
  project.provide('databaseUrl', TEST_DATABASE_URL ?? (await own(postgres)));
  project.provide(
    'redisUrl',
    TEST_REDIS_URL ?? (await own(() => redis(['--maxmemory-policy', 'noeviction']))),
  );
}

export async function teardown(): Promise<void> {
  await Promise.all(ours.map((service) => service.end()));
  ours = [];
}
