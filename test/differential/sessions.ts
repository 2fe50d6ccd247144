import fc from 'fast-check';
import { type Hex, parseGwei } from 'viem';
import { alice, bob, carol, type Dev } from './accounts.ts';
import { type Deployed, deploy, encode, type Fields, send } from './send.ts';
import type { Handle, Target } from './target.ts';

const DEVS = [alice, bob, carol];
const word = (value: number): Hex => `0x${value.toString(16).padStart(64, '0')}`;
const stranger = (index: number): Hex => `0x${(0xe0000 + index).toString(16).padStart(40, '0')}`;

/** What a session has built so far. */
interface World {
  readonly lab: Deployed;
  readonly child: Deployed;
  readonly snapshots: Handle[];
}

interface Call {
  readonly from: number;
  readonly call: string;
  readonly value: number;
  readonly listed: boolean;
}

export type Command =
  | { type: 'transfer'; from: number; to: number; value: number; legacy: boolean }
  | ({ type: 'call' } & Call)
  | { type: 'fail'; from: number; kind: number }
  | { type: 'deploy'; from: number; value: number }
  | { type: 'delegate'; from: number; to: number }
  | { type: 'block'; calls: Call[] }
  | { type: 'mine'; count: number; jump: number }
  | { type: 'coinbase'; who: number }
  | { type: 'baseFee'; milliGwei: number }
  | { type: 'edit'; who: number; what: 'balance' | 'nonce' | 'code' | 'storage'; value: number }
  | { type: 'snapshot' }
  | { type: 'revert' };

/** Calls after which no slot is zero that was not, and no account is touched that stays empty. */
const KEEPING = [
  'set',
  'fill',
  'push',
  'logAll',
  'logEnvironment',
  'make',
  'touchChild',
  'catchChild',
  'nest',
  'delegate',
  'forward',
];
/** Calls whose traces Anvil does not take out of its tries. */
const ERASING = [...KEEPING, 'clear', 'makeAt', 'makeAndDestroy', 'precompiles', 'logConsole'];

const dev = fc.integer({ min: 0, max: DEVS.length - 1 });
const value = fc.integer({ min: 1, max: 9 });

type Arbitraries = readonly fc.Arbitrary<Command>[];

/** Commands whose blocks follow from their parents: no state or fee is set by hand. */
function chainCommands(calls: readonly string[]): Arbitraries {
  const call = fc.record({ from: dev, call: fc.constantFrom(...calls), value, listed: fc.boolean() });
  const transfer = fc.record({ from: dev, to: fc.integer({ min: 0, max: 5 }), value, legacy: fc.boolean() });
  return [
    transfer.map((fields) => ({ type: 'transfer', ...fields })),
    call.map((fields) => ({ type: 'call', ...fields })),
    fc.record({ from: dev, kind: fc.integer({ min: 0, max: 10 }) }).map((fields) => ({ type: 'fail', ...fields })),
    fc.record({ from: dev, value }).map((fields) => ({ type: 'deploy', ...fields })),
    fc.record({ from: dev, to: dev }).map((fields) => ({ type: 'delegate', ...fields })),
    fc.array(call, { minLength: 2, maxLength: 6 }).map((inside) => ({ type: 'block', calls: inside })),
    fc
      .record({ count: fc.integer({ min: 1, max: 3 }), jump: fc.integer({ min: 0, max: 5000 }) })
      .map((fields) => ({ type: 'mine', ...fields })),
    dev.map((who) => ({ type: 'coinbase', who })),
  ];
}

const CONTROL: Arbitraries = [
  fc.integer({ min: 7, max: 2000 }).map((milliGwei) => ({ type: 'baseFee', milliGwei })),
  fc
    .record({
      who: fc.integer({ min: 0, max: 3 }),
      what: fc.constantFrom('balance', 'nonce', 'code', 'storage'),
      value,
    })
    .map((fields) => ({ type: 'edit', ...fields })),
];
const SNAPSHOTS: Arbitraries = [fc.constant({ type: 'snapshot' }), fc.constant({ type: 'revert' })];

const sessionOf = (...parts: Arbitraries): fc.Arbitrary<Command[]> =>
  fc.array(fc.oneof(...parts), { minLength: 8, maxLength: 25 });

/** Sessions in which Anvil's chain and ours have to stay equal to the last hash. */
export const equalSessions = sessionOf(...chainCommands(KEEPING), ...CONTROL);

/** Sessions with reverts and erasures, after which Anvil's roots are its own but all else has to agree. */
export const revertingSessions = sessionOf(...chainCommands(ERASING), ...CONTROL, ...SNAPSHOTS);

/** Sessions whose blocks any other client can execute. */
export const portableSessions = sessionOf(...chainCommands(ERASING));

