import { setCode, writeAddress } from './accounts';
import { codeOfBytes } from './codes';
import {
  ACCOUNT,
  closeFrame,
  CREATE,
  CREATE2,
  current,
  DEPTH,
  GAS,
  JOURNAL_MARK,
  KIND,
  LOG_MARK,
  OUTPUT,
  OUTPUT_LENGTH,
  REFUND_MARK,
  SP,
} from './frames';
import { hostExit } from './host';
import { revertTo } from './journal';
import { outputStart } from './layout';
import { revertLogs } from './logs';
import { setOutputLength } from './output';
import { isHomestead, maxCodeSize, refusesEf } from './rules';
import { CODE_STARTS_WITH_EF, CODE_STORE_OUT_OF_GAS, CODE_TOO_LARGE, REVERTED, SUCCESS } from './status';
import { isObserved, setRefund } from './transaction';
import { set64 } from './u256';
import { copyBytes } from './words';

/* How the first frame ended. */
export let resultStatus: u32 = 0;
export let resultGas: i64 = 0;
/** The account that the first frame has made or called. */
export let resultAccount: usize = 0;

const CODE_BYTE_GAS: i64 = 200;

/** Keeps what initcode has returned as the contract's code. @returns how the creation ends. */
function storeCode(frame: usize, output: usize, length: u32): u32 {
  if (maxCodeSize > 0 && <i64>length > maxCodeSize) return CODE_TOO_LARGE;
  if (refusesEf && length > 0 && load<u8>(output) == 0xef) return CODE_STARTS_WITH_EF;
  const gas = load<i64>(frame, GAS) - CODE_BYTE_GAS * <i64>length;
  if (gas < 0) return isHomestead ? CODE_STORE_OUT_OF_GAS : SUCCESS;
  store<i64>(frame, gas, GAS);
  if (length == 0) return SUCCESS;
  const code = codeOfBytes(output, length);
  setCode(<usize>load<u32>(frame, ACCOUNT), code, code);
  return SUCCESS;
}

function takeBack(frame: usize): void {
  revertTo(load<u32>(frame, JOURNAL_MARK));
  revertLogs(load<u32>(frame, LOG_MARK));
  setRefund(load<i64>(frame, REFUND_MARK));
}

/** What the caller sees: the rest of the gas, a word on its stack, bytes in its memory. */
function answer(frame: usize, isCreate: bool, status: u32, length: u32): void {
  const caller = current;
  store<i64>(caller, load<i64>(caller, GAS) + load<i64>(frame, GAS), GAS);
  const word = <usize>load<u32>(caller, SP) + 32;
  store<u32>(caller, <u32>word, SP);
  if (isCreate && status == SUCCESS) {
    writeAddress(word, <usize>load<u32>(frame, ACCOUNT));
    return;
  }
  set64(word, status == SUCCESS ? 1 : 0);
  if (isCreate) return;
  const room = load<u32>(frame, OUTPUT_LENGTH);
  copyBytes(<usize>load<u32>(frame, OUTPUT), outputStart, <usize>(length < room ? length : room));
}

/** Ends the present frame, and with it its message. */
export function leave(how: u32, output: usize, outputLength: u32): void {
  const frame = current;
  const kind = load<u32>(frame, KIND);
  const isCreate = kind == CREATE || kind == CREATE2;
  let status = how;
  let length = outputLength;
  if (isCreate && status == SUCCESS) status = storeCode(frame, output, length);
  if (status != SUCCESS) {
    takeBack(frame);
    if (status != REVERTED) {
      store<i64>(frame, 0, GAS);
      length = 0;
    }
  }
  if (isObserved) hostExit(frame, status, output, length, load<i64>(frame, GAS));
  // A contract's code is not what its creator finds as return data.
  if (isCreate && status == SUCCESS && load<u32>(frame, DEPTH) != 0) length = 0;
  setOutputLength(length);
  if (output != outputStart) copyBytes(outputStart, output, <usize>length);
  closeFrame();
  if (current != 0) {
    answer(frame, isCreate, status, length);
    return;
  }
  resultStatus = status;
  resultGas = load<i64>(frame, GAS);
  resultAccount = <usize>load<u32>(frame, ACCOUNT);
}
