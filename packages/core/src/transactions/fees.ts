import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { FeeControl, FeeHistory, Hardforks } from '../contract.ts';
import type { ChainReader, TipHeader } from '../readers.ts';
import { blobFeeAt, excessForBlobFee } from './blobFee.ts';
import { transactionError } from './faults.ts';
import { effectiveTip } from './prices.ts';

const GWEI = 10n ** 9n;
const INITIAL_BASE_FEE = GWEI;
/** As geth's: how many blocks one request may ask for. */
const MAX_HISTORY = 1024;

export interface FeesMemento {
  readonly nextBaseFee?: bigint | undefined;
  readonly nextExcessBlobGas?: bigint | undefined;
  readonly minGasPrice: bigint;
}

interface FeesModules {
  readonly chain: () => Pick<ChainReader, 'tip' | 'require' | 'get'>;
  readonly hardforks: Hardforks;
  /** Timestamp of the block that would come next. */
  readonly nextTimestamp: () => bigint;
}

/** Base fee and blob fee of the next block, suggestions for wallets, and fee history. Wei per gas. */
export class Fees implements FeeControl {
  readonly #modules: FeesModules;
  #fixedGasPrice: bigint | undefined;
  readonly #suggestedTip: bigint;
  #nextBaseFee: bigint | undefined;
  #nextExcessBlobGas: bigint | undefined;
  #minGasPrice = 0n;

  constructor(options: { gasPrice: bigint | undefined; suggestedTip: bigint }, modules: FeesModules) {
    this.#fixedGasPrice = options.gasPrice;
    this.#suggestedTip = options.suggestedTip;
    this.#modules = modules;
  }

  nextBaseFee(): bigint | undefined {
    return this.#nextBaseFee ?? this.#feeAfter(this.#modules.chain().tip, this.#modules.nextTimestamp());
  }

  /** What EIP-1559 computes for the child of a block; undefined when the child is before London. */
  baseFeeAfter(parent: ExecutedBlock, timestamp: bigint): bigint | undefined {
    return this.#feeAfter(parent.block.header, timestamp);
  }

