import { StorageError } from '@minichain/core';
import { RpcError } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import type { MethodContext } from './context.ts';
import { Dispatcher, type RequestRecord } from './dispatcher.ts';
import type { Method } from './method.ts';
import { rpcLimits } from './rpcLimits.ts';

const context = {} as MethodContext;
const plain = (invoke: (params: readonly unknown[]) => unknown): Method => ({
  params: [],
  invoke: async (_context, params) => invoke(params),
});

function setup(methods: Record<string, Method>, maxBatch = 3) {
  const records: RequestRecord[] = [];
  const internal: unknown[] = [];
  const dispatcher = new Dispatcher(new Map(Object.entries(methods)), {
    limits: rpcLimits({ maxBatch }),
    onRequest: (record) => records.push(record),
    onInternalError: (error) => internal.push(error),
  });
  return { dispatcher, records, internal };
}

const echo = { t_echo: plain((params) => params) };
const call = (method: string, extra: object = { id: 1 }) => ({ jsonrpc: '2.0', method, params: [], ...extra });

describe('one request', () => {
  it('is told of before it runs and after', async () => {
    const heard: string[] = [];
    const methods = new Map([['t_hear', plain(() => heard.push('runs'))]]);
    const dispatcher = new Dispatcher(methods, {
      limits: rpcLimits({ maxBatch: 1 }),
      onRequestStarted: (method) => heard.push(`${method} started`),
      onRequest: ({ method }) => heard.push(`${method} done`),
      onInternalError: () => {},
    });
    await dispatcher.handle(call('t_hear'), context);
    await dispatcher.request('t_hear', [], context);
    const once = ['t_hear started', 'runs', 't_hear done'];
    expect(heard).toEqual([...once, ...once]);
  });

  it('waits for the disk when it sets something, and is answered without it when it only tells', async () => {
    const names = [
      'anvil_setCoinbase',
      'evm_increaseTime',
      'eth_newFilter',
      // These write by themselves.
      'anvil_setBalance',
      'evm_setAccountCode',
      'evm_mine',
      'evm_snapshot',
      'hardhat_dropTransaction',
      'minichain_saveCheckpoint',
      'hardhat_metadata',
      'anvil_getAutomine',
      'eth_call',
    ];
    const methods = new Map([...names, 'anvil_nodeInfo', 'minichain_status'].map((name) => [name, plain(() => 1)]));
    const full = async () => {
      throw new RpcError(-32000, 'no space left on device');
    };
    const dispatcher = new Dispatcher(methods, {
      limits: rpcLimits({ maxBatch: 1 }),
      onRequest: () => {},
      onInternalError: () => {},
      storage: { isPersistent: true, ready: () => undefined, settings: () => new Map(), saved: full },
    });
    const refused = [];
    for (const name of methods.keys()) {
      if ('error' in ((await dispatcher.handle(call(name), context)) as object)) refused.push(name);
    }
    expect(refused).toEqual(['anvil_setCoinbase', 'evm_increaseTime', 'eth_newFilter']);
  });

  it('asks a read again when the database was opened again in its middle, and nothing else', async () => {
    const asked: string[] = [];
    const once = (name: string) =>
      plain(() => {
        asked.push(name);
        if (asked.filter((one) => one === name).length === 1)
          throw new StorageError({ code: 'DATABASE_BUSY' }, 'it is being opened again');
        return 'whole';
      });
    const names = ['eth_call', 'eth_sendTransaction'];
    const dispatcher = new Dispatcher(new Map(names.map((name) => [name, once(name)])), {
      limits: rpcLimits({ maxBatch: 1 }),
      onRequest: () => {},
      onInternalError: () => {},
      storage: { isPersistent: true, ready: async () => {}, settings: () => new Map(), saved: async () => {} },
    });
    await expect(dispatcher.request('eth_call', [], context)).resolves.toBe('whole');
    await expect(dispatcher.request('eth_sendTransaction', [], context)).rejects.toThrow('opened again');
    expect(asked).toEqual(['eth_call', 'eth_call', 'eth_sendTransaction']);
  });

  it('answers with the id it came with, null included', async () => {
    const { dispatcher } = setup(echo);
    for (const id of ['a', '', 0, -1, null]) {
      const reply = await dispatcher.handle(call('t_echo', { id, params: [7] }), context);
      expect(reply).toEqual({ jsonrpc: '2.0', id, result: [7] });
    }
  });

  it('runs a notification and says nothing, whatever comes of it', async () => {
    const seen: unknown[] = [];
    const { dispatcher, records } = setup({ t_see: plain(() => seen.push(1)) });
    expect(await dispatcher.handle(call('t_see', {}), context)).toBeUndefined();
    expect(await dispatcher.handle(call('t_unknown', {}), context)).toBeUndefined();
    expect(seen).toEqual([1]);
    expect(records.map(({ method, error }) => [method, error?.code])).toEqual([
      ['t_see', undefined],
      ['t_unknown', -32601],
    ]);
  });

  it('takes null params for none, and refuses params that are no array', async () => {
    const { dispatcher } = setup(echo);
    expect(await dispatcher.handle(call('t_echo', { id: 1, params: null }), context)).toMatchObject({ result: [] });
    for (const params of [{}, 'x', 7, true]) {
      const reply = await dispatcher.handle(call('t_echo', { id: 1, params }), context);
      expect(reply).toMatchObject({ id: 1, error: { code: -32602 } });
    }
  });

  it('hides what was thrown by mistake behind an id, and reports it', async () => {
    const { dispatcher, internal } = setup({
      t_break: plain(() => {
        throw new TypeError('secret of the inside');
      }),
    });
    const reply = await dispatcher.handle(call('t_break'), context);
    expect(reply).toMatchObject({
      error: { code: -32603, message: expect.stringMatching(/^internal error \(t_break-\d+\)$/) },
    });
    expect(internal).toEqual([expect.objectContaining({ message: 'secret of the inside' })]);
  });

  it('keeps code and data of an error that is meant', async () => {
    const { dispatcher } = setup({
      t_revert: plain(() => {
        throw new RpcError(3, 'execution reverted', '0x01');
      }),
    });
    const reply = JSON.parse(JSON.stringify(await dispatcher.handle(call('t_revert'), context)));
    expect(reply.error).toEqual({ code: 3, message: 'execution reverted', data: '0x01' });
  });
});

