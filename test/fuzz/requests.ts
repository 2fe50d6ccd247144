import type { Random } from './random.ts';

/** A method and the names of its parameters. */
export interface MethodShape {
  readonly name: string;
  readonly params: readonly string[];
}

const ACCOUNT = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'] as const;
/** Text that JSON has no business to stumble over: a lone surrogate, controls, directions, a long cluster. */
const TEXTS = [
  '',
  ' ',
  '0',
  'latest ',
  '\ud800',
  '\u0000',
  '\u202e0x1',
  'ﬀ',
  '👩‍👩‍👧‍👦',
  'é'.repeat(300),
  '%s%n',
  '../../etc/passwd',
  '${7*7}',
];
const NUMBERS = [0, -0, -1, 1, 0.5, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1e-7];
const HEX = [
  '0x',
  '0x0',
  '0x00',
  '0x1',
  '0x01',
  '0X1',
  '0xg',
  'ff',
  '-0x1',
  `0x${'f'.repeat(64)}`,
  `0x1${'0'.repeat(64)}`,
  `0x${'f'.repeat(16)}`,
  `0x8${'0'.repeat(15)}`,
];

function nested(depth: number, isObject: boolean): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = isObject ? { a: value } : [value];
  return value;
}

/** A value of any kind at all. */
function anything(random: Random): unknown {
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return random.oneIn(2);
    case 2:
      return random.pick(NUMBERS);
    case 3:
      return random.pick(TEXTS);
    case 4:
      return random.pick(HEX);
    case 5:
      return random.pick(PROTOTYPE_NAMES);
    case 6:
      return random.hex(random.pick([0, 1, 19, 20, 21, 31, 32, 33, 64, 65, 1000]));
    case 7:
      return `0x${'ab'.repeat(random.pick([1, 100, 50_000]))}`;
    case 8:
      return nested(random.pick([1, 10, 1000]), random.oneIn(2));
    case 9:
      return Array.from({ length: random.pick([0, 1, 2, 1000]) }, () => random.pick([...HEX, null, 7]));
    case 10:
      // As JSON.parse makes it: an own property of that name.
      return JSON.parse(`{"${random.pick(PROTOTYPE_NAMES)}":${random.pick(['1', '{"a":1}', 'null', '"0x1"'])}}`);
    default:
      return { [random.pick(['to', 'from', 'data', 'address', 'topics', 'blockHash', 'x'])]: random.pick(HEX) };
  }
}

const transaction = (random: Random): unknown => ({
  from: ACCOUNT,
  to: random.pick([ACCOUNT, random.hex(20), null]),
  value: random.pick(HEX),
  data: random.hex(random.pick([0, 4, 36])),
  gas: random.pick(['0x5208', '0x186a0', '0x0', `0x${'f'.repeat(20)}`]),
});

/** What a parameter of that name is mostly like. */
function likely(random: Random, name: string): unknown {
  if (/hash|topic|salt|root/i.test(name)) return random.hex(32);
  if (/transaction|request|call/i.test(name)) return transaction(random);
  if (/address|account|from|to$|owner|contract|coinbase/i.test(name)) return random.pick([ACCOUNT, random.hex(20)]);
  if (/block|tag/i.test(name))
    return random.pick(['latest', 'pending', 'earliest', 'safe', '0x0', '0x1', { blockNumber: '0x0' }]);
  if (/data|code|raw|bytes|message/i.test(name)) return random.hex(random.pick([0, 1, 32, 100]));
  if (/filter|options|config|overrides|payload|state/i.test(name)) return {};
  if (/is|enabled|full|flag/i.test(name)) return random.oneIn(2);
  return random.pick(['0x1', 1, '0x0', '1']);
}

/** A likely value with one thing in it changed. */
function damaged(random: Random, value: unknown): unknown {
  if (typeof value === 'string') {
    const at = random.below(value.length + 1);
    return value.slice(0, at) + random.pick(['', 'g', '0', ...TEXTS]) + value.slice(at + random.below(2));
  }
  if (typeof value !== 'object' || value === null) return anything(random);
  const keys = Object.keys(value);
  const key = keys.length === 0 || random.oneIn(4) ? random.pick([...PROTOTYPE_NAMES, 'extra']) : random.pick(keys);
  const changed = Object.fromEntries(Object.entries(value));
  Object.defineProperty(changed, key, {
    value: anything(random),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return changed;
}

function paramsOf(random: Random, { params }: MethodShape): unknown {
  if (random.oneIn(40)) return anything(random);
  const given: unknown[] = params.map((name) => likely(random, name));
  if (given.length > 0) {
    const at = random.below(given.length);
    if (random.oneIn(2)) given[at] = random.oneIn(2) ? anything(random) : damaged(random, given[at]);
  }
  if (random.oneIn(8)) given.length = random.below(given.length + 1);
  if (random.oneIn(8)) given.push(anything(random));
  return given;
}

/** One request to a method, mostly with something wrong in it. */
export function requestTo(random: Random, method: MethodShape): Record<string, unknown> {
  const name = random.oneIn(60)
    ? random.pick([...PROTOTYPE_NAMES, '', `${method.name} `, method.name.toUpperCase()])
    : method.name;
  const request: Record<string, unknown> = {
    jsonrpc: '2.0',
    id: random.below(1e6),
    method: name,
    params: paramsOf(random, method),
  };
  if (random.oneIn(60)) request[random.pick(['id', 'jsonrpc', 'method', 'params'])] = anything(random);
  return request;
}

/** Text that is nearly JSON. */
export function rubbish(random: Random, text: string): string {
  switch (random.below(7)) {
    case 6: {
      // JSON, and deeper than most who walk through it can follow.
      const depth = random.pick([5_000, 200_000]);
      const deep = random.oneIn(2)
        ? `${'['.repeat(depth)}1${']'.repeat(depth)}`
        : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
      return text.replace(/"params":.*/s, `"params":[${deep}]}`);
    }
    case 0:
      return text.slice(0, random.below(text.length));
    case 1:
      return '['.repeat(random.pick([1, 100, 100_000]));
    case 2:
      return `${text}${text}`;
    case 3:
      return text.replace(/"/g, random.pick(["'", '', '\\']));
    case 4:
      return random.pick(['', ' ', 'null', '1', '"a"', '[]', '[1]', '[[]]', '{}', 'undefined', 'NaN', '\ufeff{}']);
    default:
      return text.replace(/\d+/, random.pick(['1e400', '-1e400', '9'.repeat(400), '0x10', '01']));
  }
}
