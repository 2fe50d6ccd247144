import { encodeAbiParameters, type Hex, hashMessage, keccak256, maxUint256, parseEther, toHex } from 'viem';
import { alice, bob, carol } from '../../differential/accounts.ts';
import { p256Signature } from '../p256.ts';
import { permitOf } from '../permit.ts';
import { at, type Contract, callData, type Stage } from '../stage.ts';

const UNIT = parseEther('1');
const SALT = toHex(9, { size: 32 });
/** ERC-7821: a batch, each call of which must succeed. */
const BATCH = `0x01${'00'.repeat(31)}` as const;

async function fungible(stage: Stage): Promise<Contract> {
  const gold = await stage.make(alice, 'Gold', ['Gold']);
  await stage.write(alice, gold, 'mint', [alice.address, 1000n * UNIT]);
  await stage.write(alice, gold, 'transfer', [bob.address, 100n * UNIT]);
  await stage.write(alice, gold, 'approve', [bob.address, 7n]);
  await stage.write(bob, gold, 'transferFrom', [alice.address, carol.address, 7n]);
  await stage.refused(bob, gold, 'transferFrom', [alice.address, carol.address, 1n]);
  await stage.refused(carol, gold, 'transfer', [bob.address, UNIT]);
  const permit = await permitOf(stage, gold, { owner: alice, spender: carol.address, value: 5n, until: 2n ** 40n });
  await stage.write(bob, gold, 'permit', permit);
  await stage.refused(bob, gold, 'permit', permit);
  const late = await permitOf(stage, gold, { owner: alice, spender: carol.address, value: 5n, until: 5n });
  await stage.refused(bob, gold, 'permit', late);
  await stage.write(alice, gold, 'delegate', [bob.address]);
  await stage.write(bob, gold, 'delegate', [bob.address]);
  await stage.write(bob, gold, 'transfer', [carol.address, UNIT]);
  await stage.write(bob, gold, 'burn', [UNIT]);
  const borrower = await stage.make(alice, 'Borrower');
  await stage.write(alice, gold, 'flashLoan', [borrower.address, gold.address, 10n * UNIT, '0x']);
  await stage.refused(alice, gold, 'flashLoan', [borrower.address, gold.address, UNIT, '0x01']);
  const vault = await stage.make(alice, 'Vault', [gold.address]);
  await stage.write(alice, gold, 'approve', [vault.address, maxUint256]);
  await stage.write(alice, vault, 'deposit', [30n * UNIT, alice.address]);
  await stage.write(alice, vault, 'mint', [5n * UNIT, bob.address]);
  await stage.write(alice, gold, 'transfer', [vault.address, 11n]);
  await stage.write(bob, vault, 'redeem', [UNIT, carol.address, bob.address]);
  await stage.write(alice, vault, 'withdraw', [UNIT, alice.address, alice.address]);
  await stage.refused(carol, vault, 'withdraw', [UNIT, carol.address, alice.address]);
  return gold;
}

async function others(stage: Stage): Promise<void> {
  const deed = await stage.make(alice, 'Deed');
  for (const id of [5n, 6n, 7n]) await stage.write(alice, deed, 'mint', [alice.address, id]);
  await stage.refused(alice, deed, 'mint', [deed.address, 8n]);
  await stage.write(alice, deed, 'approve', [bob.address, 5n]);
  await stage.write(bob, deed, 'transferFrom', [alice.address, bob.address, 5n]);
  await stage.refused(bob, deed, 'transferFrom', [alice.address, bob.address, 6n]);
  await stage.write(alice, deed, 'setApprovalForAll', [carol.address, true]);
  await stage.write(carol, deed, 'safeTransferFrom', [alice.address, carol.address, 6n]);
  await stage.write(alice, deed, 'burn', [7n]);
  await stage.read(deed, 'tokenOfOwnerByIndex', [carol.address, 0n]);
  const items = await stage.make(alice, 'Items');
  await stage.write(alice, items, 'mint', [alice.address, 1n, 50n]);
  await stage.write(alice, items, 'mintBatch', [alice.address, [2n, 3n, 4n], [5n, 6n, 7n]]);
  await stage.write(alice, items, 'safeTransferFrom', [alice.address, bob.address, 1n, 3n, '0x']);
  await stage.write(alice, items, 'safeBatchTransferFrom', [alice.address, bob.address, [2n, 3n], [1n, 2n], '0x12']);
  await stage.refused(bob, items, 'safeTransferFrom', [alice.address, bob.address, 1n, 1n, '0x']);
  await stage.refused(alice, items, 'safeTransferFrom', [alice.address, items.address, 1n, 1n, '0x']);
  await stage.write(bob, items, 'burnBatch', [bob.address, [1n, 2n], [1n, 1n]]);
}

