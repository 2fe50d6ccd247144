import { concatHex, encodeAbiParameters, type Hex, keccak256, maxUint256, parseEther, toHex } from 'viem';
import { alice, bob, carol, type Dev } from '../../differential/accounts.ts';
import { packaged } from '../artifacts.ts';
import { at, type Contract, type Stage } from '../stage.ts';

const ARTIFACTS = '@opensea/seaport-js/src/artifacts/seaport/contracts';
const NOBODY = '0x0000000000000000000000000000000000000000';
const NO_WORD = `0x${'00'.repeat(32)}` as const;
const [NATIVE, ERC20, ERC721, ERC1155, WITH_CRITERIA] = [0, 1, 2, 3, 4];
const [FULL, PARTIAL] = [0, 1];

interface Item {
  readonly itemType: number | undefined;
  readonly token: Hex;
  readonly identifierOrCriteria: bigint;
  readonly startAmount: bigint;
  readonly endAmount: bigint;
}
type Wanted = Item & { readonly recipient: Hex };

interface Market {
  readonly seaport: Contract;
  readonly controller: Contract;
  readonly conduitKey: Hex;
  readonly deeds: Contract;
  readonly items: Contract;
  readonly gold: Contract;
}

interface Parameters {
  readonly offerer: Hex;
  readonly zone: Hex;
  readonly offer: readonly Item[];
  readonly consideration: readonly Wanted[];
  readonly orderType: number | undefined;
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly zoneHash: Hex;
  readonly salt: bigint;
  readonly conduitKey: Hex;
  readonly totalOriginalConsiderationItems: bigint;
}

const item = (itemType: number | undefined, token: Hex, id: bigint, amount: bigint, end = amount): Item => ({
  ...{ itemType, token, identifierOrCriteria: id, startAmount: amount, endAmount: end },
});
const to = (recipient: Dev, wanted: Item): Wanted => ({ ...wanted, recipient: recipient.address });

async function deployMarket(stage: Stage): Promise<Market> {
  const controller = await stage.deploy(
    alice,
    packaged(`${ARTIFACTS}/conduit/ConduitController.sol/LocalConduitController.json`),
  );
  const seaport = await stage.deploy(alice, packaged(`${ARTIFACTS}/Seaport.sol/Seaport.json`), [controller.address]);
  // The new counter comes from a block hash, which is Anvil's own once its state root is wrong.
  await stage.write(alice, seaport, 'incrementCounter');
  const conduitKey = concatHex([alice.address, toHex(1, { size: 12 })]);
  await stage.refused(bob, controller, 'createConduit', [conduitKey, bob.address]);
  await stage.write(alice, controller, 'createConduit', [conduitKey, alice.address]);
  const [conduit] = await stage.read<[Hex, boolean]>(controller, 'getConduit', [conduitKey]);
  await stage.write(alice, controller, 'updateChannel', [conduit, seaport.address, true]);
  const deeds = await stage.make(alice, 'Deed');
  const items = await stage.make(alice, 'Items');
  const gold = await stage.make(alice, 'Gold', ['Gold']);
  for (const spender of [seaport.address, conduit]) {
    await stage.write(alice, deeds, 'setApprovalForAll', [spender, true]);
    await stage.write(alice, items, 'setApprovalForAll', [spender, true]);
    for (const owner of [alice, bob]) await stage.write(owner, gold, 'approve', [spender, maxUint256]);
  }
  for (const owner of [alice, bob]) await stage.write(owner, gold, 'mint', [owner.address, parseEther('1000')]);
  for (let id = 1n; id <= 12n; id += 1n) await stage.write(alice, deeds, 'mint', [alice.address, id]);
  await stage.write(alice, items, 'mintBatch', [alice.address, [1n, 2n], [1000n, 500n]]);
  return { seaport, controller, conduitKey, deeds, items, gold };
}

let salt = 0n;
const parametersOf = (by: Dev, offer: readonly Item[], consideration: readonly Wanted[], more = {}): Parameters => ({
  ...{ offerer: by.address, zone: NOBODY, offer, consideration, orderType: FULL, startTime: 1n, endTime: 2n ** 40n },
  ...{ zoneHash: NO_WORD, salt: ++salt, conduitKey: NO_WORD },
  ...{ totalOriginalConsiderationItems: BigInt(consideration.length), ...more },
});

async function componentsOf(
  stage: Stage,
  { seaport }: Market,
  { totalOriginalConsiderationItems: _, ...rest }: Parameters,
) {
  return { ...rest, counter: await stage.read<bigint>(seaport, 'getCounter', [rest.offerer]) };
}

