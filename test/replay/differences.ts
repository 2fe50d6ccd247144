import { ABSENT, type AllowedDifference } from '../differential/allowed.ts';

/** Where Anvil 1.7.1 is of another mind about contracts of others, besides what it is about everything. */
export const replayDifferences: readonly AllowedDifference[] = [
  {
    method: /^(eth_call|eth_estimateGas)$/,
    path: /^error$/,
    anvil: /^3 execution reverted: [\s\S]* \["0x[0-9a-f]+"\]$/,
    minichain: /^3 execution reverted \["0x[0-9a-f]+"\]$/,
    when: (anvil, minichain) => String(anvil).split(' [').at(-1) === String(minichain).split(' [').at(-1),
    reason: 'a custom error is no text, even where its first bytes are letters',
  },
  {
    method: /^eth_estimateGas$/,
    params: /authorizationList/,
    path: /^result$/,
    when: (anvil, minichain) => Number(anvil) === Number(minichain) + 1,
    reason: "Anvil's search ends one above what suffices",
  },
  {
    scenario: /^replay of openZeppelin$/,
    method: /^eth_createAccessList$/,
    path: /^result\.(gasUsed|accessList\.length)$/,
    when: (anvil, minichain) => [1, -100].includes(Number(minichain) - Number(anvil)),
    reason: 'where the code of an account comes from is accessed as well (EIP-7702), and to name it saves 100 gas',
  },
  {
    method: /^debug_trace/,
    params: /callTracer/,
    path: /\.error$/,
    anvil: 'CreateCollision',
    minichain: 'contract address collision',
    reason: "geth's words",
  },
  {
    method: /^debug_trace/,
    params: /callTracer/,
    path: /\.logs$/,
    minichain: ABSENT,
    when: (anvil) => Array.isArray(anvil),
    reason: 'geth: a call that failed has no logs',
  },
];
