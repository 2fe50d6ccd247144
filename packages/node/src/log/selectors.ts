import { keccak256 } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';

/** Functions that most contracts share, by which a transaction can be named without its ABI. */
const KNOWN = [
  'transfer(address,uint256)',
  'transferFrom(address,address,uint256)',
  'approve(address,uint256)',
  'mint(address,uint256)',
  'mint(address)',
  'burn(uint256)',
  'safeTransferFrom(address,address,uint256)',
  'safeTransferFrom(address,address,uint256,bytes)',
  'setApprovalForAll(address,bool)',
  'safeMint(address,uint256)',
  'deposit()',
  'withdraw(uint256)',
  'transferOwnership(address)',
  'renounceOwnership()',
  'grantRole(bytes32,address)',
  'revokeRole(bytes32,address)',
  'permit(address,address,uint256,uint256,uint8,bytes32,bytes32)',
  'multicall(bytes[])',
  'initialize()',
  'upgradeTo(address)',
  'upgradeToAndCall(address,bytes)',
  'execute(address,uint256,bytes)',
];

let bySelector: ReadonlyMap<string, string> | undefined;

/** Name of the function that call data is for; the bare selector when it is not a common one. */
export function functionName(data: Uint8Array): string | undefined {
  if (data.length < 4) return undefined;
  bySelector ??= new Map(
    KNOWN.map((signature) => [
      hexFromBytes(keccak256(new Uint8Array(Buffer.from(signature))).subarray(0, 4)),
      signature,
    ]),
  );
  const selector = hexFromBytes(data.subarray(0, 4));
  return bySelector.get(selector) ?? selector;
}
