/** What the core asks of JavaScript. Each may throw: nothing was changed by then, and `run` starts the instruction again. */

/** Fills the account record's nonce, balance, code hash and flags. */
@external("host", "account")
export declare function hostAccount(record: usize): void;

/** Fills the current value of a slot record. */
@external("host", "slot")
export declare function hostSlot(account: usize, record: usize): void;

/** Makes the code of this account's hash known by `newCode`. @returns its record. */
@external("host", "code")
export declare function hostCode(account: usize): usize;

/** Writes the hash of a block as a word; zero when it is not known. */
@external("host", "blockHash")
export declare function hostBlockHash(number: u64, result: usize): void;

/**
 * Runs a precompile, leaving its output as return data.
 * @returns the gas it used, -1 when it failed, -2 when it has not ended and is to be called again after others had a turn.
 */
@external("host", "precompile")
export declare function hostPrecompile(address: u32, input: usize, length: u32, gas: i64): i64;

/** A region is full: throws, and what ran is run again on an instance with more room. */
@external("host", "full")
export declare function hostFull(region: u32): void;

/** A message begins: its frame is complete. */
@external("host", "enter")
export declare function hostEnter(frame: usize): void;

/** A message has ended; `gas` is what is left of its gas. */
@external("host", "exit")
export declare function hostExit(frame: usize, status: u32, output: usize, length: u32, gas: i64): void;

/** Call data for the address that prints. */
@external("host", "console")
export declare function hostConsole(data: usize, length: u32): void;

/** An instruction is about to run: the frame's gas, stack and memory are as it finds them. */
@external("host", "step")
export declare function hostStep(frame: usize, pc: u32): void;

/** An account destroys itself in favour of another. */
@external("host", "selfDestruct")
export declare function hostSelfDestruct(account: usize, beneficiary: usize): void;

/** A code's instructions are there: known units may take the place of blocks. Only with a compiler. */
@external("host", "decoded")
export declare function hostDecoded(code: usize): void;

/** A counted block is about to be entered for the last time as such. */
@external("host", "hot")
export declare function hostHot(frame: usize, block: usize): void;
