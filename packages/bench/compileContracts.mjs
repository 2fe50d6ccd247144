// Writes src/contracts.ts from contracts/Kernels.sol: `node packages/bench/compileContracts.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import solc from 'solc';

const source = readFileSync(new URL('contracts/Kernels.sol', import.meta.url), 'utf8');
const settings = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'paris',
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { '*': { '*': ['evm.deployedBytecode.object', 'evm.methodIdentifiers'] } },
};
const input = { language: 'Solidity', sources: { 'Kernels.sol': { content: source } }, settings };
const { contracts, errors = [] } = JSON.parse(solc.compile(JSON.stringify(input)));
const faults = errors.filter(({ severity }) => severity === 'error');
if (faults.length > 0) throw new Error(faults.map(({ formattedMessage }) => formattedMessage).join('\n'));

const WIDTH = 100;
const lines = (text) => text.match(new RegExp(`.{1,${WIDTH}}`, 'g')).map((line) => `    '${line}',`);
const out = [`// Written by compileContracts.mjs with solc ${solc.version()} from contracts/Kernels.sol.`];
for (const name of ['Kernels', 'Callers', 'Token']) {
  const { deployedBytecode, methodIdentifiers } = contracts['Kernels.sol'][name].evm;
  out.push('', `export const ${name.toLowerCase()} = {`, '  /** Runtime code. */', '  code: `0x${[');
  out.push(...lines(deployedBytecode.object), "  ].join('')}`,", '  selectors: {');
  for (const [signature, selector] of Object.entries(methodIdentifiers)) {
    out.push(`    ${signature.replace(/\(.*/, '')}: '0x${selector}',`);
  }
  out.push('  },', '} as const;');
}
writeFileSync(new URL('src/contracts.ts', import.meta.url), `${out.join('\n')}\n`);
