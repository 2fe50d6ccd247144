import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { exampleFolder } from '../support/runExample.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string };
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number };
  readonly targets: readonly { readonly expr: string; readonly refId: string }[];
}

const text = (file: string): string => readFileSync(join(exampleFolder('observability'), file), 'utf8');
const dashboard = JSON.parse(text('dashboard.json')) as { readonly panels: readonly Panel[] };
const alerts = parse(text('alerts.yml')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
const rules = alerts.groups.flatMap((group) => group.rules);

/** Names of metrics in a query; what follows a bracket or stands in quotes is none. */
const namesIn = (query: string): string[] =>
  query.replaceAll(/"[^"]*"/g, '').match(/\b(minichain|nodejs|process)_[a-z0-9_]+/g) ?? [];

let node: RunningNode;
let samples: string[];
beforeAll(async () => {
  node = await startMinichain([]);
  const [from] = (await await node.rpc.call('eth_accounts')) as string[];
  await node.rpc.call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
  await node.rpc.call('evm_setAutomine', [false]);
  await node.rpc.call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
  await node.rpc.call('anvil_dropAllTransactions');
  await node.rpc.send('eth_nonsense', []);
  samples = (await (await fetch(`${node.url}/metrics`)).text()).split('\n');
});
afterAll(() => node.close());

const isTold = (name: string): boolean => samples.some((line) => new RegExp(`^${name}[ {]`).test(line));

it('parses as Prometheus reads it: a name, labels, a number', () => {
  const told = samples.filter((line) => line !== '' && !line.startsWith('#'));
  expect(told.length).toBeGreaterThan(50);
  for (const line of told) {
    expect(line).toMatch(/^[a-zA-Z_:][\w:]*(\{(\w+="([^"\\\n]|\\.)*",?)*\})? [-+]?([\d.]+(e[-+]?\d+)?|Inf|Na[nN])$/);
  }
});

describe('the dashboard', () => {
  it.each(dashboard.panels)('has for "$title" what a node tells', ({ targets }) => {
    const names = targets.flatMap(({ expr }) => namesIn(expr));
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !isTold(name))).toEqual([]);
  });

  it('puts each panel in a place of its own', () => {
    const places = dashboard.panels.map(({ gridPos }) => `${gridPos.x},${gridPos.y}`);
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(places.length);
  });
});

describe('the alerts', () => {
  it.each(rules)('$alert asks for what a node tells', ({ expr, annotations }) => {
    const names = namesIn(expr);
    // `up` is Prometheus' own.
    if (!/^up\b/.test(expr)) expect(names).not.toEqual([]);
    expect(names.filter((name) => !isTold(name))).toEqual([]);
    expect(annotations.summary).toContain('{{ $labels.instance }}');
  });
});

it('scrapes the node and reads those rules', () => {
  const config = parse(text('prometheus.yml')) as {
    rule_files: string[];
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  expect(config.rule_files).toEqual(['alerts.yml']);
  expect(config.scrape_configs[0]).toMatchObject({
    job_name: 'minichain',
    static_configs: [{ targets: ['minichain:8545'] }],
  });
});
