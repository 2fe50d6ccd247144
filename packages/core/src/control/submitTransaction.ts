import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, bytesToHex, equalsBytes, KECCAK256_NULL } from '@ethereumjs/util';
import type { Accounts } from '../accounts/accounts.ts';
import { accountError } from '../accounts/faults.ts';
import type { Chain } from '../chain/chain.ts';
import type { ChainLimits } from '../chainOptions.ts';
import type { Clock } from '../clock.ts';
import type { Hardforks } from '../contract.ts';
import type { CallRequest } from '../execution/request.ts';
import type { Lane } from '../lane.ts';
import type { Miner } from '../mining/miner.ts';
import {
  type AdmitRules,
  checkNoGap,
  checkNonce,
  checkRoom,
  checkSenderCode,
  checkTransaction,
} from '../pool/admit.ts';
import { poolError } from '../pool/faults.ts';
import type { Pool } from '../pool/pool.ts';
import type { StateStore } from '../state/stateStore.ts';
import { StorageError, storageError } from '../storage/faults.ts';
import { decodeTransaction } from '../transactions/decode.ts';
import type { Fees } from '../transactions/fees.ts';
import { worstCost } from '../transactions/prices.ts';
import { madeUpSignature, withSender } from '../transactions/sender.ts';
import { txFromRequest } from '../transactions/txData.ts';
import { type FilledRequest, type FillModules, fillRequest } from './fillTransaction.ts';

export interface SubmitModules {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly miner: Miner;
  readonly fees: Fees;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly hardforks: Hardforks;
  readonly stateStore: StateStore;
  readonly lane: Lane;
  readonly execution: FillModules['execution'];
  readonly limits: Readonly<Pick<ChainLimits, 'accountTransactionLimit'>>;
}

interface Admission {
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly impersonated: boolean;
}

/** How a transaction gets in: read or made, checked, pooled, and in instant mode mined before the hash is returned. */
export class TransactionSubmitter {
  readonly #checkFunds: boolean;
  readonly #strictNonce: boolean;
  readonly #modules: SubmitModules;

  constructor(options: { poolBalanceChecks: boolean; strictNonce: boolean }, modules: SubmitModules) {
    this.#checkFunds = options.poolBalanceChecks;
    this.#strictNonce = options.strictNonce;
    this.#modules = modules;
  }

