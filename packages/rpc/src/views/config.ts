import type { Chain } from '@minichain/core';
import { type Hex, quantityFromBigInt as quantity, type RpcConfig, type RpcForkConfig } from '@minichain/protocol';

const NAMES: Readonly<Record<string, string>> = {
  '01': 'ECREC',
  '02': 'SHA256',
  '03': 'RIPEMD160',
  '04': 'ID',
  '05': 'MODEXP',
  '06': 'BN254_ADD',
  '07': 'BN254_MUL',
  '08': 'BN254_PAIRING',
  '09': 'BLAKE2F',
  '0a': 'KZG_POINT_EVALUATION',
  '0b': 'BLS12_G1ADD',
  '0c': 'BLS12_G1MSM',
  '0d': 'BLS12_G2ADD',
  '0e': 'BLS12_G2MSM',
  '0f': 'BLS12_PAIRING_CHECK',
  '10': 'BLS12_MAP_FP_TO_G1',
  '11': 'BLS12_MAP_FP2_TO_G2',
  '100': 'P256VERIFY',
};

/** EIP that brought a precompile or a system contract; those from Frontier on are always there. */
const PRECOMPILE_EIPS: readonly (readonly [eip: number | undefined, from: number, to: number])[] = [
  [undefined, 0x1, 0x4],
  [198, 0x5, 0x5],
  [196, 0x6, 0x7],
  [197, 0x8, 0x8],
  [152, 0x9, 0x9],
  [4844, 0xa, 0xa],
  [2537, 0xb, 0x11],
  [7951, 0x100, 0x100],
];

const SYSTEM_CONTRACTS: readonly (readonly [eip: number, name: string, address: Hex])[] = [
  [4788, 'BEACON_ROOTS_ADDRESS', '0x000f3df6d732807ef1319fb7b8bb8522d0beac02'],
  [7251, 'CONSOLIDATION_REQUEST_PREDEPLOY_ADDRESS', '0x0000bbddc7ce488642fb579f8b00f3a590007251'],
  [2935, 'HISTORY_STORAGE_ADDRESS', '0x0000f90827f1c53a10cb7a02335b175320002935'],
  [7002, 'WITHDRAWAL_REQUEST_PREDEPLOY_ADDRESS', '0x00000961ef480eb55e80d19ad83579a64c007002'],
];

type Common = ReturnType<Chain['hardforks']['commonAt']>;

function precompiles(common: Common): Record<string, Hex> {
  const found: [string, Hex][] = [];
  for (const [eip, from, to] of PRECOMPILE_EIPS) {
    if (eip !== undefined && eip !== 198 && eip !== 196 && eip !== 197 && eip !== 152 && !common.isActivatedEIP(eip)) {
      continue;
    }
    for (let number = from; number <= to; number++) {
      const digits = number.toString(16);
      found.push([NAMES[digits.padStart(2, '0')] as string, `0x${digits.padStart(40, '0')}`]);
    }
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function forkConfig(chain: Chain, common: Common, activationTime: number | null): RpcForkConfig {
  const { targetBlobGasPerBlock, maxBlobGasPerBlock, blobGasPriceUpdateFraction } = common.getBlobGasSchedule();
  const perBlob = common.param('blobGasPerBlob');
  const contracts = SYSTEM_CONTRACTS.filter(([eip]) => common.isActivatedEIP(eip)).map(([, name, who]) => [name, who]);
  if (common.isActivatedEIP(6110)) {
    const deposit = chain.options.genesis?.config['depositContractAddress'];
    contracts.push(['DEPOSIT_CONTRACT_ADDRESS', deposit ?? '0x00000000219ab540356cbb839cbe05303d7705fa'] as never);
  }
  return {
    activationTime,
    blobSchedule: {
      baseFeeUpdateFraction: Number(blobGasPriceUpdateFraction),
      max: Number(maxBlobGasPerBlock / perBlob),
      target: Number(targetBlobGasPerBlock / perBlob),
    },
    chainId: quantity(chain.chainId()),
    forkId: common.forkHash(common.hardfork(), chain.chain.genesis.hash),
    precompiles: precompiles(common),
    systemContracts: Object.fromEntries(contracts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))),
  };
}

interface Activation {
  /** The newest of the forks that come together. */
  readonly name: string;
  readonly block: number | null;
  readonly timestamp: number | null;
  readonly isReached: boolean;
}

/** Forks that come together count as one. */
function activations({ hardforks, chain }: Chain): Activation[] {
  const { number, timestamp: now } = chain.head.block.header;
  const found: Activation[] = [];
  for (const { name, block, timestamp } of hardforks.schedule) {
    const before = found.at(-1);
    if (before?.block === block && before.timestamp === timestamp) found.pop();
    const isReached = timestamp === null ? BigInt(block ?? 0) <= number : BigInt(timestamp) <= now;
    found.push({ name, block, timestamp, isReached });
  }
  return found;
}

/**
 * EIP-7910: the present fork's configuration, the next one's and the last one's. Null where blobs do not exist yet. The time
 * of a fork that comes by height is that of its block; before the block is there nobody knows it.
 */
export async function ethConfig(chain: Chain): Promise<RpcConfig> {
  const configOf = async (fork: Activation | undefined): Promise<RpcForkConfig | null> => {
    if (fork === undefined) return null;
    const { name, block, timestamp, isReached } = fork;
    const common = chain.hardforks.commonOf(name, chain.chainId());
    if (!common.isActivatedEIP(4844)) return null;
    if (timestamp !== null) return forkConfig(chain, common, timestamp);
    const first = isReached ? await chain.chain.get({ number: BigInt(block ?? 0) }) : undefined;
    const time = first === undefined ? null : Number(first.block.header.timestamp);
    return { ...forkConfig(chain, common, time), activationBlock: block ?? 0 };
  };
  const all = activations(chain);
  const future = all.filter(({ isReached }) => !isReached);
  return {
    current: await configOf(all.filter(({ isReached }) => isReached).at(-1)),
    next: await configOf(future[0]),
    last: await configOf(future.at(-1)),
  };
}