function calldata(call: string, amount: number, { lab, child }: World): Hex {
  const big = BigInt(amount);
  switch (call) {
    case 'set':
    case 'push':
    case 'make':
    case 'nest':
    case 'logConsole':
      return encode(call, [big]);
    case 'fill':
      return encode('fill', [big, 3n, big]);
    case 'clear':
      return encode('fill', [big, 3n, 0n]);
    case 'makeAt':
      return encode('makeAt', [word(amount), big]);
    case 'makeAndDestroy':
      return encode('makeAndDestroy', [stranger(amount)]);
    case 'logAll':
    case 'precompiles':
      return encode(call, [`0x${'ab'.repeat(amount * 7)}`]);
    case 'touchChild':
    case 'catchChild':
      return encode(call, [child.address, big]);
    case 'delegate':
      return encode('delegate', [lab.address, encode(amount > 7 ? 'fail' : 'set', [big])]);
    case 'forward':
      return encode('forward', [stranger(0), big]);
    default:
      return encode(call);
  }
}

async function edit(target: Target, { who, what, value: amount }: Extract<Command, { type: 'edit' }>, world: World) {
  const account = who < DEVS.length ? (DEVS[who] as Dev).address : stranger(9);
  const nonce = Number(await target.read<Hex>('eth_getTransactionCount', [account, 'latest']));
  switch (what) {
    case 'balance':
      return target.ask('anvil_setBalance', [account, `0x${(10n ** 21n * BigInt(amount)).toString(16)}`]);
    case 'nonce':
      return target.ask('anvil_setNonce', [account, `0x${(nonce + amount).toString(16)}`]);
    case 'code':
      return target.ask('anvil_setCode', [stranger(8), `0x60${amount.toString(16).padStart(2, '0')}5f5260205ff3`]);
    case 'storage':
      return target.ask('anvil_setStorageAt', [world.lab.address, word(amount + 50), word(amount)]);
  }
}

function sendCall(target: Target, { from, call, value: amount, listed }: Call, world: World): Promise<Hex> {
  const { address: to } = world.lab;
  const accessList = listed ? { accessList: [{ address: to, storageKeys: [word(0), word(1)] }] } : {};
  return send(target, DEVS[from] as Dev, { to, data: calldata(call, amount, world), ...accessList });
}

async function perform(target: Target, command: Command, world: World): Promise<unknown> {
  const sender = 'from' in command ? (DEVS[command.from] as Dev) : alice;
  switch (command.type) {
    case 'transfer': {
      const to = command.to < DEVS.length ? (DEVS[command.to] as Dev).address : stranger(command.to);
      const fees: Fields = command.legacy ? { type: 'legacy', gasPrice: parseGwei('100') } : {};
      // A delegated account runs code when it is paid.
      return send(target, sender, { to, value: BigInt(command.value), gas: 200_000n, ...fees });
    }
    case 'call':
      return sendCall(target, command, world);
    case 'fail':
      return send(target, sender, {
        to: world.lab.address,
        data: encode('fail', [BigInt(command.kind)]),
        gas: 200_000n,
      });
    case 'deploy':
      return deploy(target, sender, 'Child', [BigInt(command.value)]);
    case 'delegate': {
      const authority = DEVS[command.to] as Dev;
      const used = Number(await target.read<Hex>('eth_getTransactionCount', [authority.address, 'latest']));
      const nonce = used + (authority === sender ? 1 : 0);
      const authorization = await authority.signAuthorization?.({ address: world.lab.address, chainId: 31337, nonce });
      return send(target, sender, {
        type: 'eip7702',
        to: authority.address,
        data: encode('set', [3n]),
        authorizationList: [authorization],
      });
    }
    case 'block': {
      await target.ask('evm_setAutomine', [false]);
      for (const call of command.calls) await sendCall(target, call, world);
      await target.ask('evm_mine');
      return target.ask('evm_setAutomine', [true]);
    }
    case 'mine': {
      const { timestamp } = await target.read<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
      if (command.jump > 0) await target.ask('evm_setNextBlockTimestamp', [Number(timestamp) + command.jump]);
      return target.ask('anvil_mine', [`0x${command.count.toString(16)}`]);
    }
    case 'coinbase':
      return target.ask('anvil_setCoinbase', [(DEVS[command.who] as Dev).address]);
    case 'baseFee':
      return target.ask('anvil_setNextBlockBaseFeePerGas', [
        `0x${(BigInt(command.milliGwei) * 10n ** 6n).toString(16)}`,
      ]);
    case 'edit':
      return edit(target, command, world);
    case 'snapshot':
      return world.snapshots.push(await target.handle('evm_snapshot'));
    case 'revert': {
      const snapshot = world.snapshots.pop();
      if (snapshot === undefined) return undefined;
      await target.ask('evm_revert', [snapshot]);
      // Anvil goes on with the base fee and the coinbase of the future that was reverted.
      await target.ask('anvil_setCoinbase', [stranger(0)]);
      return target.ask('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00']);
    }
  }
}

/** Runs a session on a fresh chain. */
export async function play(target: Target, session: readonly Command[]): Promise<void> {
  const lab = await deploy(target, alice, 'Lab', [7n], { value: 1000n });
  const child = await deploy(target, bob, 'Child', [1n]);
  await send(target, alice, { to: stranger(0), value: 1n });
  const world: World = { lab, child, snapshots: [] };
  for (const command of session) await perform(target, command, world);
}
