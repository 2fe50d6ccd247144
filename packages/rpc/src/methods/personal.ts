import { type Address, type Chain, recoverAddress } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, RpcError } from '@minichain/protocol';
import { callRequest } from '../codecs/callRequest.ts';
import { message, personalDigest } from '../codecs/message.ts';
import { address, count, privateKey, signature, text } from '../codecs/scalars.ts';
import { answer, method, optional, required, type Serve } from '../method.ts';
import { sent } from '../sendFailure.ts';
import { signedView } from '../views/signed.ts';

const UNLOCKED_SECONDS = 300;

const who = required('address', address);
const tx = required('transaction', callRequest);
const text191 = required('message', message);
const passphrase = optional('passphrase', text, '');

type Request = ReturnType<typeof callRequest.decode>;

/** @throws RpcError when neither the request nor the node names a sender. */
function senderOf({ accounts }: Chain, { from }: Request): Address {
  const sender = from ?? accounts.owned[0]?.address;
  if (sender !== undefined) return sender;
  throw new RpcError(RPC_CODES.invalidParams, 'params[0] (transaction): "from" is missing');
}

/** Accounts that a passphrase opens, as in geth and Ganache. */
export const personal = {
  personal_sign: method({
    params: [text191, who, optional('password', text, '')],
    run: (c, bytes, of) => c.chain.accounts.sign(of, personalDigest(bytes)),
    result: hex,
  }),
  personal_ecRecover: method({
    params: [text191, required('signature', signature)],
    run: (_, bytes, of) => recoverAddress(personalDigest(bytes), of),
    result: (signer) => signer.toString(),
  }),
  personal_listAccounts: method({
    params: [],
    run: (c) => c.chain.accounts.list(),
    result: (all) => all.map((one) => one.toString()),
  }),
  personal_newAccount: method({
    params: [passphrase],
    run: (c, secret) => c.chain.accounts.importKey(c.chain.options.randomBytes(32), secret),
    result: (made) => made.toString(),
  }),
  personal_importRawKey: method({
    params: [required('privateKey', privateKey), passphrase],
    run: (c, key, secret) => c.chain.accounts.importKey(key, secret),
    result: (made) => made.toString(),
  }),
  personal_lockAccount: method({
    params: [who],
    run: (c, of) => c.chain.accounts.lock(of),
    result: (was) => was,
  }),
  personal_unlockAccount: method({
    params: [who, passphrase, optional('seconds', count, UNLOCKED_SECONDS)],
    run: (c, of, secret, seconds) => c.chain.accounts.unlock(of, secret, seconds),
    result: answer(true),
  }),
  personal_sendTransaction: method({
    params: [tx, passphrase],
    run: (c, request, secret) => {
      const { accounts, control } = c.chain;
      const sender = senderOf(c.chain, request);
      return sent(c, () => accounts.withPassphrase(sender, secret, () => control.submit(request)));
    },
    result: hex,
  }),
  personal_signTransaction: method({
    params: [tx, passphrase],
    run: ({ chain }, request, secret) =>
      chain.accounts.withPassphrase(senderOf(chain, request), secret, () => chain.control.signTransaction(request)),
    result: signedView,
  }),
  evm_addAccount: method({
    params: [who, passphrase],
    run: (c, of, secret) => c.chain.accounts.add(of, secret),
    result: (isNew) => isNew,
  }),
  evm_removeAccount: method({
    params: [who, passphrase],
    run: (c, of, secret) => c.chain.accounts.remove(of, secret),
    result: (was) => was,
  }),
} satisfies Partial<Serve>;
