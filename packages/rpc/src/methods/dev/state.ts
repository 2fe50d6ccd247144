import { RPC_CODES, RpcError } from '@minichain/protocol';
import { type Codec, CodecError } from '../../codecs/codec.ts';
import { address, data, looseQuantity, slot } from '../../codecs/scalars.ts';
import { type Method, method, required } from '../../method.ts';

const who = required('address', address);

/** Hardhat's words for a value of another length. */
const storageValue: Codec<Uint8Array> = {
  expected: 'a storage value of exactly 32 bytes',
  decode: (value) => {
    const bytes = data.decode(value);
    if (bytes.length === 32) return bytes;
    throw new CodecError(
      `Storage value must be exactly 32 bytes long. Received ${String(value)}, which is ${bytes.length} bytes long.`,
    );
  },
};

const setBalance = (result: unknown): Method =>
  method({
    params: [who, required('balance', looseQuantity)],
    run: (c, of, wei) => c.chain.control.setBalance(of, wei),
    result: () => result,
  });

const setNonce = (result: unknown): Method =>
  method({
    params: [who, required('nonce', looseQuantity)],
    run: (c, of, nonce) => {
      if (nonce >= 2n ** 64n) throw new RpcError(RPC_CODES.invalidParams, 'params[1] (nonce): must be below 2^64');
      return c.chain.control.setNonce(of, nonce);
    },
    result: () => result,
  });

const setCode = (result: unknown): Method =>
  method({
    params: [who, required('code', data)],
    run: (c, of, code) => c.chain.control.setCode(of, code),
    result: () => result,
  });

const setStorageAt = method({
  params: [who, required('slot', slot), required('value', storageValue)],
  run: (c, of, key, value) => c.chain.control.setStorage(of, key, value),
  result: () => true,
});

const addBalance = (result: unknown): Method =>
  method({
    params: [who, required('amount', looseQuantity)],
    run: async (c, of, wei) => {
      const balance = await (await c.chain.state.at({ tag: 'latest' })).balance(of);
      await c.chain.control.setBalance(of, balance + wei);
    },
    result: () => result,
  });

/** State setters: they change the head's state, without a block. */
export const devState = {
  hardhat_setBalance: setBalance(true),
  anvil_setBalance: setBalance(null),
  tenderly_setBalance: setBalance(null),
  evm_setAccountBalance: setBalance(true),
  anvil_addBalance: addBalance(null),
  hardhat_setNonce: setNonce(true),
  anvil_setNonce: setNonce(null),
  evm_setAccountNonce: setNonce(true),
  hardhat_setCode: setCode(true),
  anvil_setCode: setCode(null),
  evm_setAccountCode: setCode(true),
  hardhat_setStorageAt: setStorageAt,
  anvil_setStorageAt: setStorageAt,
  evm_setAccountStorageAt: setStorageAt,
};
