import type { Connection, OpenTarget } from './connection.ts';

/** A node in this process: its start is that of a second one, as a test worker makes it once the modules are loaded. */
export async function openInProcess(): Promise<OpenTarget> {
  const { createNode } = await import('@minichain/node');
  await (await createNode({ server: false })).close();
  const began = performance.now();
  const { rpc, close } = await createNode({ server: false });
  await rpc.request('eth_chainId');
  const startMs = performance.now() - began;
  const connection: Connection = {
    post: async (body) => (await rpc.answer(body)) ?? '',
    call: async <T>(method: string, params: readonly unknown[] = []) => (await rpc.request(method, params)) as T,
    close: () => {},
  };
  const none = () => undefined;
  return { connect: async () => connection, startMs, residentMb: none, cpuMs: none, close };
}
