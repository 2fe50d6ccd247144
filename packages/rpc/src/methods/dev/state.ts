import { setTokenAllowance, setTokenBalance } from '@minichain/core';
import { CodecError } from '../../codecs/codec.ts';
import { looseSlot, storageValue } from '../../codecs/development.ts';
import { address, boolean, data, hash, looseQuantity, nonce } from '../../codecs/scalars.ts';
import { stateDump } from '../../codecs/stateDump.ts';
import { answer, method, optional, required, type Serve } from '../../method.ts';
import { stateDumpView } from '../../views/stateDump.ts';

const who = required('address', address);

const setBalance = <const W>(result: W) =>
  method({
    params: [who, required('balance', looseQuantity)],
    run: (c, of, wei) => c.chain.control.setBalance(of, wei),
    result: answer(result),
  });

const addBalance = <const W>(result: W) =>
  method({
    params: [who, required('amount', looseQuantity)],
    run: (c, of, wei) => c.chain.control.addBalance(of, wei),
    result: answer(result),
  });

const setNonce = <const W>(result: W) =>
  method({
    params: [who, required('nonce', nonce)],
    run: (c, of, next) => c.chain.control.setNonce(of, next),
    result: answer(result),
  });

const setCode = <const W>(result: W) =>
  method({
    params: [who, required('code', data)],
    run: (c, of, code) => c.chain.control.setCode(of, code),
    result: answer(result),
  });

const setStorageAt = method({
  params: [who, required('slot', looseSlot), required('value', storageValue)],
  run: (c, of, key, value) => c.chain.control.setStorage(of, key, value),
  result: answer(true),
});

const dumpState = method({
  params: [optional('preserveHistoricalStates', boolean, false)],
  run: (c, preserveHistoricalStates) => stateDumpView(c.chain, { preserveHistoricalStates }),
  result: (dump) => dump,
});

/** What is read later is still of the parameter. */
function ofParameter(error: unknown): never {
  if (!(error instanceof CodecError)) throw error;
  throw new CodecError(error.message, `params[0] (state)${error.path}`, error.code);
}

const loadState = method({
  params: [required('state', stateDump)],
  run: (c, state) => c.chain.control.loadState(state).catch(ofParameter),
  result: answer(true),
});

const tokens = required('amount', looseQuantity);
const setTokens = method({
  params: [required('owner', address), required('token', address), tokens],
  run: (c, owner, token, amount) => setTokenBalance(c.chain, { owner, token, amount }),
  result: answer(null),
});

/** State setters: they change the head's state, without a block. */
export const devState = {
  hardhat_setBalance: setBalance(true),
  anvil_setBalance: setBalance(null),
  tenderly_setBalance: setBalance(null),
  evm_setAccountBalance: setBalance(true),
  hardhat_addBalance: addBalance(null),
  anvil_addBalance: addBalance(null),
  tenderly_addBalance: addBalance(null),
  hardhat_dealERC20: setTokens,
  anvil_dealERC20: setTokens,
  anvil_setERC20Balance: setTokens,
  anvil_setERC20Allowance: method({
    params: [required('owner', address), required('spender', address), required('token', address), tokens],
    run: (c, owner, spender, token, amount) => setTokenAllowance(c.chain, { owner, spender, token, amount }),
    result: answer(null),
  }),
  anvil_getBlobByHash: method({
    params: [required('versionedHash', hash)],
    run: (c, of) => c.blobs.blob(of),
    result: (blob) => blob ?? null,
  }),
  anvil_getBlobsByTransactionHash: method({
    params: [required('transactionHash', hash)],
    run: (c, of) => c.blobs.blobsOf(of),
    result: (blobs) => blobs ?? null,
  }),
  hardhat_setNonce: setNonce(true),
  anvil_setNonce: setNonce(null),
  evm_setAccountNonce: setNonce(true),
  hardhat_setCode: setCode(true),
  anvil_setCode: setCode(null),
  evm_setAccountCode: setCode(true),
  hardhat_setStorageAt: setStorageAt,
  anvil_setStorageAt: setStorageAt,
  evm_setAccountStorageAt: setStorageAt,
  hardhat_dumpState: dumpState,
  anvil_dumpState: dumpState,
  hardhat_loadState: loadState,
  anvil_loadState: loadState,
} satisfies Partial<Serve>;
