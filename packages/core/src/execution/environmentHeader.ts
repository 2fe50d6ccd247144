import { Block, type BlockHeader, createBlockHeader } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { BlockOverrides } from './request.ts';

/** Header of the environment: the block's own fields, with overrides over them. */
export function environmentHeader(base: BlockHeader, overrides: BlockOverrides, common: Common): BlockHeader {
  const isMerged = common.gteHardfork(Hardfork.Paris);
  const baseFee = overrides.baseFeePerGas ?? base.baseFeePerGas;
  const header = createBlockHeader(
    {
      parentHash: base.parentHash,
      number: overrides.number ?? base.number,
      timestamp: overrides.timestamp ?? base.timestamp,
      gasLimit: overrides.gasLimit ?? base.gasLimit,
      coinbase: overrides.coinbase ?? base.coinbase,
      difficulty: isMerged ? 0n : (overrides.difficulty ?? base.difficulty),
      mixHash: overrides.prevRandao ?? base.mixHash,
      ...(common.isActivatedEIP(1559) ? { baseFeePerGas: baseFee ?? 0n } : {}),
      ...(common.isActivatedEIP(4844) ? { excessBlobGas: base.excessBlobGas ?? 0n, blobGasUsed: 0n } : {}),
      ...(common.isActivatedEIP(4788)
        ? { parentBeaconBlockRoot: overrides.parentBeaconBlockRoot ?? base.parentBeaconBlockRoot ?? new Uint8Array(32) }
        : {}),
    },
    { common, freeze: false },
  );
  const { blobBaseFee } = overrides;
  if (blobBaseFee !== undefined) header.getBlobGasPrice = () => blobBaseFee;
  return header;
}

/** A block of that header alone, as the EVM wants it. */
export function blockOfHeader(header: BlockHeader): Block {
  const { common } = header;
  return new Block(header, [], [], common.isActivatedEIP(4895) ? [] : undefined, { common, freeze: false });
}
