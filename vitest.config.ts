import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of the time goes into child processes: one worker would leave the second core idle.
    maxWorkers: 2,
    globalSetup: ['test/support/services/drawer.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.services.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'services',
          include: ['test/**/*.services.test.ts'],
          globalSetup: ['test/support/services/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
