import type { Connection } from '../connection.ts';
import type { Metric, Sample, Session, Workload } from '../workload.ts';
import { bulkSteps } from './bulkState.ts';
import { send } from './filler.ts';
import { openToken, TOKEN, transferOf } from './token.ts';

const PROBES = 21;
/** What takes Anvil half a minute; ours are one run of blocks each. */
const BLOCKS_A_CALL = 10_000;
/** A stage that is under way when the time is up is waited for that long. */
const GROWTH_LIMIT_MS = 3_600_000;

const thousands = (value: number): string => value.toLocaleString('en');

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
async function probe(session: Session, add: Add): Promise<void> {
  const { connection, target } = session;
  const [from] = await connection.call<[string]>('eth_accounts');
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
  /** Goes on from the stage before, step by step; whatever takes the client long is done before there is a connection. */
  readonly prepare: () => (connection: Connection) => Iterable<() => Promise<void>>;
}

/** @returns undefined when the time is up before the last step. */
async function measureStage(
  session: Session,
  { what, prepare }: Stage,
  deadline: number,
): Promise<Sample[] | undefined> {
  const steps = prepare();
  // A target closes a connection that was silent for seconds.
  const connection = await session.target.connect();
  try {
    for (const step of steps(connection)) {
      await step();
      if (performance.now() > deadline) return undefined;
    }
    const samples: Sample[] = [];
    await probe({ ...session, connection }, (name, unit, value) =>
      samples.push({ metric: { name: `${name}, ${what}`, unit, better: 'lower' }, value }),
    );
    return samples;
  } finally {
    connection.close();
  }
}

/** Measures stage after stage until the time is up; what a target does not reach is reported. */
async function measureStages(session: Session, stages: Iterable<Stage>): Promise<Sample[]> {
  const { growthMs } = session.sizes;
  await openToken(session);
  const samples: Sample[] = [];
  const deadline = performance.now() + growthMs;
  for (const stage of stages) {
    const measured = await measureStage(session, stage, deadline).catch((error: Error) => error);
    if (Array.isArray(measured)) samples.push(...measured);
    else {
      const late = `not reached within ${growthMs / 1000} s`;
      session.failed(`${stage.what}: ${measured?.message ?? late}`);
      return samples;
    }
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
    const stages = session.sizes.growthSlots.map((slots, index) => ({
      what: `${thousands(slots)} slots and accounts`,
      prepare: () => bulkSteps(session.sizes.growthSlots[index - 1] ?? 0, slots),
    }));
    return measureStages(session, stages);
  },
};

function* mineSteps(connection: Connection, start: number, end: number): Generator<() => Promise<void>> {
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
      prepare: () => (connection: Connection) => mineSteps(connection, growthBlocks[index - 1] ?? 0, blocks),
    }));
    return measureStages(session, stages);
  },
};
