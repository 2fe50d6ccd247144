import { createHash, randomBytes } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { p256 } from '@noble/curves/nist.js';
import { describe, expect, it } from 'vitest';
import { bothAt, type Outcome } from './oracle.fixture.ts';

type Both = Awaited<ReturnType<typeof bothAt>>;

const be = (value: bigint, length: number): Uint8Array =>
  Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const scalar = (): bigint => BigInt(`0x${randomBytes(31).toString('hex')}`) + 1n;

const bnPoint = (k: bigint): Uint8Array => {
  const { x, y } = bn254.G1.Point.BASE.multiply(k).toAffine();
  return join(be(x, 32), be(y, 32));
};
const bnTwistPoint = (k: bigint): Uint8Array => {
  const { x, y } = bn254.G2.Point.BASE.multiply(k).toAffine();
  return join(be(x.c1, 32), be(x.c0, 32), be(y.c1, 32), be(y.c0, 32));
};
const blsPoint = (k: bigint): Uint8Array => {
  const { x, y } = bls12_381.G1.Point.BASE.multiply(k).toAffine();
  return join(be(x, 64), be(y, 64));
};
const blsTwistPoint = (k: bigint): Uint8Array => {
  const { x, y } = bls12_381.G2.Point.BASE.multiply(k).toAffine();
  return join(be(x.c0, 64), be(x.c1, 64), be(y.c0, 64), be(y.c1, 64));
};

/** Both must say the same of every input. @returns how many of them failed. */
async function compare(both: Both, inputs: Uint8Array[], gas?: bigint): Promise<number> {
  let failures = 0;
  for (const input of inputs) {
    const expected: Outcome = await both.theirs(input, gas);
    expect(both.ours(input, gas), Buffer.from(input).toString('hex')).toEqual(expected);
    if (expected === 'failed') failures++;
  }
  return failures;
}

/** The same with a bit turned, cut short, lengthened, and with a field element moved up by the modulus. */
function damaged(input: Uint8Array): Uint8Array[] {
  const turned = Array.from({ length: 4 }, () => {
    const bytes = input.slice();
    const at = Math.floor(Math.random() * bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(Math.random() * 8));
    return bytes;
  });
  return [
    ...turned,
    input.slice(0, -1),
    join(input, new Uint8Array(1)),
    random(input.length),
    new Uint8Array(input.length).fill(255),
  ];
}

describe('schedule', () => {
  it.each(['chainstart', 'homestead', 'byzantium', 'istanbul', 'berlin', 'cancun', 'prague', 'osaka'])(
    '%s has the precompiles that EthereumJS has',
    async (fork) => {
      for (const address of [...Array(20).keys(), 0x100]) {
        const { exists } = await bothAt(fork, address);
        expect(exists.ours, `${address}`).toBe(exists.theirs);
      }
    },
  );
});

describe('digests and copies', () => {
  it.each([0x02, 0x03, 0x04])('0x0%i agrees for every length around its blocks', async (address) => {
    const both = await bothAt('osaka', address);
    const lengths = [...Array(200).keys(), 1023, 1024, 1025, 5000, 59_999, 60_001, 70_000];
    expect(await compare(both, lengths.map(random))).toBe(0);
    expect(both.ours(random(64), 1n)).toBe('failed');
  });
});

describe('blake2f', () => {
  it('agrees for more rounds than are run in one go', async () => {
    const input = join(be(1_000_013n, 4), random(208), Uint8Array.of(1));
    expect(await compare(await bothAt('osaka', 0x09), [input])).toBe(0);
  });

  it('agrees for any number of rounds', async () => {
    const both = await bothAt('osaka', 0x09);
    const inputs = [0, 1, 9, 10, 11, 12, 25, 1000].flatMap((rounds) =>
      [0, 1].map((flag) => join(be(BigInt(rounds), 4), random(208), Uint8Array.of(flag))),
    );
    expect(await compare(both, inputs)).toBe(0);
    const wrong = [join(be(1n, 4), random(208), Uint8Array.of(2)), random(212), random(214), new Uint8Array()];
    expect(await compare(both, wrong)).toBe(4);
    expect(await compare(both, [join(be(11n, 4), random(208), Uint8Array.of(1))], 10n)).toBe(1);
  });
});