  /** @param isAllowed throws what forbids it, on the head that it is admitted on. */
  submitRaw(raw: Uint8Array, isAllowed?: () => Promise<void>): Promise<Uint8Array> {
    return this.#accept(async () => {
      await isAllowed?.();
      const { tx, sender } = decodeTransaction(raw, this.#common());
      return { tx, sender, impersonated: false };
    });
  }

  async submit(request: CallRequest): Promise<Uint8Array> {
    this.#requireSigner(request.from);
    return this.submitUnsigned(request);
  }

  /** As `submit`, but for any sender: one without a key here is taken for impersonated. */
  async submitUnsigned(request: CallRequest): Promise<Uint8Array> {
    const filled = await this.#fill(request);
    return this.#accept(async () => {
      const nonce = request.nonce ?? (await this.#modules.pool.nextNonce(filled.from));
      return { ...this.#sign({ ...filled, nonce }, filled.from), sender: filled.from };
    });
  }

  async fill(request: CallRequest): Promise<TypedTransaction> {
    const filled = await this.#fill(request);
    const nonce = request.nonce ?? (await this.#modules.pool.nextNonce(filled.from));
    // A signature of zeros, as geth writes an unsigned transaction.
    const signature = { r: 0n, s: 0n };
    return withSender(txFromRequest({ ...filled, nonce }, { common: this.#common(), signature }), filled.from);
  }

  async signTransaction(request: CallRequest): Promise<TypedTransaction> {
    this.#requireSigner(request.from);
    const filled = await this.#fill(request);
    const nonce = request.nonce ?? (await this.#modules.pool.nextNonce(filled.from));
    return this.#sign({ ...filled, nonce }, filled.from).tx;
  }

  /**
   * Pools a transaction, and in instant mode has it mined; both are one write. What cannot be written was not accepted and
   * does not stay; what was written before something else failed is accepted.
   * @param make runs inside the lane.
   */
  async #accept(make: () => Admission | Promise<Admission>): Promise<Uint8Array> {
    const { lane, miner } = this.#modules;
    const hash = await lane.run(
      async () => {
        const { tx, sender, impersonated } = await make();
        await this.#admit(tx, sender, impersonated);
        return tx.hash();
      },
      { commits: false },
    );
    let failure: unknown;
    try {
      // A second lane job, never a nested one: a job that waits for another waits for itself.
      await (miner.minesAtOnce && this.#modules.pool.hasReady
        ? miner.mineReady({ order: 'fifo' })
        : lane.run(() => {}));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      failure = error;
    }
    return this.#requireKept(hash, failure);
  }

  /** Whether it waits or is mined after a write that failed, its own or that of others who wrote with it. */
  async #requireKept(hash: Uint8Array, failure: unknown): Promise<Uint8Array> {
    const { pool, chain, lane } = this.#modules;
    const drop = pool.dropReason(hash);
    if (drop?.reason === 'unwritten') throw failure ?? storageError({ code: 'WRITE_FAILED', detail: drop.detail });
    if (failure === undefined || pool.get(hash) !== undefined) return hash;
    // Inside the lane nothing is opened again while it is read.
    if ((await lane.run(() => chain.transaction(hash), { commits: false })) !== undefined) return hash;
    throw failure;
  }

  #common(): Common {
    const { chain, hardforks, clock } = this.#modules;
    return hardforks.commonAt(chain.tip.number + 1n, clock.peekNext());
  }

  /** Everything but the nonce decided. @throws also AccountError for a sender that cannot send here. */
  async fillRequest(request: CallRequest): Promise<FilledRequest> {
    this.#requireSigner(request.from);
    return this.#fill(request);
  }

  /** With the sender's key, or as an impersonated account's. */
  sign(request: FilledRequest): { tx: TypedTransaction; impersonated: boolean } {
    return this.#sign(request, request.from);
  }

  #fill(request: CallRequest): Promise<FilledRequest> {
    return fillRequest(request, { ...this.#modules, nextTimestamp: () => this.#modules.clock.peekNext() });
  }

  #requireSigner(from: Address | undefined): void {
    const { accounts } = this.#modules;
    if (from === undefined || accounts.isImpersonated(from) || accounts.privateKey(from) !== undefined) return;
    const code = accounts.isLocked(from) ? 'ACCOUNT_LOCKED' : 'ACCOUNT_UNKNOWN';
    throw accountError({ code, address: from.toString() });
  }

  #sign(request: CallRequest, from: Address): { tx: TypedTransaction; impersonated: boolean } {
    const { accounts } = this.#modules;
    const common = this.#common();
    const key = accounts.privateKey(from);
    if (key !== undefined) return { tx: txFromRequest(request, { common }).sign(key), impersonated: false };
    const tx = txFromRequest(request, { common, signature: madeUpSignature(from) });
    return { tx: withSender(tx, from), impersonated: true };
  }

  /** Inside the lane. */
  async #admit(tx: TypedTransaction, sender: Address, impersonated: boolean): Promise<void> {
    const { chain, pool, fees, miner, stateStore, limits } = this.#modules;
    pool.requireUnknown(tx.hash());
    const rules: AdmitRules = {
      common: this.#common(),
      gasLimit: miner.gasLimit,
      baseFee: fees.nextBaseFee(),
      blobBaseFee: fees.nextBlobBaseFee(),
    };
    checkTransaction(tx, rules);
    const state = stateStore.view(chain.head.stateRoot);
    const account = await state.account(sender);
    const hasCode = !equalsBytes(account.codeHash, KECCAK256_NULL);
    if (hasCode && !impersonated) checkSenderCode(sender, await state.code(sender));
    checkNonce(tx, sender, account.nonce);
    if (this.#strictNonce && miner.minesAtOnce) checkNoGap(tx, sender, await pool.nextNonce(sender));
    const { accountTransactionLimit: most } = limits;
    if (most > 0) checkRoom(tx, sender, pool.of(sender), most);
    const want = pool.expenditure(sender, tx.nonce) + worstCost(tx);
    if (this.#checkFunds && account.balance < want) await this.#checkPendingFunds(tx, sender, account.balance);
    await pool.insert(tx, sender, impersonated);
  }

  /**
   * Money that a waiting transaction brings counts, and others cost less than the most they could: when the head's balance
   * does not cover the worst case, the pending block tells.
   */
  async #checkPendingFunds(tx: TypedTransaction, sender: Address, balance: bigint): Promise<void> {
    const { pool, miner, stateStore } = this.#modules;
    const others = pool.of(sender).filter((pooled) => pooled.tx.nonce !== tx.nonce);
    const pending = pool.hasReady ? await miner.pending() : undefined;
    const included = new Set(pending?.block.transactions.map((one) => bytesToHex(one.hash())));
    const want = others
      .filter(({ hash }) => !included.has(bytesToHex(hash)))
      .reduce((sum, one) => sum + worstCost(one.tx), worstCost(tx));
    const have = pending === undefined ? balance : await stateStore.view(pending.stateRoot).balance(sender);
    const replaced = pool.of(sender).find((pooled) => pooled.tx.nonce === tx.nonce);
    const freed = replaced !== undefined && included.has(bytesToHex(replaced.hash)) ? worstCost(replaced.tx) : 0n;
    if (have + freed < want) {
      throw poolError({ code: 'FUNDS_INSUFFICIENT', sender: sender.toString(), have: have + freed, want });
    }
  }
}
