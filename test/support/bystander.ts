import { createJsonRpc } from './jsonRpc.ts';

/** An honest client that asks one thing after the other while others misbehave. */
export interface Bystander {
  /** Waits until it has been answered that many times more. @throws what went wrong with a request of its own. */
  answered(times: number): Promise<void>;
  /** Stops it. @throws what went wrong with a request of its own. */
  stop(): Promise<void>;
}

const QUESTIONS = {
  eth_chainId: { params: [], answer: '0x7a69' },
  /** What nobody can set. */
  web3_sha3: { params: ['0x'], answer: '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470' },
} as const;

/** @example const other = startBystander(node.url); …; await other.stop() */
export function startBystander(url: string, question: keyof typeof QUESTIONS = 'eth_chainId'): Bystander {
  const { params, answer } = QUESTIONS[question];
  const rpc = createJsonRpc(url);
  let answers = 0;
  let isStopped = false;
  let failed: unknown;
  const asking = (async () => {
    while (!isStopped) {
      const told = await rpc.call(question, params);
      if (told !== answer) throw new Error(`${question} answered ${JSON.stringify(told)}`);
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
