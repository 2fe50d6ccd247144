/** How a frame ended. The order is known to `src/status.ts`. */
export const SUCCESS: u32 = 0;
export const REVERTED: u32 = 1;
export const OUT_OF_GAS: u32 = 2;
export const STACK_UNDERFLOW: u32 = 3;
export const STACK_OVERFLOW: u32 = 4;
export const INVALID_JUMP: u32 = 5;
export const INVALID_OPCODE: u32 = 6;
export const STATIC_VIOLATION: u32 = 7;
export const RETURN_DATA_OUT_OF_BOUNDS: u32 = 8;
export const CREATE_COLLISION: u32 = 9;
export const CODE_TOO_LARGE: u32 = 10;
export const CODE_STARTS_WITH_EF: u32 = 11;
export const INITCODE_TOO_LARGE: u32 = 12;
export const CODE_STORE_OUT_OF_GAS: u32 = 13;
export const DEPTH_EXCEEDED: u32 = 14;
export const BALANCE_TOO_LOW: u32 = 15;
export const NONCE_OVERFLOW: u32 = 16;
export const PRECOMPILE_FAILED: u32 = 17;

/** Why `run` returned. */
export const FINISHED: u32 = 0;
/** The slice of gas that it was given is used up; `run` goes on where it stopped. */
export const SLICE_ENDED: u32 = 1;
