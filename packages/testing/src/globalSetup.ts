import type { TestProject } from 'vitest/node';
import { type StartNodeOptions, startNode } from './startNode.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the node of this run is; from `@minichain/testing/globalSetup`. */
    minichainUrl: string;
  }
}

/**
 * A vitest `globalSetup` that starts one node for the whole run and hands over its URL. All workers share its chain.
 * @example
 * // globalSetup.ts
 * export default createGlobalSetup({ chain: { chainId: 1n } });
 * // a test
 * const client = createClient({ url: inject('minichainUrl') });
 */
export function createGlobalSetup(
  options: StartNodeOptions<number> = {},
): (project: Pick<TestProject, 'provide'>) => Promise<() => Promise<void>> {
  return async (project) => {
    const node = await startNode(options);
    project.provide('minichainUrl', node.url);
    return () => node.close();
  };
}

/** With the defaults: `globalSetup: ['@minichain/testing/globalSetup']` in `vitest.config.ts`. */
export default createGlobalSetup();
