/** The arrows of the design: package → the packages it may import, and the order of core's rooms. */
const arrows = {
  protocol: [],
  evm: [],
  'evm-jit': ['evm'],
  core: ['evm', 'evm-jit'],
  rpc: ['protocol', 'core'],
  metrics: ['core', 'rpc'],
  node: ['protocol', 'core', 'rpc', 'metrics'],
  sdk: ['protocol'],
  solc: ['protocol', 'sdk'],
  cli: ['node', 'solc', 'sdk'],
  testing: ['node', 'sdk'],
  bench: ['sdk', 'node'],
};
/** A room of core imports only rooms above it. */
const rooms = [
  'crypto',
  'storage',
  'hardforks',
  'accounts',
  'fork',
  'state',
  'blocks',
  'transactions',
  'execution',
  'pool',
  'chain',
  'pruning',
  'mining',
  'control',
  'inspection',
];

const packageRules = Object.entries(arrows).map(([name, allowed]) => ({
  name: `arrow-${name}`,
  comment: `${name} may import only: ${allowed.join(', ') || 'no other package'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src`, pathNot: '\\.(test|vectors|test-d)\\.ts$' },
  to: { path: '^packages/([^/]+)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));
const roomRules = rooms.map((room, index) => ({
  name: `room-${room}`,
  comment: `core/${room} may not import the rooms below it`,
  severity: 'error',
  from: { path: `^packages/core/src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^packages/core/src/(${rooms.slice(index + 1).join('|') || '-'})/`, dependencyTypesNot: ['type-only'] },
}));

module.exports = {
  forbidden: [
    ...packageRules,
    ...roomRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'only-crypto-touches-crypto-libraries',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: '^packages/core/src/(crypto|accounts)/|\\.test\\.ts$' },
      to: { path: 'node_modules/(secp256k1|tiny-secp256k1|hash-wasm|micro-eth-signer|@noble/)' },
    },
    {
      name: 'no-ethereumjs-outside-core',
      severity: 'error',
      from: { path: '^packages/(protocol|metrics|node|sdk|solc|cli|bench)/src' },
      to: { path: '@ethereumjs/' },
    },
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.tests.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@minichain/source', 'import', 'require', 'node', 'default'],
    },
  },
};
