import type { Sample, Session, Workload } from '../workload.ts';

/**
 * For each number from the first word of its input on, as many as the second says: stores it in the slot that it is, and
 * gives an account of that number 1 wei.
 */
const FILLER = '0x00000000000000000000000000000000000f111e';
const FILLER_CODE =
  '0x5f35806020350190' + '5b8181146029578080555f5f5f5f600185640100000000015ff150' + '6001016008565b00';
const SLOTS_A_TRANSACTION = 200;
const GAS = '0xf00000';
const PROBES = 21;

const word = (value: number): string => value.toString(16).padStart(64, '0');
const thousands = (value: number): string => value.toLocaleString('en');

/** Puts the filler where every target has it. */
export async function prepareFiller(connection: Session['connection']): Promise<void> {
  await connection.call('hardhat_setCode', [FILLER, FILLER_CODE]);
  await connection.call('hardhat_setBalance', [FILLER, '0x56bc75e2d63100000']);
}

/** Adds slots, and as many accounts, from `start` to before `end`. */
export async function fillState(session: Session, from: string, start: number, end: number): Promise<void> {
  for (let filled = start; filled < end; filled += SLOTS_A_TRANSACTION) {
    await fill(session, from, filled, Math.min(SLOTS_A_TRANSACTION, end - filled));
  }
}

async function fill({ connection }: Session, from: string, start: number, count: number): Promise<void> {
  const data = `0x${word(start)}${word(count)}`;
  const hash = await connection.call<string>('eth_sendTransaction', [{ from, to: FILLER, data, gas: GAS }]);
  const receipt = await connection.call<{ status: string } | null>('eth_getTransactionReceipt', [hash]);
  if (receipt !== null && receipt.status !== '0x1') throw new Error(`filling failed at ${start}`);
}

async function medianMs(run: (index: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < PROBES; i++) {
    const began = performance.now();
    await run(i);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(PROBES / 2)] as number;
}

/** Whether a block costs more the more there is: slots and accounts first, then blocks. */
export const growth: Workload = {
  name: 'growth',
  isolated: true,
  once: true,
  async run(session) {
    const { connection, sizes, target } = session;
    const [from] = await connection.call<[string]>('eth_accounts');
    await prepareFiller(connection);
    const samples: Sample[] = [];
    let filled = 0;
    const probe = async (what: string): Promise<void> => {
      const add = (name: string, unit: 'ms' | 'MiB', value: number) =>
        samples.push({ metric: { name: `${name}, ${what}`, unit, better: 'lower' }, value });
      add('empty block', 'ms', await medianMs(() => connection.call('evm_mine')));
      add('one new slot and account', 'ms', await medianMs(() => fill(session, from, filled++, 1)));
      const resident = target.residentMb();
      if (resident !== undefined) add('memory', 'MiB', resident);
    };
    for (const slots of sizes.growthSlots) {
      await fillState(session, from, filled, slots);
      filled = Math.max(filled, slots);
      await probe(`${thousands(slots)} slots and accounts`);
    }
    for (const blocks of sizes.growthBlocks) {
      const head = Number(await connection.call<string>('eth_blockNumber'));
      if (blocks > head) await connection.call('anvil_mine', [`0x${(blocks - head).toString(16)}`]);
      await probe(`${thousands(blocks)} blocks`);
    }
    return samples;
  },
};
