import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesBelow, spread } from '../support/fixtures.ts';
import { type Fork, isChosenFork, isLeftOut } from './subset.ts';

/** An account of a fixture; quantities in hex, often with leading zeros. */
export interface FixtureAccount {
  readonly nonce: string;
  readonly balance: string;
  readonly code: string;
  readonly storage: Readonly<Record<string, string>>;
}

export interface FixtureEnvironment {
  readonly currentCoinbase: string;
  readonly currentGasLimit: string;
  readonly currentNumber: string;
  readonly currentTimestamp: string;
  readonly currentRandom: string;
  readonly currentBaseFee: string;
  readonly currentExcessBlobGas: string;
}

/** One transaction on one pre-state under one fork. */
export interface StateCase {
  readonly name: string;
  readonly fork: Fork;
  readonly env: FixtureEnvironment;
  readonly pre: Readonly<Record<string, FixtureAccount>>;
  readonly transaction: string;
  readonly stateRoot: string;
  readonly logsHash: string;
  /** Why the transaction has to be refused; absent when it is valid. */
  readonly expectException?: string;
}

interface StateFixture extends Pick<StateCase, 'env' | 'pre'> {
  readonly post: Readonly<
    Record<string, readonly { hash: string; logs: string; txbytes: string; expectException?: string }[]>
  >;
}

function casesOfFile(folder: string, file: string): StateCase[] {
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Record<string, StateFixture>;
  return Object.entries(fixtures).flatMap(([title, { env, pre, post }]) =>
    Object.entries(post).flatMap(([fork, outcomes]) =>
      outcomes.flatMap(({ hash, logs, txbytes, expectException }, index) => {
        if (!isChosenFork(fork)) return [];
        const name = `${relative(folder, file)} ${title.replace(/^.*::/, '')} #${index}`;
        const outcome = { name, fork, env, pre, transaction: txbytes, stateRoot: hash, logsHash: logs };
        return [expectException === undefined ? outcome : { ...outcome, expectException }];
      }),
    ),
  );
}

/** The pinned subset of the state tests: so many cases of each file that `accepts` lets through. */
export function stateCases(
  folder: string,
  perFile: number,
  accepts: (stateCase: StateCase) => boolean = () => true,
): StateCase[] {
  return filesBelow(folder, '.json')
    .filter((file) => !isLeftOut(file))
    .flatMap((file) => spread(casesOfFile(folder, file).filter(accepts), perFile));
}
