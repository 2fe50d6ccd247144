import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One node for the whole run, besides those that the fixtures start; only shared.test.ts uses it.
    globalSetup: ['@minichain/testing/globalSetup'],
  },
});