describe('modexp', () => {
  const input = (b: Uint8Array, e: Uint8Array, m: Uint8Array): Uint8Array =>
    join(be(BigInt(b.length), 32), be(BigInt(e.length), 32), be(BigInt(m.length), 32), b, e, m);
  const lengths = [0, 1, 2, 3, 8, 31, 32, 33, 64, 65];

  it.each(['byzantium', 'berlin', 'osaka'])('%s agrees, in gas too, for odd, even and zero moduli', async (fork) => {
    const both = await bothAt(fork, 0x05);
    const inputs: Uint8Array[] = [];
    for (const b of lengths)
      for (const e of lengths) for (const m of lengths) inputs.push(input(random(b), random(e), random(m)));
    for (const m of [0, 1, 2, 256]) inputs.push(input(random(32), random(32), be(BigInt(m), 33)));
    for (const e of [0n, 1n, 2n, 65_537n]) inputs.push(input(random(256), be(e, 3), random(256)));
    const evens = [1, 5, 31, 64].map((zeros) => join(random(20), new Uint8Array(zeros)));
    inputs.push(...evens.map((modulus) => input(random(40), random(10), modulus)));
    expect(await compare(both, inputs)).toBe(0);
  });

  it('takes what is cut off for zeros, and lengths of nonsense for what they cost', async () => {
    for (const fork of ['byzantium', 'berlin', 'osaka']) {
      const both = await bothAt(fork, 0x05);
      const whole = input(random(32), random(32), random(32));
      await compare(both, [
        new Uint8Array(),
        ...[10, 95, 96, 97, 130, 150, 190].map((length) => whole.slice(0, length)),
      ]);
      const huge = [2n ** 256n - 1n, 2n ** 64n, 2n ** 31n, 1025n];
      const headers = huge.flatMap((n) => [
        join(be(n, 32), be(1n, 32), be(1n, 32)),
        join(be(1n, 32), be(n, 32), be(1n, 32)),
        join(be(1n, 32), be(1n, 32), be(n, 32)),
      ]);
      await compare(both, headers, 30_000_000n);
    }
  });

  it.each([64, 128, 255, 256, 384, 449, 512, 1024])(
    'agrees with a modulus of %i bytes, whoever computes it',
    async (length) => {
      const both = await bothAt('osaka', 0x05);
      const odd = random(length);
      odd[0] = 255;
      odd[length - 1] = (odd[length - 1] as number) | 1;
      for (const exponent of [1, 3, 8, 32].map(random)) await compare(both, [input(random(length), exponent, odd)]);
    },
  );
});

