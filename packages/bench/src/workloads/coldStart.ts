import type { Metric, Workload } from '../workload.ts';

const START: Metric = { name: 'cold start to first answer', unit: 'ms', better: 'lower' };
const IDLE: Metric = { name: 'memory after start', unit: 'MiB', better: 'lower' };

export const coldStart: Workload = {
  name: 'start',
  isolated: true,
  async run({ target }) {
    const resident = target.residentMb();
    return [
      ...(target.startMs === undefined ? [] : [{ metric: START, value: target.startMs }]),
      ...(resident === undefined ? [] : [{ metric: IDLE, value: resident }]),
    ];
  },
};
