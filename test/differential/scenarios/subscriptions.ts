import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { alice, bob } from '../accounts.ts';
import type { Side } from '../names.ts';
import type { Pair } from '../pair.ts';
import { deploy, send, write } from '../send.ts';

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly params?: { readonly subscription: string; readonly result: unknown };
}

const PATIENCE_MS = 5_000;

/** One node's subscriptions: what each was told, in order. */
class Listener {
  readonly #socket: WebSocket;
  readonly #opened: Promise<unknown>;
  readonly #replies = new Map<number, Message>();
  readonly #told = new Map<string, unknown[]>();
  #nextId = 0;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#opened = once(this.#socket, 'open');
    this.#socket.on('message', (raw) => {
      const message = JSON.parse(String(raw)) as Message;
      if (message.id !== undefined) this.#replies.set(message.id, message);
      if (message.params !== undefined) this.#of(message.params.subscription).push(message.params.result);
    });
  }

  async open(): Promise<void> {
    await this.#opened;
  }

  async call(method: string, params: unknown): Promise<Message> {
    const id = ++this.#nextId;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    await this.until(() => this.#replies.has(id));
    return this.#replies.get(id) as Message;
  }

  told(subscription: string): readonly unknown[] {
    return this.#of(subscription);
  }

  async until(done: () => boolean): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!done() && performance.now() < deadline) await delay(2);
  }

  close(): void {
    this.#socket.terminate();
  }

  #of(subscription: string): unknown[] {
    const told = this.#told.get(subscription) ?? [];
    this.#told.set(subscription, told);
    return told;
  }
}

const KINDS: readonly (readonly unknown[])[] = [
  ['newHeads'],
  ['logs', {}],
  ['logs', { topics: [`0x${'1'.padStart(64, '0')}`] }],
  ['newPendingTransactions'],
];

/** What a WebSocket is told while blocks are made. */
export async function subscriptions(pair: Pair): Promise<void> {
  const sides: readonly Side[] = ['anvil', 'minichain'];
  const listeners = {
    anvil: new Listener(pair.nodes.anvil.wsUrl),
    minichain: new Listener(pair.nodes.minichain.wsUrl),
  };
  try {
    const ids: Record<Side, string[]> = { anvil: [], minichain: [] };
    for (const side of sides) {
      await listeners[side].open();
      for (const kind of KINDS) ids[side].push((await listeners[side].call('eth_subscribe', kind)).result as string);
    }
    const lab = await deploy(pair, alice, 'Lab', [1n]);
    await write(pair, alice, lab, 'logAll', ['0x12']);
    await write(pair, alice, lab, 'nest', [1n]);
    await send(pair, alice, { to: bob.address, value: 1n });
    for (const [index, kind] of KINDS.entries()) {
      const told = (side: Side) => listeners[side].told(ids[side][index] as string);
      await listeners.anvil.until(() => told('anvil').length >= told('minichain').length);
      pair.compare('eth_subscribe', kind, {
        anvil: { result: told('anvil') },
        minichain: { result: told('minichain') },
      });
    }
    for (const params of [['everything'], ['logs', { address: '0x1' }], []]) {
      const [anvil, minichain] = [
        await listeners.anvil.call('eth_subscribe', params),
        await listeners.minichain.call('eth_subscribe', params),
      ];
      pair.compare('eth_subscribe', params, { anvil, minichain } as never);
    }
    const [anvil, minichain] = [
      await listeners.anvil.call('eth_unsubscribe', [ids.anvil[0]]),
      await listeners.minichain.call('eth_unsubscribe', [ids.minichain[0]]),
    ];
    pair.compare('eth_unsubscribe', [], { anvil, minichain } as never);
    const again = [
      await listeners.anvil.call('eth_unsubscribe', [ids.anvil[0]]),
      await listeners.minichain.call('eth_unsubscribe', [ids.minichain[0]]),
    ];
    pair.compare('eth_unsubscribe', ['again'], { anvil: again[0], minichain: again[1] } as never);
  } finally {
    for (const side of sides) listeners[side].close();
  }
}