async function sign(stage: Stage, market: Market, by: Dev, parameters: Parameters, counter?: bigint): Promise<Hex> {
  const current = await componentsOf(stage, market, parameters);
  const components = { ...current, counter: counter ?? current.counter };
  const order = await stage.read<Hex>(market.seaport, 'getOrderHash', [components]);
  const [, domain] = await stage.read<[string, Hex, Hex]>(market.seaport, 'information');
  return by.sign({ hash: keccak256(concatHex(['0x1901', domain, order])) });
}

async function orderOf(stage: Stage, market: Market, by: Dev, parameters: Parameters) {
  return { parameters, signature: await sign(stage, market, by, parameters) };
}

/** As `fulfillBasicOrder` takes an order for one deed. */
async function basicOf(stage: Stage, market: Market, parameters: Parameters, basicOrderType: number, taker: Hex) {
  const [offered] = parameters.offer as [Item];
  const [price, ...others] = parameters.consideration as [Wanted];
  return {
    ...{ considerationToken: price.token, considerationIdentifier: 0n, considerationAmount: price.startAmount },
    ...{ offerer: parameters.offerer, zone: NOBODY, offerToken: offered.token },
    ...{ offerIdentifier: offered.identifierOrCriteria, offerAmount: offered.startAmount, basicOrderType },
    ...{ startTime: parameters.startTime, endTime: parameters.endTime, zoneHash: NO_WORD, salt: parameters.salt },
    ...{ offererConduitKey: parameters.conduitKey, fulfillerConduitKey: taker },
    totalOriginalAdditionalRecipients: BigInt(others.length),
    additionalRecipients: others.map(({ startAmount, recipient }) => ({ amount: startAmount, recipient })),
    signature: await sign(stage, market, alice, parameters),
  };
}

async function basicOrders(stage: Stage, market: Market): Promise<void> {
  const { seaport, deeds, gold, items, conduitKey } = market;
  const value = parseEther('1');
  const forEther = [to(alice, item(NATIVE, NOBODY, 0n, value)), to(carol, item(NATIVE, NOBODY, 0n, value / 40n))];
  const deed = (id: bigint) => [item(ERC721, deeds.address, id, 1n)];
  const first = await basicOf(stage, market, parametersOf(alice, deed(1n), forEther), 0, NO_WORD);
  await stage.refused(bob, seaport, 'fulfillBasicOrder', [first], { value: 1n });
  await stage.write(bob, seaport, 'fulfillBasicOrder', [first], { value: parseEther('2') });
  await stage.refused(bob, seaport, 'fulfillBasicOrder', [first], { value: parseEther('2') });
  const viaConduit = parametersOf(alice, deed(2n), forEther, { conduitKey });
  const second = await basicOf(stage, market, viaConduit, 0, conduitKey);
  await stage.write(bob, seaport, 'fulfillBasicOrder_efficient_6GL6yc', [second], { value: parseEther('2') });
  const forGold = [to(alice, item(ERC20, gold.address, 0n, 500n)), to(carol, item(ERC20, gold.address, 0n, 5n))];
  const third = await basicOf(stage, market, parametersOf(alice, deed(3n), forGold), 8, NO_WORD);
  await stage.write(bob, seaport, 'fulfillBasicOrder', [third]);
  const many = parametersOf(alice, [item(ERC1155, items.address, 1n, 10n)], forGold, { conduitKey });
  await stage.write(bob, seaport, 'fulfillBasicOrder', [await basicOf(stage, market, many, 12, conduitKey)]);
}

async function orders(stage: Stage, market: Market): Promise<void> {
  const { seaport, deeds, gold, items, conduitKey } = market;
  const offer = [item(ERC721, deeds.address, 4n, 1n), item(ERC1155, items.address, 2n, 20n)];
  const price = [to(alice, item(ERC20, gold.address, 0n, 100n)), to(carol, item(NATIVE, NOBODY, 0n, 77n))];
  const bundle = await orderOf(stage, market, alice, parametersOf(alice, offer, price, { conduitKey }));
  await stage.refused(bob, seaport, 'fulfillOrder', [
    { ...bundle, signature: `${bundle.signature.slice(0, -4)}ff1b` },
    NO_WORD,
  ]);
  await stage.write(bob, seaport, 'fulfillOrder', [bundle, conduitKey], { value: 77n });
  // A price that falls with time, and a third of what is offered at a time.
  const falling = [to(alice, item(ERC20, gold.address, 0n, 3_000_000n, 300n))];
  const window = { startTime: await stage.now(), endTime: (await stage.now()) + 1000n, orderType: PARTIAL };
  const thirds = parametersOf(alice, [item(ERC1155, items.address, 1n, 30n)], falling, window);
  const partial = { ...(await orderOf(stage, market, alice, thirds)), numerator: 1n, denominator: 3n, extraData: '0x' };
  for (let part = 0; part < 3; part += 1) {
    await stage.write(bob, seaport, 'fulfillAdvancedOrder', [partial, [], NO_WORD, NOBODY]);
  }
  await stage.refused(bob, seaport, 'fulfillAdvancedOrder', [partial, [], NO_WORD, NOBODY]);
  await byCriteria(stage, market);
  const cancelled = parametersOf(alice, [item(ERC721, deeds.address, 6n, 1n)], price);
  const { signature } = await orderOf(stage, market, alice, cancelled);
  await stage.write(alice, seaport, 'cancel', [[await componentsOf(stage, market, cancelled)]]);
  await stage.refused(bob, seaport, 'fulfillOrder', [{ parameters: cancelled, signature }, NO_WORD], { value: 77n });
  const validated = parametersOf(alice, [item(ERC721, deeds.address, 7n, 1n)], price);
  await stage.write(alice, seaport, 'validate', [[await orderOf(stage, market, alice, validated)]]);
  await stage.write(bob, seaport, 'fulfillOrder', [{ parameters: validated, signature: '0x' }, NO_WORD], {
    value: 77n,
  });
}

