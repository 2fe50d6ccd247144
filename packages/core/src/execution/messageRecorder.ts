import type { EVMInterface, EVMResult, Message } from '@ethereumjs/evm';
import { bytesToHex } from '@ethereumjs/util';
import type { Activity } from '../blocks/executedBlock.ts';
import { ActivityRecorder } from './activityRecorder.ts';
import { consoleLineFromCall } from './consoleLog.ts';
import { evmFailure } from './failure.ts';
import type { MessageTrace } from './messageTrace.ts';

const CONSOLE = '0x000000000000000000636f6e736f6c652e6c6f67';

interface OpenMessage extends MessageTrace {
  gasUsed: bigint;
  output: Uint8Array;
  to: Uint8Array | undefined;
  error?: string;
  readonly calls: OpenMessage[];
}

export interface MessageRecorder {
  consoleLines(): readonly string[];
  /** The top message; undefined unless `keepTrace`. */
  trace(): MessageTrace | undefined;
  activity(): Activity;
  stop(): void;
}

function kindOf(message: Message): MessageTrace['kind'] {
  if (message.to === undefined) return message.salt === undefined ? 'CREATE' : 'CREATE2';
  if (message.delegatecall) return 'DELEGATECALL';
  return message.isStatic ? 'STATICCALL' : 'CALL';
}

/** Listens to whole messages, not to opcodes: what console.log and call trees need at next to no cost. */
export function recordMessages(evm: EVMInterface, options: { keepTrace: boolean }): MessageRecorder {
  const lines: string[] = [];
  const stack: OpenMessage[] = [];
  const activity = new ActivityRecorder();
  let top: OpenMessage | undefined;
  const before = (message: Message): void => {
    activity.before(message);
    const target = message.to ?? undefined;
    if (target !== undefined && bytesToHex(target.bytes) === CONSOLE) {
      const line = consoleLineFromCall(message.data);
      if (line !== undefined) lines.push(line);
    }
    if (!options.keepTrace) return;
    const opened: OpenMessage = {
      kind: kindOf(message),
      from: message.caller.bytes,
      to: target?.bytes,
      value: message.value,
      gas: message.gasLimit,
      gasUsed: 0n,
      // A view of the caller's memory, which the caller goes on to write.
      input: message.data.slice(),
      output: new Uint8Array(),
      calls: [],
    };
    stack.at(-1)?.calls.push(opened);
    top ??= opened;
    stack.push(opened);
  };
  const after = (result: EVMResult): void => {
    activity.after(result);
    const closed = stack.pop();
    if (closed === undefined) return;
    closed.gasUsed = result.execResult.executionGasUsed;
    closed.output = result.execResult.returnValue;
    closed.to ??= result.createdAddress?.bytes;
    const { exceptionError, returnValue } = result.execResult;
    const failure = evmFailure({ halt: exceptionError?.error, output: returnValue });
    if (failure !== undefined) closed.error = failure.message;
  };
  evm.events?.on('beforeMessage', before);
  evm.events?.on('afterMessage', after);
  return {
    consoleLines: () => lines,
    trace: () => top,
    activity: () => activity.result(),
    stop: () => {
      evm.events?.off('beforeMessage', before);
      evm.events?.off('afterMessage', after);
    },
  };
}
