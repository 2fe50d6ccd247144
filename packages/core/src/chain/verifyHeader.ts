import type { BlockHeader } from '@ethereumjs/block';
import { Hardfork } from '@ethereumjs/common';
import { bytesToHex } from '@ethereumjs/util';
import { blockError } from '../blocks/faults.ts';

const invalid = (detail: string) => blockError({ code: 'BLOCK_INVALID', detail });

function verifyBaseFee(header: BlockHeader, parent: BlockHeader): void {
  if (header.baseFeePerGas === undefined) return;
  const expected =
    parent.baseFeePerGas === undefined ? header.common.param('initialBaseFee') : parent.calcNextBaseFee();
  if (header.baseFeePerGas !== expected) {
    throw invalid(`base fee is ${header.baseFeePerGas}, expected ${expected} (EIP-1559)`);
  }
}

function verifyBlobFields(header: BlockHeader, parent: BlockHeader): void {
  if (header.excessBlobGas === undefined) return;
  const expected = parent.excessBlobGas === undefined ? 0n : parent.calcNextExcessBlobGas(header.common);
  if (header.excessBlobGas !== expected) {
    throw invalid(`excess blob gas is ${header.excessBlobGas}, expected ${expected} (EIP-4844)`);
  }
}

/**
 * A header against its parent: number, time, gas limit, base fee, excess blob gas. The proof of work of a block before the
 * merge is not checked.
 * @throws BlockError BLOCK_INVALID.
 */
export function verifyHeader(header: BlockHeader, parent: BlockHeader): void {
  if (header.number !== parent.number + 1n) throw invalid(`number is ${header.number}, expected ${parent.number + 1n}`);
  if (header.timestamp <= parent.timestamp) {
    throw invalid(`timestamp ${header.timestamp} is not after its parent's ${parent.timestamp}`);
  }
  if (header.extraData.length > 32)
    throw invalid(`extra data has ${header.extraData.length} bytes, at most 32 allowed`);
  if (header.gasUsed > header.gasLimit)
    throw invalid(`gas used ${header.gasUsed} is above the limit ${header.gasLimit}`);
  if (header.common.gteHardfork(Hardfork.Paris) && header.difficulty !== 0n) {
    throw invalid(`difficulty is ${header.difficulty}, expected 0 after the merge`);
  }
  try {
    header.validateGasLimit(parent);
  } catch (error) {
    throw blockError(
      { code: 'BLOCK_INVALID', detail: `gas limit ${header.gasLimit} is too far from its parent's ${parent.gasLimit}` },
      { cause: error },
    );
  }
  verifyBaseFee(header, parent);
  verifyBlobFields(header, parent);
  if (bytesToHex(header.parentHash) !== bytesToHex(parent.hash())) throw invalid('parent hash does not match');
}
