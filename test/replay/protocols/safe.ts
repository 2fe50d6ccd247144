import { concatHex, encodePacked, type Hex, hashMessage, keccak256, pad, parseEther, size, toHex } from 'viem';
import { alice, bob, carol, type Dev } from '../../differential/accounts.ts';
import { type Artifact, packaged } from '../artifacts.ts';
import { at, type Contract, callData, type Stage } from '../stage.ts';

const NOBODY = '0x0000000000000000000000000000000000000000';
const SENTINEL = '0x0000000000000000000000000000000000000001';

const artifact = (path: string): Artifact =>
  packaged(`@safe-global/safe-smart-account/build/artifacts/contracts/${path}.json`);

interface Safe {
  readonly safe: Contract;
  readonly handler: Contract;
  readonly factory: Contract;
  readonly singleton: Contract;
}

interface SafeTransaction {
  readonly to: Hex;
  readonly value: bigint;
  readonly data: Hex;
  readonly operation: number;
  readonly safeTxGas: bigint;
  readonly baseGas: bigint;
  readonly gasPrice: bigint;
  readonly gasToken: Hex;
  readonly refundReceiver: Hex;
}

const SAFE_TX = [
  ...[
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'data', type: 'bytes' },
  ],
  ...[
    { name: 'operation', type: 'uint8' },
    { name: 'safeTxGas', type: 'uint256' },
    { name: 'baseGas', type: 'uint256' },
  ],
  ...[
    { name: 'gasPrice', type: 'uint256' },
    { name: 'gasToken', type: 'address' },
  ],
  ...[
    { name: 'refundReceiver', type: 'address' },
    { name: 'nonce', type: 'uint256' },
  ],
] as const;

const transactionOf = (to: Hex, data: Hex = '0x', more: Partial<SafeTransaction> = {}): SafeTransaction => ({
  ...{ to, value: 0n, data, operation: 0, safeTxGas: 0n, baseGas: 0n, gasPrice: 0n },
  ...{ gasToken: NOBODY, refundReceiver: NOBODY, ...more },
});

type Signing = (owner: Dev, safe: Contract, transaction: SafeTransaction & { nonce: bigint }) => Promise<Hex>;

const typed: Signing = (owner, safe, message) =>
  owner.signTypedData({
    domain: { chainId: 31337, verifyingContract: safe.address },
    types: { SafeTx: SAFE_TX },
    primaryType: 'SafeTx',
    message,
  });

/** Signed as a message, which Safe tells apart by its `v`. */
const asMessage =
  (stage: Stage): Signing =>
  async (owner, safe, { nonce, ...rest }) => {
    const hash = await stage.read<Hex>(safe, 'getTransactionHash', [...Object.values(rest), nonce]);
    const signature = await owner.sign({ hash: hashMessage({ raw: hash }) });
    return `${signature.slice(0, 130)}${(Number(`0x${signature.slice(130)}`) + 4).toString(16)}` as Hex;
  };

/** No signature: the owner approved the hash, or is the sender. */
const approvedBy = (owner: Hex): Hex => concatHex([pad(owner), pad('0x0'), '0x01']);

async function signed(stage: Stage, safe: Contract, transaction: SafeTransaction, by: readonly Dev[], how: Signing) {
  const nonce = await stage.read<bigint>(safe, 'nonce');
  const owners = [...by].sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));
  const signatures = await Promise.all(owners.map((owner) => how(owner, safe, { ...transaction, nonce })));
  return [...Object.values(transaction), concatHex(signatures)];
}

