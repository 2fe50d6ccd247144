import { type Chain, type DumpedAccount, type ExecutedBlock, gethConfigOf, type Hardforks } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import type { DumpSource } from './stateDump.ts';

/** A chain whose head another can begin with. */
export interface GenesisSource {
  readonly state: DumpSource['state'];
  readonly hardforks: Hardforks;
  readonly chainId: bigint;
  /** With its own genesis, if it began with one. */
  readonly options: Pick<Chain['options'], 'genesis'>;
}

const allocText = ({ address, nonce, balance, code, storage }: DumpedAccount): string =>
  `    "${address.toString()}": ${JSON.stringify({
    balance: quantity(balance),
    ...(nonce === 0n ? {} : { nonce: quantity(nonce) }),
    ...(code.length === 0 ? {} : { code: hex(code) }),
    ...(storage.length === 0
      ? {}
      : { storage: Object.fromEntries(storage.map(([slot, value]) => [hex(slot), hex(value)])) }),
  })}`;

/** Fields of a genesis that are those of the head: the first block goes on at its time and price. */
function headerFields({ block: { header } }: ExecutedBlock): Record<string, unknown> {
  return {
    nonce: hex(header.nonce),
    timestamp: quantity(header.timestamp),
    extraData: hex(header.extraData),
    gasLimit: quantity(header.gasLimit),
    difficulty: quantity(header.difficulty),
    mixHash: hex(header.mixHash),
    coinbase: header.coinbase.toString(),
    ...(header.baseFeePerGas === undefined ? {} : { baseFeePerGas: quantity(header.baseFeePerGas) }),
    ...(header.excessBlobGas === undefined ? {} : { excessBlobGas: quantity(header.excessBlobGas) }),
    ...(header.blobGasUsed === undefined ? {} : { blobGasUsed: quantity(header.blobGasUsed) }),
  };
}

/**
 * The head as a geth genesis, piece by piece: its state, its rules, and where it stands. A chain that begins with it has the
 * same state root in its first block. Accounts are in order of address; equal states have equal genesis files.
 * @throws StateError STATE_NOT_AVAILABLE.
 */
export async function* genesisText(head: ExecutedBlock, source: GenesisSource): AsyncGenerator<string> {
  const { hardforks, chainId, state, options } = source;
  const { number, timestamp } = head.block.header;
  const config = gethConfigOf(hardforks, { number, timestamp, chainId, genesis: options.genesis });
  const before = JSON.stringify({ config, ...headerFields(head) }, undefined, 2);
  yield `${before.slice(0, -2)},\n  "alloc": {`;
  let separator = '\n';
  for await (const account of await state.accounts({ hash: head.hash })) {
    yield separator + allocText(account);
    separator = ',\n';
  }
  yield '\n  }\n}\n';
}