/** Any deed of a set, shown by a Merkle proof. */
async function byCriteria(stage: Stage, market: Market): Promise<void> {
  const { seaport, deeds, gold } = market;
  const leaves = [5n, 8n].map((id) => keccak256(encodeAbiParameters([{ type: 'uint256' }], [id])));
  const root = keccak256(concatHex([...leaves].sort()));
  const wanted = [to(alice, item(ERC20, gold.address, 0n, 10n))];
  const offer = [item(WITH_CRITERIA, deeds.address, BigInt(root), 1n)];
  const order = await orderOf(stage, market, alice, parametersOf(alice, offer, wanted));
  const advanced = { ...order, numerator: 1n, denominator: 1n, extraData: '0x' };
  const resolver = { orderIndex: 0n, side: 0, index: 0n, identifier: 5n, criteriaProof: [leaves[1]] };
  const wrong = { ...resolver, identifier: 6n };
  await stage.refused(bob, seaport, 'fulfillAdvancedOrder', [advanced, [wrong], NO_WORD, NOBODY]);
  await stage.write(bob, seaport, 'fulfillAdvancedOrder', [advanced, [resolver], NO_WORD, carol.address]);
}

async function manyOrders(stage: Stage, market: Market): Promise<void> {
  const { seaport, deeds, gold } = market;
  const price = [to(alice, item(ERC20, gold.address, 0n, 40n))];
  const sell = (id: bigint) =>
    orderOf(stage, market, alice, parametersOf(alice, [item(ERC721, deeds.address, id, 1n)], price));
  const sold = await Promise.all([9n, 10n, 1n].map(sell));
  const place = (orderIndex: number, itemIndex = 0) => ({
    orderIndex: BigInt(orderIndex),
    itemIndex: BigInt(itemIndex),
  });
  const offers = [[place(0)], [place(1)], [place(2)]];
  const available = [sold, offers, [[place(0), place(1), place(2)]], NO_WORD, 3n];
  // The third is not alice's any more: it is passed over.
  await stage.refused(bob, seaport, 'fulfillAvailableOrders', available);
  const both = [sold.slice(0, 2), offers.slice(0, 2), [[place(0), place(1)]], NO_WORD, 3n];
  await stage.write(bob, seaport, 'fulfillAvailableOrders', both);
  const ask = await sell(11n);
  const bid = await orderOf(
    stage,
    market,
    bob,
    parametersOf(bob, [item(ERC20, gold.address, 0n, 40n)], [to(bob, item(ERC721, deeds.address, 11n, 1n))]),
  );
  const meet = (offer: number, consideration: number) => ({
    ...{ offerComponents: [place(offer)], considerationComponents: [place(consideration)] },
  });
  await stage.write(carol, seaport, 'matchOrders', [
    [ask, bid],
    [meet(0, 1), meet(1, 0)],
  ]);
  await stage.refused(carol, seaport, 'matchOrders', [
    [ask, bid],
    [meet(0, 1), meet(1, 0)],
  ]);
  const old = parametersOf(alice, [item(ERC721, deeds.address, 12n, 1n)], price);
  const signature = await sign(stage, market, alice, old, 0n);
  await stage.refused(bob, seaport, 'fulfillOrder', [{ parameters: old, signature }, NO_WORD]);
  await stage.read(at(seaport.address, seaport), 'name');
}

export async function seaport(stage: Stage): Promise<void> {
  salt = 0n;
  const market = await deployMarket(stage);
  await basicOrders(stage, market);
  await orders(stage, market);
  await manyOrders(stage, market);
}