async function createSafe(stage: Stage): Promise<Safe> {
  const singleton = await stage.deploy(alice, artifact('SafeL2.sol/SafeL2'));
  const factory = await stage.deploy(alice, artifact('proxies/SafeProxyFactory.sol/SafeProxyFactory'));
  const handler = await stage.deploy(
    alice,
    artifact('handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler'),
  );
  const owners = [alice.address, bob.address, carol.address];
  const setup = callData(singleton, 'setup', [owners, 2n, NOBODY, '0x', handler.address, NOBODY, 0n, NOBODY]);
  const { logs } = await stage.write(alice, factory, 'createProxyWithNonce', [singleton.address, setup, 1n]);
  await stage.refused(alice, factory, 'createProxyWithNonce', [singleton.address, setup, 1n]);
  await stage.write(bob, factory, 'createChainSpecificProxyWithNonce', [singleton.address, setup, 1n]);
  const address = logs.find((log) => log.address.toLowerCase() === factory.address.toLowerCase())?.topics[1] as Hex;
  return { safe: at(`0x${address.slice(26)}`, singleton), handler, factory, singleton };
}

async function signatures(stage: Stage, { safe }: Safe): Promise<void> {
  await stage.send(bob, { to: safe.address, value: parseEther('5') });
  const pay = transactionOf(carol.address, '0x', { value: parseEther('0.1') });
  await stage.write(carol, safe, 'execTransaction', await signed(stage, safe, pay, [alice, bob], typed));
  await stage.write(carol, safe, 'execTransaction', await signed(stage, safe, pay, [bob, carol], asMessage(stage)));
  await stage.refused(carol, safe, 'execTransaction', await signed(stage, safe, pay, [alice], typed));
  const wrong = await signed(stage, safe, { ...pay, value: 1n }, [alice, bob], typed);
  await stage.refused(carol, safe, 'execTransaction', [...Object.values(pay), wrong.at(-1)]);
  const nonce = await stage.read<bigint>(safe, 'nonce');
  const hash = await stage.read<Hex>(safe, 'getTransactionHash', [...Object.values(pay), nonce]);
  await stage.write(alice, safe, 'approveHash', [hash]);
  const owners = [alice, bob]
    .map(({ address }) => address)
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  await stage.write(bob, safe, 'execTransaction', [...Object.values(pay), concatHex(owners.map(approvedBy))]);
  // More gas for the inner call than the transaction has; a failing call that is paid for all the same.
  const greedy = { ...pay, safeTxGas: 100_000_000n };
  await stage.refused(carol, safe, 'execTransaction', await signed(stage, safe, greedy, [alice, bob], typed));
  const failing = { ...pay, value: parseEther('100'), safeTxGas: 50_000n };
  await stage.write(carol, safe, 'execTransaction', await signed(stage, safe, failing, [alice, bob], typed));
  // What is paid back depends on the gas that is left, to the last unit.
  const refunded = { ...pay, safeTxGas: 60_000n, baseGas: 21_000n, gasPrice: 10n ** 9n };
  await stage.write(carol, safe, 'execTransaction', await signed(stage, safe, refunded, [alice, bob], typed));
}

async function administration(stage: Stage, { safe }: Safe): Promise<void> {
  const run = async (transaction: SafeTransaction) =>
    stage.write(carol, safe, 'execTransaction', await signed(stage, safe, transaction, [alice, bob, carol], typed));
  const self = (name: string, args: readonly unknown[]) => run(transactionOf(safe.address, callData(safe, name, args)));
  const contractOwner = await stage.make(alice, 'Signer');
  await self('addOwnerWithThreshold', [contractOwner.address, 3n]);
  await stage.refused(alice, safe, 'addOwnerWithThreshold', [bob.address, 1n]);
  await bySignatureOfContract(stage, safe, contractOwner);
  await self('changeThreshold', [2n]);
  await self('removeOwner', [SENTINEL, contractOwner.address, 2n]);
  const module = await stage.make(alice, 'Allowance');
  await stage.refused(carol, module, 'take', [safe.address, carol.address, 1n]);
  await self('enableModule', [module.address]);
  await stage.write(carol, module, 'take', [safe.address, carol.address, parseEther('0.5')]);
  await stage.write(carol, module, 'take', [safe.address, carol.address, parseEther('1')]);
  await self('disableModule', [SENTINEL, module.address]);
  const guard = await stage.deploy(alice, artifact('examples/guards/DebugTransactionGuard.sol/DebugTransactionGuard'));
  await self('setGuard', [guard.address]);
  await run(transactionOf(carol.address, '0x', { value: 7n }));
  await self('setGuard', [NOBODY]);
}

