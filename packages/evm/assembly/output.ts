import { hostFull } from './host';
import { outputEnd, outputStart, REGION_OUTPUT } from './layout';

/** Bytes that the last call left behind, at `outputStart`. */
export let outputLength: u32 = 0;

export function setOutputLength(length: u32): void {
  if (outputStart + <usize>length > outputEnd) hostFull(REGION_OUTPUT);
  outputLength = length;
}
