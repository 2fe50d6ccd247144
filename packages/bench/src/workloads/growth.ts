import type { Metric, Sample, Session, Workload } from '../workload.ts';
import { openToken, TOKEN, transferOf } from './token.ts';

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
/** What takes Anvil half a minute; ours are one run of blocks each. */
const BLOCKS_A_CALL = 10_000;
/** A stage that is under way when the time is up is waited for that long. */
const GROWTH_LIMIT_MS = 3_600_000;

const word = (value: number): string => value.toString(16).padStart(64, '0');
const thousands = (value: number): string => value.toLocaleString('en');

/** Puts the filler where every target has it. */
export async function prepareFiller(connection: Session['connection']): Promise<void> {
  await connection.call('hardhat_setCode', [FILLER, FILLER_CODE]);
  await connection.call('hardhat_setBalance', [FILLER, '0x56bc75e2d63100000']);
}

/** Adds slots, and as many accounts, from `start` to before `end`. */
export async function fillState(session: Session, from: string, start: number, end: number): Promise<void> {
  for (const step of fillSteps(session, from, start, end)) await step();
}

function* fillSteps(session: Session, from: string, start: number, end: number): Generator<() => Promise<void>> {
  for (let filled = start; filled < end; filled += SLOTS_A_TRANSACTION) {
    const count = Math.min(SLOTS_A_TRANSACTION, end - filled);
    yield () => send(session, { from, to: FILLER, data: `0x${word(filled)}${word(count)}`, gas: GAS });
  }
}

async function send({ connection }: Session, transaction: object): Promise<void> {
  const hash = await connection.call<string>('eth_sendTransaction', [transaction]);
  const receipt = await connection.call<{ status: string } | null>('eth_getTransactionReceipt', [hash]);
  if (receipt !== null && receipt.status !== '0x1') throw new Error(`a transaction failed: ${hash}`);
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < PROBES; i++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(PROBES / 2)] as number;
}

type Add = (name: string, unit: Metric['unit'], value: number) => void;

/** What a block costs and how much memory the node takes, as it is now. */
async function probe(session: Session, from: string, add: Add): Promise<void> {
  const { connection, target } = session;
  const holder = () => `0x${(seen++).toString(16).padStart(40, '7')}`;
  add('empty block', 'ms', await medianMs(() => connection.call('evm_mine')));
  const transfer = () => send(session, { from, to: TOKEN, data: transferOf(holder(), 1), gas: '0x20000' });
  add('ERC-20 transfer', 'ms', await medianMs(transfer));
  const resident = target.residentMb();
  if (resident !== undefined) add('memory', 'MiB', resident);
}

/** Holders of tokens so far: each transfer goes to a new one. */
let seen = 1;

interface Stage {
  readonly what: string;
  /** Goes on from the stage before, step by step. */
  readonly steps: Iterable<() => Promise<void>>;
}

/** Measures stage after stage until the time is up; what a target does not reach is reported. */
async function measureStages(session: Session, stages: Iterable<Stage>): Promise<Sample[]> {
  const { connection, sizes } = session;
  const [from] = await connection.call<[string]>('eth_accounts');
  await openToken(session);
  const samples: Sample[] = [];
  const deadline = performance.now() + sizes.growthMs;
  for (const { what, steps } of stages) {
    for (const step of steps) {
      await step();
      if (performance.now() < deadline) continue;
      session.failed(`${what} are not reached within ${sizes.growthMs / 1000} s`);
      return samples;
    }
    await probe(session, from, (name, unit, value) =>
      samples.push({ metric: { name: `${name}, ${what}`, unit, better: 'lower' }, value }),
    );
  }
  return samples;
}

/** Whether a block costs more the more slots and accounts there are. */
export const growth: Workload = {
  name: 'growth',
  isolated: true,
  once: true,
  limitMs: GROWTH_LIMIT_MS,
  async run(session) {
    const [from] = await session.connection.call<[string]>('eth_accounts');
    await prepareFiller(session.connection);
    const stages = session.sizes.growthSlots.map((slots, index) => ({
      what: `${thousands(slots)} slots and accounts`,
      steps: fillSteps(session, from, session.sizes.growthSlots[index - 1] ?? 0, slots),
    }));
    return measureStages(session, stages);
  },
};

function* mineSteps({ connection }: Session, start: number, end: number): Generator<() => Promise<void>> {
  for (let height = start; height < end; height += BLOCKS_A_CALL) {
    yield async () => {
      const head = Number(await connection.call<string>('eth_blockNumber'));
      const count = Math.min(height + BLOCKS_A_CALL, end) - head;
      if (count > 0) await connection.call('anvil_mine', [`0x${count.toString(16)}`]);
    };
  }
}

/** Whether a block costs more the longer the chain is. */
export const height: Workload = {
  name: 'height',
  isolated: true,
  once: true,
  limitMs: GROWTH_LIMIT_MS,
  async run(session) {
    const { growthBlocks } = session.sizes;
    const stages = growthBlocks.map((blocks, index) => ({
      what: `${thousands(blocks)} blocks`,
      steps: mineSteps(session, growthBlocks[index - 1] ?? 0, blocks),
    }));
    return measureStages(session, stages);
  },
};