/** One of the owners is a contract that says yes to a hash (EIP-1271). */
async function bySignatureOfContract(stage: Stage, safe: Contract, owner: Contract): Promise<void> {
  const transaction = transactionOf(carol.address, '0x', { value: 3n });
  const nonce = await stage.read<bigint>(safe, 'nonce');
  const hash = await stage.read<Hex>(safe, 'getTransactionHash', [...Object.values(transaction), nonce]);
  const parts = await Promise.all(
    [alice, bob].map(async (dev) => ({ who: dev.address, part: await typed(dev, safe, { ...transaction, nonce }) })),
  );
  const offset = toHex(3 * 65, { size: 32 });
  const all = [...parts, { who: owner.address, part: concatHex([pad(owner.address), offset, '0x00']) }];
  const inOrder = all.sort((a, b) => (a.who.toLowerCase() < b.who.toLowerCase() ? -1 : 1)).map(({ part }) => part);
  const bytes = concatHex([...inOrder, toHex(2, { size: 32 }), '0x1234']);
  await stage.refused(carol, safe, 'execTransaction', [...Object.values(transaction), bytes]);
  await stage.write(alice, owner, 'sign', [hash]);
  await stage.write(carol, safe, 'execTransaction', [...Object.values(transaction), bytes]);
}

async function libraries(stage: Stage, { safe, handler, singleton }: Safe): Promise<void> {
  const run = async (transaction: SafeTransaction) =>
    stage.write(carol, safe, 'execTransaction', await signed(stage, safe, transaction, [alice, bob], typed));
  const token = await stage.make(alice, 'Gold', ['Gold']);
  await stage.write(alice, token, 'mint', [safe.address, 1000n]);
  const multi = await stage.deploy(alice, artifact('libraries/MultiSend.sol/MultiSend'));
  const part = (to: Hex, value: bigint, data: Hex) =>
    encodePacked(['uint8', 'address', 'uint256', 'uint256', 'bytes'], [0, to, value, BigInt(size(data)), data]);
  const batch = concatHex([
    part(token.address, 0n, callData(token, 'transfer', [bob.address, 10n])),
    part(token.address, 0n, callData(token, 'approve', [carol.address, 50n])),
    part(carol.address, 5n, '0x'),
  ]);
  await run(transactionOf(multi.address, callData(multi, 'multiSend', [batch]), { operation: 1 }));
  const create = await stage.deploy(alice, artifact('libraries/CreateCall.sol/CreateCall'));
  const code = stage.own('Signer').bytecode;
  const made = callData(create, 'performCreate2', [0n, code, keccak256('0x01')]);
  await run(transactionOf(create.address, made, { operation: 1 }));
  const sign = await stage.deploy(alice, artifact('libraries/SignMessageLib.sol/SignMessageLib'));
  await run(transactionOf(sign.address, callData(sign, 'signMessage', ['0x1234']), { operation: 1 }));
  const asHandler = at(safe.address, handler);
  await stage.read(asHandler, 'isValidSignature', [keccak256('0x12'), '0x'], alice).catch(() => undefined);
  await stage.read(asHandler, 'getModules');
  const accessor = await stage.deploy(alice, artifact('accessors/SimulateTxAccessor.sol/SimulateTxAccessor'));
  const simulated = callData(accessor, 'simulate', [
    token.address,
    0n,
    callData(token, 'transfer', [bob.address, 1n]),
    0,
  ]);
  await stage.refused(carol, safe, 'simulateAndRevert', [accessor.address, simulated]);
  await stage.refused(alice, singleton, 'setup', [[alice.address], 1n, NOBODY, '0x', NOBODY, NOBODY, 0n, NOBODY]);
}

/** A wallet of three owners, behind the proxy of its factory. */
export async function safe(stage: Stage): Promise<void> {
  const made = await createSafe(stage);
  await signatures(stage, made);
  await administration(stage, made);
  await libraries(stage, made);
}
