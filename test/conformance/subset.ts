/**
 * Which official fixtures run: every file of the newest forks, and of each file so many cases, evenly spread over it, the
 * same in every run. The numbers are chosen so that each suite takes well under a minute on two cores.
 */
export const forks = ['Cancun', 'Prague', 'Osaka'] as const;

export type Fork = (typeof forks)[number];

export const isChosenFork = (name: string): name is Fork => (forks as readonly string[]).includes(name);

export const casesPerFile = {
  stateTests: 4,
  stateTestsOverRpc: 3,
  blockchainTests: 3,
} as const;
