import {
  connectNode,
  type DiagnosticPaint,
  immutableNames,
  readRecord,
  recordFile,
  recordsFolder,
  type Verification,
  verifyContract,
  verifyError,
} from '@minichain/solc';
import { CliError } from '../cliError.ts';
import { compileProject, projectFrom } from './compileProject.ts';
import type { VerifyFlags } from './flags.ts';
import { nodeUrl } from './nodeUrl.ts';
import { projectFolder } from './projectFolder.ts';

function report(verification: Verification, names: ReadonlyMap<string, string>): string {
  const { contract, address, match, immutables, libraries, difference } = verification;
  if (match === 'none') throw new CliError(`${contract} is not what is at ${address}: ${difference}`, 1);
  const metadata = match === 'exact' ? '' : '; the metadata differ';
  const values = [
    ...Object.entries(libraries).map(([name, value]) => `  library ${name} = ${value}\n`),
    ...Object.entries(immutables).map(([id, value]) => `  immutable ${names.get(id) ?? id} = ${value}\n`),
  ];
  return `Verified: ${contract} is at ${address}${metadata}\n${values.join('')}`;
}

/** `minichain verify`. */
export async function runVerify(contract: string, flags: VerifyFlags, paint?: DiagnosticPaint): Promise<void> {
  const project = projectFrom(projectFolder(flags.project), flags);
  const node = await connectNode({ url: nodeUrl(flags) });
  try {
    const { artifacts } = await compileProject(project, { newestEvm: node.newestEvm, paint });
    const artifact = artifacts.get(contract);
    const folder = recordsFolder(project.root, node.chainId);
    const address = flags.address ?? readRecord(recordFile(folder, artifact.contractName))?.address;
    if (address === undefined) throw verifyError({ code: 'RECORD_MISSING', contract, folder });
    const names = immutableNames(artifacts, artifact);
    process.stdout.write(report(await verifyContract(node, artifact, address), names));
  } finally {
    await node.client.close();
  }
}