describe('bn254', () => {
  it.each(['byzantium', 'osaka'])('%s agrees on sums, multiples and pairings', async (fork) => {
    const [add, multiply, pairing] = await Promise.all([0x06, 0x07, 0x08].map((address) => bothAt(fork, address)));
    const [k, m] = [scalar(), scalar()];
    const order = bn254.fields.Fr.ORDER;
    const sums = [
      join(bnPoint(k), bnPoint(m)),
      join(bnPoint(k), bnPoint(k)),
      join(bnPoint(k), bnPoint(order - k)),
      new Uint8Array(128),
    ];
    await compare(add as Both, [
      ...sums,
      ...sums.flatMap(damaged),
      new Uint8Array(),
      random(300),
      bnPoint(k),
      join(bnPoint(k), bnPoint(m), random(9)),
    ]);
    const scalars = [0n, 1n, 2n, order - 1n, order, order + 1n, 2n ** 256n - 1n, scalar(), scalar() << 8n];
    const products = [bnPoint(k), new Uint8Array(64)].flatMap((point) => scalars.map((s) => join(point, be(s, 32))));
    await compare(multiply as Both, [...products, ...damaged(products[7] as Uint8Array), bnPoint(k), new Uint8Array()]);
    const one = join(bnPoint(k), bnTwistPoint(m), bnPoint(order - m), bnTwistPoint(k));
    const other = join(bnPoint(k), bnTwistPoint(m), bnPoint(m), bnTwistPoint(k));
    const withInfinity = join(new Uint8Array(64), bnTwistPoint(m), bnPoint(m), new Uint8Array(128));
    await compare(pairing as Both, [new Uint8Array(), one, other, withInfinity, ...damaged(one), ...damaged(one)]);
    expect((pairing as Both).ours(one)).toMatchObject({ output: `${'0'.repeat(63)}1` });
  });

  it('refuses points of the twist that are not in the subgroup', async () => {
    const pairing = await bothAt('osaka', 0x08);
    const { Fp2 } = bn254.fields;
    let found = 0;
    for (let x = 1n; found < 3; x++) {
      const u = Fp2.create({ c0: x, c1: 7n });
      const square = Fp2.add(
        Fp2.mul(Fp2.sqr(u), u),
        Fp2.div(Fp2.create({ c0: 3n, c1: 0n }), Fp2.create({ c0: 9n, c1: 1n })),
      );
      let y: { c0: bigint; c1: bigint };
      try {
        y = Fp2.sqrt(square);
      } catch {
        continue;
      }
      found++;
      expect(await compare(pairing, [join(bnPoint(5n), be(7n, 32), be(x, 32), be(y.c1, 32), be(y.c0, 32))])).toBe(1);
    }
  });
});

describe('BLS12-381', () => {
  const order = bls12_381.fields.Fr.ORDER;
  const [k, m] = [scalar(), scalar()];
  const groups = [
    { name: 'G1', add: 0x0b, sum: 0x0c, map: 0x10, point: blsPoint, length: 128, element: 64 },
    { name: 'G2', add: 0x0d, sum: 0x0e, map: 0x11, point: blsTwistPoint, length: 256, element: 128 },
  ];

  it.each(groups)('agrees on sums of points of $name', async ({ add, point, length }) => {
    const both = await bothAt('osaka', add);
    const sums = [
      join(point(k), point(m)),
      join(point(k), point(k)),
      join(point(k), point(order - k)),
      new Uint8Array(2 * length),
    ];
    await compare(both, [...sums, ...sums.flatMap(damaged), join(point(k), new Uint8Array(length))]);
  });

  it.each(groups)('agrees on sums of multiples of points of $name', async ({ sum, point, length }) => {
    const both = await bothAt('osaka', sum);
    const scalars = [
      0n,
      1n,
      order - 1n,
      order,
      2n ** 256n - 1n,
      0xd201000000010000n,
      0xd201000000010000n ** 2n,
      scalar(),
    ];
    const terms = scalars.map((s) => join(point(m), be(s, 32)));
    await compare(both, [
      ...terms,
      join(...terms),
      join(new Uint8Array(length), be(5n, 32)),
      new Uint8Array(),
      ...damaged(terms[7] as Uint8Array),
    ]);
  });

  it.each(groups)('agrees on a long sum of $name, in several batches', async ({ sum, point, length }) => {
    const both = await bothAt('osaka', sum);
    const points = [point(k), point(m), new Uint8Array(length), point(1n)];
    const terms = Array.from({ length: 150 }, (_, i) => join(points[i % 4] as Uint8Array, random(32)));
    await compare(both, [join(...terms)]);
  });

  it.each(groups)('agrees on the map to $name', async ({ map, element }) => {
    const both = await bothAt('osaka', map);
    const field = (): Uint8Array => be(BigInt(`0x${randomBytes(47).toString('hex')}`), 64);
    const inputs = Array.from({ length: 12 }, () => join(field(), field()).slice(0, element));
    const real = join(field(), new Uint8Array(64)).slice(0, element);
    const imaginary = join(new Uint8Array(64), field()).slice(0, element);
    await compare(both, [...inputs, real, imaginary, new Uint8Array(element), ...damaged(inputs[0] as Uint8Array)]);
    const p = bls12_381.fields.Fp.ORDER;
    const edges = [1n, 2n, p - 1n, p, p + 1n].map((value) => join(be(value, 64), be(1n, 64)).slice(0, element));
    await compare(both, edges);
  });

  it('agrees on pairings', async () => {
    const both = await bothAt('osaka', 0x0f);
    const one = join(blsPoint(k), blsTwistPoint(m), blsPoint(order - m), blsTwistPoint(k));
    const other = join(blsPoint(k), blsTwistPoint(m), blsPoint(m), blsTwistPoint(k));
    const withInfinity = join(new Uint8Array(128), blsTwistPoint(m), blsPoint(m), new Uint8Array(256));
    await compare(both, [new Uint8Array(), one, other, withInfinity, ...damaged(one), ...damaged(one)]);
    expect(both.ours(one)).toMatchObject({ output: `${'0'.repeat(63)}1` });
  });

  it('refuses points that are not in the subgroups', async () => {
    const pairing = await bothAt('osaka', 0x0f);
    const sum = await bothAt('osaka', 0x0c);
    const { Fp } = bls12_381.fields;
    let found = 0;
    for (let x = 2n; found < 4; x++) {
      let y: bigint;
      try {
        y = Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n));
      } catch {
        continue;
      }
      found++;
      const point = join(be(x, 64), be(y, 64));
      expect(await compare(pairing, [join(point, blsTwistPoint(3n))])).toBe(1);
      expect(await compare(sum, [join(point, be(3n, 32))])).toBe(1);
    }
  });
});

