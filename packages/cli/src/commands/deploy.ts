import { Command } from 'commander';
import type { DeployFlags } from '../solidity/flags.ts';
import { addCompilerFlags, appended, wholeNumber } from './compilerFlags.ts';
import { diagnosticPaint } from './diagnosticPaint.ts';
import { addNodeUrl } from './nodeUrl.ts';

const NOTES = `
What is deployed: the contract that is named, else what minichain.deploy.json
lists, else the only contract there is. The file:

  { "deployments": [
      { "contract": "Token", "args": ["Gold", "GLD", "1000000"] },
      { "contract": "Vault", "args": { "token": "\${Token}", "owner": "\${deployer}" } } ] }

An entry may also have "name", "libraries" and "value". \${Token} is the address
of an earlier entry. Lists and structs in --args are JSON: '[1, 2]'.

Libraries that a contract needs are deployed first. Each deployment is recorded
in deployments/<chain id>/<name>.json. A new run deploys everything anew, unless
--skip-deployed keeps what has not changed and is still on the chain.

The first account that the node signs for sends, unless --from, --private-key
or --mnemonic (MINICHAIN_PRIVATE_KEY, MINICHAIN_MNEMONIC) say otherwise.`;

/** `minichain deploy`. Compiler and client are loaded only when the command runs. */
export function deployCommand(): Command {
  const command = new Command('deploy')
    .description('compile what changed and deploy it through JSON-RPC')
    .argument('[target]', "a contract's name, or a project's folder (default: this folder)")
    .helpOption('-h, --help', 'show this text')
    .addHelpText('after', NOTES)
    .option('--project <dir>', "the project's folder, where the argument is a contract")
    .option('--args <values...>', 'constructor arguments of the named contract')
    .option('--value <amount>', 'wei for a payable constructor, or "1.5 ether"')
    .option('--library <name:address>', 'a library that is already there; may be given more than once', appended)
    .option('--no-deploy-libraries', 'fail when a library is not given')
    .option('--skip-deployed', 'keep what an earlier run deployed and is unchanged');
  addNodeUrl(command);
  command
    .optionsGroup('Node:')
    .option('--timeout <seconds>', 'how long to wait for each receipt (default: 30)', wholeNumber(86_400))
    .optionsGroup('Sender:')
    .option('--from <address>', 'an account that the node signs for')
    .option('--private-key <hex>', 'sign here with this key')
    .option('--mnemonic <words>', 'sign here with an account of this BIP-39 mnemonic')
    .option('--mnemonic-index <index>', 'which account of the mnemonic (default: 0)', wholeNumber(0x7fff_ffff));
  addCompilerFlags(command);
  return command.action(async (target: string | undefined, flags: DeployFlags) => {
    const { runDeploy } = await import('../solidity/runDeploy.ts');
    await runDeploy(target, flags, diagnosticPaint());
  });
}