async function governance(stage: Stage, gold: Contract): Promise<void> {
  const timelock = await stage.make(alice, 'Timelock', [100n, [], [`0x${'00'.repeat(20)}`]]);
  const parliament = await stage.make(alice, 'Parliament', [gold.address, timelock.address]);
  for (const role of ['PROPOSER_ROLE', 'CANCELLER_ROLE']) {
    await stage.write(alice, timelock, 'grantRole', [await stage.read(timelock, role), parliament.address]);
  }
  const box = await stage.make(alice, 'Managed', [timelock.address]);
  await stage.write(alice, gold, 'transfer', [timelock.address, 50n]);
  const calls = [[gold.address], [0n], [callData(gold, 'transfer', [carol.address, 50n])]];
  const id = await propose(stage, parliament, calls, 'Pay carol');
  await stage.refused(bob, parliament, 'castVote', [id, 1]);
  await stage.mine(3);
  await stage.write(bob, parliament, 'castVoteWithReason', [id, 1, 'fair']);
  await stage.refused(bob, parliament, 'castVote', [id, 1]);
  await stage.write(carol, parliament, 'castVote', [id, 2]);
  await stage.mine(6);
  const hash = keccak256(toHex('Pay carol'));
  await stage.refused(carol, parliament, 'execute', [...calls, hash]);
  await stage.write(carol, parliament, 'queue', [...calls, hash]);
  await stage.refused(carol, parliament, 'execute', [...calls, hash]);
  await stage.wait(101n);
  await stage.write(carol, parliament, 'execute', [...calls, hash]);
  await stage.read(parliament, 'state', [id]);
  const lost = await propose(stage, parliament, [[box.address], [0n], ['0x']], 'Nothing');
  await stage.write(bob, parliament, 'cancel', [[box.address], [0n], ['0x'], keccak256(toHex('Nothing'))]);
  await stage.read(parliament, 'state', [lost]);
  await directTimelock(stage, timelock);
}

async function propose(stage: Stage, parliament: Contract, calls: readonly unknown[], text: string): Promise<unknown> {
  const id = await stage.read(parliament, 'getProposalId', [...calls, keccak256(toHex(text))]);
  await stage.write(bob, parliament, 'propose', [...calls, text]);
  return id;
}

async function directTimelock(stage: Stage, timelock: Contract): Promise<void> {
  await stage.write(alice, timelock, 'grantRole', [await stage.read(timelock, 'PROPOSER_ROLE'), alice.address]);
  const operation = [carol.address, 0n, '0x', `0x${'00'.repeat(32)}`, SALT];
  await stage.write(alice, timelock, 'schedule', [...operation, 100n]);
  await stage.refused(alice, timelock, 'schedule', [...operation, 1n]);
  await stage.refused(carol, timelock, 'execute', operation);
  await stage.wait(101n);
  await stage.write(carol, timelock, 'execute', operation);
}

async function access(stage: Stage): Promise<void> {
  const keys = await stage.make(alice, 'Keys', [alice.address]);
  const managed = await stage.make(alice, 'Managed', [keys.address]);
  await stage.refused(bob, managed, 'set', [1n]);
  const data = callData(managed, 'set', [2n]);
  await stage.write(alice, keys, 'setTargetFunctionRole', [managed.address, [data.slice(0, 10)], 42n]);
  await stage.write(alice, keys, 'grantRole', [42n, bob.address, 0]);
  await stage.write(alice, keys, 'grantRole', [42n, carol.address, 60]);
  await stage.write(bob, managed, 'set', [3n]);
  await stage.refused(carol, managed, 'set', [4n]);
  await stage.write(carol, keys, 'schedule', [managed.address, data, 0]);
  await stage.refused(carol, keys, 'execute', [managed.address, data]);
  await stage.wait(61n);
  await stage.write(carol, keys, 'execute', [managed.address, data]);
  await stage.write(alice, keys, 'revokeRole', [42n, bob.address]);
  await stage.refused(bob, managed, 'set', [5n]);
  await stage.write(alice, keys, 'setTargetClosed', [managed.address, true]);
  await stage.refused(carol, managed, 'set', [5n]);
}