describe('what is recorded', () => {
  it('is method, parameters, time, and the id of the message', async () => {
    const { dispatcher, records } = setup(echo);
    await dispatcher.handle(call('t_echo', { id: 1, params: [7] }), { ...context, requestId: 'message-1' });
    await dispatcher.request('t_echo', [8], context);
    expect(records).toEqual([
      { method: 't_echo', params: [7], ms: expect.any(Number), requestId: 'message-1' },
      { method: 't_echo', params: [8], ms: expect.any(Number), requestId: undefined },
    ]);
  });

  it('names the message with a mistake', async () => {
    const heard: unknown[] = [];
    const broken = plain(() => {
      throw new TypeError('oops');
    });
    const dispatcher = new Dispatcher(new Map([['t_break', broken]]), {
      limits: rpcLimits({ maxBatch: 1 }),
      onRequest: undefined,
      onInternalError: (_error, _id, requestId) => heard.push(requestId),
    });
    await dispatcher.handle(call('t_break'), { ...context, requestId: 'message-2' });
    expect(heard).toEqual(['message-2']);
  });
});

describe('in-process requests', () => {
  it('reject with the same errors and are recorded alike', async () => {
    const { dispatcher, records } = setup(echo);
    expect(await dispatcher.request('t_echo', [1], context)).toEqual([1]);
    await expect(dispatcher.request('t_ecko', [], context)).rejects.toMatchObject({
      code: -32601,
      message: expect.stringContaining('did you mean t_echo?'),
    });
    expect(records.map(({ error }) => error?.code)).toEqual([undefined, -32601]);
  });
});

