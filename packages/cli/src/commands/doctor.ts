import { CLIENT_VERSION, describeCrypto, VERSION } from '@minichain/node';
import { Command } from 'commander';

/** Its WebAssembly and its compiler of JavaScript are faster than those of earlier ones. */
const FAST_NODE = 24;

/** `minichain doctor`: what this machine gives the node. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('print versions and which libraries serve the hot paths')
    .action(async () => {
      const { keccak256, secp256k1, kzg } = await describeCrypto();
      const rows: [string, string][] = [
        ['minichain', VERSION],
        ['client version', CLIENT_VERSION],
        ['Node.js', process.version],
        ['keccak-256', keccak256],
        ['secp256k1', secp256k1],
        ['KZG', kzg],
      ];
      for (const [name, value] of rows) process.stdout.write(`${name.padEnd(16)}${value}\n`);
      if (Number(process.versions.node.split('.')[0]) < FAST_NODE) {
        process.stdout.write(`note: Node.js ${FAST_NODE} and newer mine and answer with less CPU time\n`);
      }
      if (secp256k1 !== 'native') {
        process.stdout.write('note: the native secp256k1 did not load; sender recovery is 4 to 20 times slower\n');
      }
    });
}
