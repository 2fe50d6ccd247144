import { Address, bigIntToBytes, bytesToBigInt, bytesToHex, concatBytes, setLengthLeft } from '@ethereumjs/util';
import { LATEST } from '../blocks/blockTag.ts';
import type { Chain } from '../contract.ts';
import type { StateOverrides } from '../execution/request.ts';
import { stateError } from '../state/faults.ts';

type Modules = Pick<Chain, 'execution' | 'state' | 'control'>;

/** A question that a token answers with one number out of its storage. */
interface Question {
  readonly token: Address;
  readonly data: Uint8Array;
  readonly asked: string;
}

interface Place {
  readonly contract: Address;
  /** 32 bytes. */
  readonly slot: Uint8Array;
}

/** Where in a word the number lies. */
interface Field {
  readonly shift: bigint;
  readonly mask: bigint;
}

const BALANCE_OF = Uint8Array.of(0x70, 0xa0, 0x82, 0x31);
const ALLOWANCE = Uint8Array.of(0xdd, 0x62, 0xed, 0x3e);
const WORD_BITS = 256n;
const FULL_WORD = 2n ** WORD_BITS - 1n;
const BYTE_BITS = 8n;

const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);
const argument = ({ bytes }: Address): Uint8Array => setLengthLeft(bytes, 32);

const readAs = ({ contract, slot, value }: Place & { value: bigint }): StateOverrides =>
  new Map([[contract.toString(), { stateDiff: new Map([[bytesToHex(slot), word(value)]]) }]]);

/** What the token answers when a word of storage reads as it is told; undefined when it does not answer with one number. */
async function ask({ execution }: Modules, { token, data }: Question, at?: Place & { value: bigint }) {
  const overrides = at === undefined ? {} : { state: readAs(at) };
  const result = await execution.call({ to: token, data }, LATEST, overrides).catch(() => undefined);
  return result?.returnData.length === 32 ? bytesToBigInt(result.returnData) : undefined;
}

/** The number's place in a word that decides it; undefined for a word that does not. */
async function fieldIn(modules: Modules, question: Question, place: Place): Promise<Field | undefined> {
  const mask = await ask(modules, question, { ...place, value: FULL_WORD });
  // All ones are read as all ones, as many as the number has bits.
  if (mask === undefined || mask === 0n || (mask & (mask + 1n)) !== 0n) return undefined;
  for (let shift = 0n; shift < WORD_BITS; shift += BYTE_BITS) {
    const probe = (mask < 3n ? 1n : 3n) << shift;
    if ((await ask(modules, question, { ...place, value: probe })) === probe >> shift) return { shift, mask };
  }
  return undefined;
}

async function places({ execution }: Modules, { token, data }: Question): Promise<Place[]> {
  const { accessList } = await execution.createAccessList({ to: token, data }, LATEST);
  return accessList.flatMap(({ address, storageKeys }) =>
    storageKeys.map((slot) => ({ contract: new Address(address), slot })),
  );
}

/**
 * Looks for the word of storage that decides what a token answers, behind proxies and inside packed words too, and writes the
 * number there.
 * @throws StateError SLOT_NOT_FOUND, NUMBER_TOO_LARGE.
 */
async function setAnswer(modules: Modules, question: Question, amount: bigint): Promise<void> {
  for (const place of await places(modules, question)) {
    const field = await fieldIn(modules, question, place);
    if (field === undefined) continue;
    const { shift, mask } = field;
    if (amount > mask) throw stateError({ code: 'NUMBER_TOO_LARGE', asked: question.asked, most: mask });
    const before = bytesToBigInt(await (await modules.state.at(LATEST)).storage(place.contract, place.slot));
    const value = (before & ~(mask << shift) & FULL_WORD) | (amount << shift);
    if ((await ask(modules, question, { ...place, value })) !== amount) continue;
    return modules.control.setStorage(place.contract, place.slot, word(value));
  }
  throw stateError({ code: 'SLOT_NOT_FOUND', token: question.token.toString(), asked: question.asked });
}

/**
 * Gives somebody so much of an ERC-20 token; nobody else's balance changes, nor the supply.
 * @throws StateError SLOT_NOT_FOUND when no word of storage decides `balanceOf`; NUMBER_TOO_LARGE.
 * @example await setTokenBalance(chain, { token, owner, amount: 10n ** 18n })
 */
export function setTokenBalance(
  modules: Modules,
  { token, owner, amount }: { readonly token: Address; readonly owner: Address; readonly amount: bigint },
): Promise<void> {
  return setAnswer(modules, { token, data: concatBytes(BALANCE_OF, argument(owner)), asked: 'balanceOf' }, amount);
}

/** As {@link setTokenBalance}, of what a spender may take. */
export function setTokenAllowance(
  modules: Modules,
  given: { readonly token: Address; readonly owner: Address; readonly spender: Address; readonly amount: bigint },
): Promise<void> {
  const { token, owner, spender, amount } = given;
  const data = concatBytes(ALLOWANCE, argument(owner), argument(spender));
  return setAnswer(modules, { token, data, asked: 'allowance' }, amount);
}