describe('a batch', () => {
  it('runs sends that follow one another together, and what follows when they are done', async () => {
    const heard: string[] = [];
    const slow = (name: string) =>
      plain(async () => {
        heard.push(`${name} begins`);
        await new Promise(setImmediate);
        heard.push(`${name} ends`);
        return name;
      });
    const { dispatcher } = setup({ eth_sendRawTransaction: slow('send'), t_read: slow('read') }, 5);
    const names = ['t_read', 'eth_sendRawTransaction', 'eth_sendRawTransaction', 't_read'];
    const replies = await dispatcher.handle(
      names.map((name, id) => call(name, id === 1 ? {} : { id })),
      context,
    );
    const read = ['read begins', 'read ends'];
    expect(heard).toEqual([...read, 'send begins', 'send begins', 'send ends', 'send ends', ...read]);
    expect(replies).toEqual([0, 2, 3].map((id) => ({ jsonrpc: '2.0', id, result: id === 2 ? 'send' : 'read' })));
  });

  it('runs its members one after the other', async () => {
    const order: string[] = [];
    const slow = (name: string, turns: number) =>
      plain(async () => {
        order.push(`${name} begins`);
        for (let i = 0; i < turns; i++) await Promise.resolve();
        order.push(`${name} ends`);
      });
    const { dispatcher } = setup({ t_slow: slow('slow', 50), t_fast: slow('fast', 1) });
    await dispatcher.handle([call('t_slow'), call('t_fast', { id: 2 })], context);
    expect(order).toEqual(['slow begins', 'slow ends', 'fast begins', 'fast ends']);
  });

  it('lets others run between its members', async () => {
    const block = plain(() => {
      const until = performance.now() + 12;
      while (performance.now() < until);
    });
    const { dispatcher } = setup({ t_block: block }, 5);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await dispatcher.handle(
      Array.from({ length: 5 }, () => call('t_block')),
      context,
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('has no member of its size limit too many', async () => {
    const { dispatcher } = setup(echo);
    const member = call('t_echo');
    expect(await dispatcher.handle([member, member, member], context)).toHaveLength(3);
    expect(await dispatcher.handle([member, member, member, member], context)).toMatchObject({
      id: null,
      error: { code: -32005, message: 'batch too large: 4 requests, at most 3' },
    });
  });
});

describe('the size of an answer', () => {
  const methods = { t_large: plain(() => 'x'.repeat(600)), t_small: plain(() => 'x') };
  const tooLarge = {
    code: -32005,
    message: expect.stringMatching(/^response too large: over 1000 bytes; .*--max-response$/),
  };
  function limited() {
    const ran: string[] = [];
    const dispatcher = new Dispatcher(new Map(Object.entries(methods)), {
      limits: rpcLimits({ maxResponseBytes: 1000 }),
      onRequest: ({ method }) => ran.push(method),
      onInternalError: () => {},
    });
    return { dispatcher, ran };
  }

  it('is bounded for each request', async () => {
    const { dispatcher } = limited();
    const list = Array.from({ length: 2 }, () => 'x'.repeat(600));
    const wide = new Dispatcher(new Map([['t_list', plain(() => list)]]), {
      limits: rpcLimits({ maxResponseBytes: 1000 }),
      onRequest: undefined,
      onInternalError: () => {},
    });
    expect(await wide.handle(call('t_list'), context)).toMatchObject({ id: 1, error: tooLarge });
    await expect(wide.request('t_list', [], context)).rejects.toMatchObject(tooLarge);
    expect(await dispatcher.handle(call('t_large'), context)).toMatchObject({ result: expect.any(String) });
  });

  it('is bounded for a batch together; what follows is not run', async () => {
    const { dispatcher, ran } = limited();
    const batch = ['t_large', 't_large', 't_small'].map((method, id) => call(method, { id }));
    expect(await dispatcher.handle(batch, context)).toMatchObject([
      { id: 0, result: expect.any(String) },
      { id: 1, error: tooLarge },
      { id: 2, error: tooLarge },
    ]);
    expect(ran).toEqual(['t_large', 't_large']);
  });

  it('is not bounded at 0', async () => {
    const dispatcher = new Dispatcher(new Map([['t_large', plain(() => 'x'.repeat(10_000))]]), {
      limits: rpcLimits({ maxResponseBytes: 0 }),
      onRequest: undefined,
      onInternalError: () => {},
    });
    await expect(dispatcher.request('t_large', [], context)).resolves.toHaveLength(10_000);
  });
});

describe('a message that the meter refuses', () => {
  it('is not run, and hears why', async () => {
    const { dispatcher, records } = setup(echo);
    const counted: number[] = [];
    const meter = (requests: number) => {
      counted.push(requests);
      return 'too many';
    };
    const error = { code: -32005, message: 'too many' };
    expect(await dispatcher.handle(call('t_echo', { id: 'a' }), context, meter)).toMatchObject({ id: 'a', error });
    const batch = [call('t_echo'), call('t_echo')];
    expect(await dispatcher.handle(batch, context, meter)).toMatchObject({ id: null, error });
    expect(await dispatcher.handle({ id: 7 }, context, meter)).toMatchObject({ error: { code: -32600 } });
    expect([counted, records]).toEqual([[1, 2, 1], []]);
  });
});

describe('a request that does not need the envelope engine', () => {
  const methods = (name: string) => ({
    [name]: plain(([kind]) => {
      if (kind === 'refused') throw new RpcError(3, 'execution reverted', '0x08c379a0');
      if (kind === 'broken') throw new TypeError('inside');
      return kind === 'nothing' ? undefined : { kind };
    }),
  });
  const ask = async (name: string, params: unknown) => {
    const { dispatcher, records } = setup(methods(name));
    const reply = await dispatcher.handle({ jsonrpc: '2.0', id: 7, method: name, params }, context);
    const text = JSON.stringify(reply)
      .replace(/-\d+\)/, ')')
      .replaceAll(name, 'name');
    return { text, told: records.map(({ params, error }) => [params, error?.code]) };
  };

  // jayson answers names with a dot; the others are answered without it.
  it.each([[['value']], [['nothing']], [['refused']], [['broken']], [[]], [undefined], [null]])(
    'has the answer that it would have had, byte by byte: %j',
    async (params) => {
      expect(await ask('t_any', params)).toEqual(await ask('t.any', params));
    },
  );

  it.each([{ a: 1 }, 'text', 7, true])('refuses parameters by name or none at all as before: %j', async (params) => {
    expect(await ask('t_any', params)).toEqual(await ask('t.any', params));
  });
});
