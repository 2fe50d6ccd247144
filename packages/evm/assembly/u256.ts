/**
 * Words of the EVM. All parameters are pointers to four limbs, the result first; a result may be one of the operands.
 * What needs more than a few instructions is in the modules that this one exports again.
 */
export { mul, exp } from './multiplication';
export { div, mod, sdiv, smod } from './division';
export { addmod, mulmod } from './modular';
export { shl, shr, sar } from './shifts';
export { signextend, byteAt, clz, byteLength } from './bits';
export {
  set64,
  copy,
  add,
  sub,
  and,
  or,
  xor,
  not,
  isZero,
  eq,
  ltu,
  slt,
  negate,
  loadBE,
  storeBE,
} from './words';