async function proxies(stage: Stage): Promise<void> {
  const box = await stage.make(alice, 'Box');
  const doubling = await stage.make(alice, 'DoublingBox');
  const setUp = callData(box, 'initialize', [alice.address]);
  const plain = at((await stage.make(alice, 'PlainProxy', [box.address, setUp])).address, box);
  await stage.write(bob, plain, 'store', [5n], { value: 1n });
  await stage.refused(bob, plain, 'upgradeToAndCall', [doubling.address, '0x']);
  await stage.write(alice, plain, 'upgradeToAndCall', [doubling.address, callData(box, 'store', [6n])]);
  await stage.refused(alice, plain, 'initialize', [bob.address]);
  await stage.read(plain, 'value');
  const beacon = await stage.make(alice, 'Beacon', [box.address]);
  const follower = at((await stage.make(alice, 'FromBeacon', [beacon.address, setUp])).address, box);
  await stage.write(bob, follower, 'store', [7n]);
  await stage.refused(bob, beacon, 'upgradeTo', [doubling.address]);
  await stage.write(alice, beacon, 'upgradeTo', [doubling.address]);
  await stage.write(bob, follower, 'store', [8n]);
  await stage.refused(alice, beacon, 'upgradeTo', [carol.address]);
  const cloner = await stage.make(alice, 'Cloner');
  const cloned = await stage.write(bob, cloner, 'clone', [box.address]);
  await stage.write(bob, at(`0x${cloned.logs[0]?.data.slice(26)}`, box), 'store', [9n]);
  await stage.write(bob, cloner, 'cloneAt', [box.address, SALT]);
  await stage.refused(bob, cloner, 'cloneAt', [box.address, SALT]);
  await stage.write(bob, cloner, 'cloneWith', [box.address, '0x112233'], { value: 4n });
}

/** An account of a user gets code (EIP-7702) and does several things at once. */
async function delegation(stage: Stage, gold: Contract): Promise<void> {
  const logic = await stage.make(alice, 'Delegate');
  const nonce = Number(await stage.pair.read<Hex>('eth_getTransactionCount', [carol.address, 'latest']));
  const authorization = await carol.signAuthorization({ address: logic.address, chainId: 31337, nonce });
  await stage.send(bob, { to: carol.address, value: 5n, authorizationList: [authorization] });
  const self = at(carol.address, logic);
  const calls = [
    { target: gold.address, value: 0n, callData: callData(gold, 'approve', [bob.address, 5n]) },
    { target: gold.address, value: 0n, callData: callData(gold, 'delegate', [carol.address]) },
    { target: bob.address, value: 3n, callData: '0x' as const },
  ];
  const parameters = [
    { type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes' }] },
  ] as const;
  const encoded = encodeAbiParameters(parameters, [
    calls.map(({ target, value, callData: data }) => [target, value, data] as const),
  ] as never);
  await stage.write(carol, self, 'execute', [BATCH, encoded]);
  await stage.refused(bob, self, 'execute', [BATCH, encoded]);
  const hash = hashMessage('mine');
  await stage.read(self, 'isValidSignature', [hash, await carol.sign({ hash })]);
  const deed = await stage.make(alice, 'Deed');
  await stage.write(alice, deed, 'mint', [carol.address, 1n]);
  // An authorization with a nonce that is not the account's is passed over; one for no address takes the code away.
  await stage.send(bob, { to: alice.address, authorizationList: [authorization] });
  const now = Number(await stage.pair.read<Hex>('eth_getTransactionCount', [carol.address, 'latest']));
  const gone = await carol.signAuthorization({ address: `0x${'00'.repeat(20)}`, chainId: 0, nonce: now });
  await stage.send(bob, { to: alice.address, authorizationList: [gone] });
}

async function libraries(stage: Stage): Promise<void> {
  const workshop = await stage.make(alice, 'Workshop');
  const hash = hashMessage('hello');
  await stage.write(bob, workshop, 'recover', [hash, await alice.sign({ hash })]);
  await stage.refused(bob, workshop, 'recover', [hash, `0x${'ff'.repeat(64)}1b`]);
  await stage.refused(bob, workshop, 'recover', [hash, '0x1234']);
  await stage.write(bob, workshop, 'p256', p256Signature('hello'));
  await stage.write(bob, workshop, 'power', [toHex(3), toHex(65_537), toHex(2n ** 255n - 19n)]);
  await stage.write(bob, workshop, 'power', [`0x${'a7'.repeat(256)}`, '0x010001', `0x${'c5'.repeat(256)}`]);
  await stage.refused(bob, workshop, 'power', ['0x02', '0x02', '0x00']);
  await stage.write(bob, workshop, 'maths', [maxUint256, 2n ** 200n, 2n ** 201n - 1n]);
  await stage.refused(bob, workshop, 'maths', [maxUint256, maxUint256, 0n]);
  await stage.write(bob, workshop, 'sets', [30n]);
  await stage.write(bob, workshop, 'sets', [9n]);
  await stage.write(bob, workshop, 'heaps', [25n]);
  const leaves = [1n, 2n].map((one) => keccak256(encodeAbiParameters([{ type: 'uint256' }], [one])));
  await stage.refused(bob, workshop, 'proof', [[leaves[0]], leaves[1], leaves[0]]);
}

export async function openZeppelin(stage: Stage): Promise<void> {
  const gold = await fungible(stage);
  await others(stage);
  await governance(stage, gold);
  await access(stage);
  await proxies(stage);
  await delegation(stage, gold);
  await libraries(stage);
}
