import { createJsonRpc } from './jsonRpc.ts';

/** An honest client that asks one thing after the other while others misbehave. */
export interface Bystander {
  /** Waits until it has been answered that many times more. @throws what went wrong with a request of its own. */
  answered(times: number): Promise<void>;
  /** Stops it. @throws what went wrong with a request of its own. */
  stop(): Promise<void>;
}

/** @example const other = startBystander(node.url); …; await other.stop() */
export function startBystander(url: string): Bystander {
  const rpc = createJsonRpc(url);
  let answers = 0;
  let isStopped = false;
  let failed: unknown;
  const asking = (async () => {
    while (!isStopped) {
      const id = await rpc.call('eth_chainId');
      if (id !== '0x7a69') throw new Error(`eth_chainId answered ${JSON.stringify(id)}`);
      answers++;
    }
  })().catch((error: unknown) => {
    failed = error;
  });
  const check = () => {
    if (failed !== undefined) throw new Error('the bystander was not answered', { cause: failed });
  };
  return {
    answered: async (times) => {
      const wanted = answers + times;
      while (answers < wanted) {
        check();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    stop: async () => {
      isStopped = true;
      await asking;
      rpc.close();
      check();
    },
  };
}