describe('P-256', () => {
  it('agrees on signatures, right, wrong and malformed', async () => {
    const both = await bothAt('osaka', 0x100);
    for (let i = 0; i < 6; i++) {
      const key = p256.utils.randomSecretKey();
      const digest = i === 0 ? new Uint8Array(32) : createHash('sha256').update(random(8)).digest();
      const signature = p256.sign(digest, key, { prehash: false, lowS: i % 2 === 0 });
      const input = join(digest, signature, p256.getPublicKey(key, false).subarray(1));
      expect(both.ours(input)).toEqual({ gasUsed: 6900n, output: `${'0'.repeat(63)}1` });
      await compare(both, [input, ...damaged(input), ...damaged(input)]);
    }
  });

  it('refuses numbers out of range and the point at infinity', async () => {
    const both = await bothAt('osaka', 0x100);
    const n = p256.Point.Fn.ORDER;
    const p = p256.Point.Fp.ORDER;
    const { x, y } = p256.Point.BASE.toAffine();
    const cases = [
      [0n, 1n, x, y],
      [1n, 0n, x, y],
      [n, 1n, x, y],
      [1n, n, x, y],
      [1n, 1n, 0n, 0n],
      [1n, 1n, x + p, y],
      [1n, 1n, p, y],
      [x % n, 1n, x, y],
    ].map((numbers) => join(new Uint8Array(32), ...numbers.map((number) => be(BigInt.asUintN(256, number), 32))));
    await compare(both, cases);
  });
});

describe('ecrecover', () => {
  it('agrees on what it recovers, and on what it refuses', async () => {
    const both = await bothAt('osaka', 0x01);
    const r = '18b1ef69b0bf4d5f7c6b0a1e1f0e2d7b6a5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e';
    for (let i = 0; i < 10; i++) {
      const input = join(
        random(32),
        be(BigInt(27 + (i % 2)), 32),
        i < 5 ? Buffer.from(r, 'hex') : random(32),
        random(32),
      );
      await compare(both, [input, input.slice(0, 100), new Uint8Array()]);
      await compare(both, [
        join(random(32), be(26n, 32), random(64)),
        join(random(32), be(2n ** 255n + 27n, 32), random(64)),
      ]);
    }
    expect(both.ours(new Uint8Array(128), 2999n)).toBe('failed');
  });
});