  #feeAfter(header: TipHeader, timestamp: bigint): bigint | undefined {
    const common = this.#modules.hardforks.commonAt(header.number + 1n, timestamp);
    if (!common.isActivatedEIP(1559)) return undefined;
    return header.baseFeePerGas === undefined ? INITIAL_BASE_FEE : header.calcNextBaseFee();
  }

  /** A block is sealed: what was set for it is used up. */
  useUp(): void {
    this.#nextBaseFee = undefined;
    this.#nextExcessBlobGas = undefined;
  }

  /** Whether the next block's fees are others than follow from its parent. */
  get isSetForNext(): boolean {
    return this.#nextBaseFee !== undefined || this.#nextExcessBlobGas !== undefined;
  }

  /** Excess blob gas that was set for the next block; undefined where it follows from the parent. */
  get setExcessBlobGas(): bigint | undefined {
    return this.#nextExcessBlobGas;
  }

  nextBlobBaseFee(): bigint | undefined {
    const header = this.#modules.chain().tip;
    const common = this.#modules.hardforks.commonAt(header.number + 1n, this.#modules.nextTimestamp());
    if (!common.isActivatedEIP(4844)) return undefined;
    if (this.#nextExcessBlobGas !== undefined) return blobFeeAt(this.#nextExcessBlobGas, common);
    return header.excessBlobGas === undefined ? 1n : header.calcNextBlobGasPrice(common);
  }

  gasPrice(): bigint {
    if (this.#fixedGasPrice !== undefined) return this.#fixedGasPrice;
    const baseFee = this.nextBaseFee();
    if (baseFee !== undefined) return baseFee + this.suggestedTip();
    return this.#minGasPrice > GWEI ? this.#minGasPrice : GWEI;
  }

  suggestedTip(): bigint {
    return this.#suggestedTip;
  }

  setGasPrice(value: bigint | undefined): void {
    this.#fixedGasPrice = value;
  }

  setNextBaseFee(value: bigint): void {
    this.#nextBaseFee = value;
  }

  setNextExcessBlobGas(gas: bigint): void {
    this.#nextExcessBlobGas = gas;
  }

  setNextBlobBaseFee(wei: bigint): bigint {
    const number = this.#modules.chain().tip.number + 1n;
    const common = this.#modules.hardforks.commonAt(number, this.#modules.nextTimestamp());
    this.#nextExcessBlobGas = excessForBlobFee(wei, common);
    return blobFeeAt(this.#nextExcessBlobGas, common);
  }

  setMinGasPrice(value: bigint): void {
    this.#minGasPrice = value;
  }

  async history(count: number, newest: BlockRef, percentiles?: readonly number[]): Promise<FeeHistory> {
    checkPercentiles(percentiles);
    const chain = this.#modules.chain();
    const last = await chain.require(newest);
    const height = last.block.header.number;
    const wanted = BigInt(Math.min(count, MAX_HISTORY));
    const size = wanted > height + 1n ? height + 1n : wanted;
    const blocks: ExecutedBlock[] = [];
    for (let number = height - size + 1n; number < height; number++) blocks.push(await chain.require({ number }));
    if (size > 0n) blocks.push(last);
    const after = this.#nextFees(last);
    return {
      oldestBlock: size === 0n ? 0n : height - size + 1n,
      baseFeePerGas: [...blocks.map(({ block }) => block.header.baseFeePerGas ?? 0n), after.baseFee],
      gasUsedRatio: blocks.map(({ block }) => Number(block.header.gasUsed) / Number(block.header.gasLimit)),
      baseFeePerBlobGas: [...blocks.map(blobFeeOf), after.blobFee],
      blobGasUsedRatio: blocks.map(blobRatioOf),
      ...(percentiles === undefined || percentiles.length === 0
        ? {}
        : { reward: blocks.map((block) => rewardsOf(block, percentiles)) }),
    };
  }

  capture(): FeesMemento {
    const [nextBaseFee, nextExcessBlobGas] = [this.#nextBaseFee, this.#nextExcessBlobGas];
    return { nextBaseFee, nextExcessBlobGas, minGasPrice: this.#minGasPrice };
  }

  restore(memento: FeesMemento): void {
    this.#nextBaseFee = memento.nextBaseFee;
    this.#nextExcessBlobGas = memento.nextExcessBlobGas;
    this.#minGasPrice = memento.minGasPrice;
  }

  #nextFees(parent: ExecutedBlock): { baseFee: bigint; blobFee: bigint } {
    const { header } = parent.block;
    const common = this.#modules.hardforks.commonAt(header.number + 1n, header.timestamp + 1n);
    const blobFee = common.isActivatedEIP(4844) && header.excessBlobGas !== undefined;
    return {
      baseFee: this.baseFeeAfter(parent, header.timestamp + 1n) ?? 0n,
      blobFee: blobFee ? header.calcNextBlobGasPrice(common) : 0n,
    };
  }
}

function checkPercentiles(percentiles: readonly number[] = []): void {
  percentiles.forEach((value, index) => {
    const before = percentiles[index - 1];
    if (!(value >= 0 && value <= 100)) {
      throw transactionError({
        code: 'REQUEST_INVALID',
        detail: `invalid reward percentile: ${value}; expected 0 to 100`,
      });
    }
    if (before !== undefined && value < before) {
      throw transactionError({
        code: 'REQUEST_INVALID',
        detail: `invalid reward percentile: #${index - 1}:${before} > #${index}:${value}; expected ascending order`,
      });
    }
  });
}

const blobFeeOf = ({ block }: ExecutedBlock): bigint =>
  block.header.excessBlobGas === undefined ? 0n : block.header.getBlobGasPrice();

function blobRatioOf({ block }: ExecutedBlock): number {
  if (block.header.blobGasUsed === undefined) return 0;
  return Number(block.header.blobGasUsed) / Number(block.common.getBlobGasSchedule().maxBlobGasPerBlock);
}

/** Effective tips at the given percentiles of the block's gas, as geth weighs them. */
function rewardsOf(executed: ExecutedBlock, percentiles: readonly number[]): bigint[] {
  const { transactions, header } = executed.block;
  if (transactions.length === 0) return percentiles.map(() => 0n);
  const sorted = transactions
    .map((tx, i) => ({
      tip: effectiveTip(tx, header.baseFeePerGas ?? 0n),
      gas: executed.receipts[i]?.gasUsed ?? 0n,
    }))
    .sort((a, b) => (a.tip < b.tip ? -1 : a.tip > b.tip ? 1 : 0));
  let index = 0;
  let sum = (sorted[0] as { gas: bigint }).gas;
  return percentiles.map((percentile) => {
    const threshold = BigInt(Math.floor((Number(header.gasUsed) * percentile) / 100));
    while (sum < threshold && index < sorted.length - 1) {
      index++;
      sum += (sorted[index] as { gas: bigint }).gas;
    }
    return (sorted[index] as { tip: bigint }).tip;
  });
}
