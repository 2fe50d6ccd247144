import { relative } from 'node:path';
import {
  accountFromAddress,
  accountFromKey,
  accountFromMnemonic,
  createDeployer,
  type Deployed,
  type DeployerOptions,
  type DiagnosticPaint,
  planOf,
  recordsFolder,
  runPlan,
  type SingleContract,
  weiFromText,
} from '@minichain/solc';
import { CliError } from '../cliError.ts';
import { compileProject, projectFrom } from './compileProject.ts';
import type { DeployFlags } from './flags.ts';
import { nodeUrl } from './nodeUrl.ts';
import { isFolder, projectFolder } from './projectFolder.ts';

const USAGE = 2;

/** Who sends. A flag goes before the environment. */
function accountFrom(flags: DeployFlags): DeployerOptions['account'] {
  const given = [flags.from, flags.privateKey, flags.mnemonic].filter((flag) => flag !== undefined);
  if (given.length > 1) throw new CliError('--from, --private-key and --mnemonic exclude each other', USAGE);
  if (flags.from !== undefined) return accountFromAddress(flags.from);
  const isFromEnvironment = given.length === 0;
  const key = flags.privateKey ?? (isFromEnvironment ? process.env['MINICHAIN_PRIVATE_KEY'] : undefined);
  if (key !== undefined) return accountFromKey(key);
  const words = flags.mnemonic ?? (isFromEnvironment ? process.env['MINICHAIN_MNEMONIC'] : undefined);
  return words === undefined ? undefined : accountFromMnemonic(words, flags.mnemonicIndex ?? 0);
}

/** `Math:0x…` or `contracts/Math.sol:Math:0x…` → name and address. */
function librariesFrom(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map((text) => {
    const colon = text.lastIndexOf(':');
    if (colon < 1) throw new CliError(`--library: expected name:address, got "${text}"`, USAGE);
    return [text.slice(0, colon), text.slice(colon + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

function singleFrom(contract: string | undefined, flags: DeployFlags): SingleContract {
  const { args, library, value } = flags;
  if (contract === undefined) {
    if (args === undefined && library === undefined && value === undefined) return {};
    throw new CliError('--args, --library and --value belong to one contract: name it', USAGE);
  }
  const wei = value === undefined ? undefined : weiFromText(value);
  if (value !== undefined && wei === undefined) {
    throw new CliError(`--value: expected wei, or a text such as "1.5 ether", got "${value}"`, USAGE);
  }
  return { contract, args: args ?? [], libraries: librariesFrom(library ?? []), value: wei };
}

function printDeployed({ name, record, isKept }: Deployed): void {
  const { address, blockNumber, gasUsed } = record;
  const what = isKept ? 'kept' : `block ${blockNumber}, ${gasUsed.toLocaleString('en-US')} gas`;
  process.stdout.write(`  ${name.padEnd(20)} ${address}  ${what}\n`);
}

/** A folder, or what can only be meant for one: a contract with its file has a colon. */
const isProjectPath = (target: string): boolean => isFolder(target) || /^[^:]*[/\\][^:]*$/.test(target);

/** `minichain deploy`. */
export async function runDeploy(
  target: string | undefined,
  flags: DeployFlags,
  paint?: DiagnosticPaint,
): Promise<void> {
  const isProject = target !== undefined && flags.project === undefined && isProjectPath(target);
  const single = singleFrom(isProject ? undefined : target, flags);
  const project = projectFrom(projectFolder(isProject ? target : flags.project), flags);
  const account = accountFrom(flags);
  // Before compiling: the node decides how new an EVM the code may need.
  const deployer = await createDeployer({ url: nodeUrl(flags), account });
  try {
    const { artifacts } = await compileProject(project, { newestEvm: deployer.newestEvm, paint });
    const entries = planOf(project, artifacts, single);
    const { url, chainId, address } = deployer;
    process.stdout.write(`Deploying to ${url} (chain ${chainId}) from ${address}\n`);
    await runPlan(deployer, entries, {
      root: project.root,
      artifacts,
      skipDeployed: flags.skipDeployed === true,
      deployLibraries: flags.deployLibraries,
      timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
      onDeployed: printDeployed,
    });
    const folder = recordsFolder(project.root, chainId);
    process.stdout.write(`Recorded in ${relative(process.cwd(), folder) || folder}\n`);
  } finally {
    await deployer.client.close();
  }
}
