const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A number of any size with the methods of `big-integer`, which geth hands to tracers, on the engine's own BigInt. */
class Big {
  constructor(value) {
    this.value = value;
  }
  toString(base = 10) {
    return this.value.toString(Number(base));
  }
  valueOf() {
    return Number(this.value);
  }
  toJSNumber() {
    return Number(this.value);
  }
  toJSON() {
    return this.value.toString();
  }
  toArray(base) {
    const digits = Array.from(absolute(this.value).toString(Number(base)), (digit) => DIGITS.indexOf(digit));
    return { value: digits, isNegative: this.value < 0n };
  }
  bitLength() {
    return new Big(BigInt(absolute(this.value).toString(2).length));
  }
  divmod(other) {
    const by = nativeOf(other);
    return { quotient: new Big(this.value / by), remainder: new Big(this.value % by) };
  }
  modPow(exponent, modulus) {
    const mod = nativeOf(modulus);
    let [base, rest, result] = [this.value % mod, nativeOf(exponent), 1n % mod];
    for (; rest > 0n; rest >>= 1n) {
      if ((rest & 1n) === 1n) result = (result * base) % mod;
      base = (base * base) % mod;
    }
    return new Big(result);
  }
}

const absolute = (value) => (value < 0n ? -value : value);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function digitsOf(text, base) {
  let value = 0n;
  for (const digit of text) {
    const at = DIGITS.indexOf(digit);
    if (at < 0 || at >= base) throw new Error(`${digit} is not a valid digit in base ${base}.`);
    value = value * BigInt(base) + BigInt(at);
  }
  return value;
}

function parse(text, base) {
  const [, sign, rest] = /^([+-]?)(.*)$/.exec(text.trim().toLowerCase());
  const power = base === 10 ? /^(\d+)e\+?(\d+)$/.exec(rest) : null;
  const value =
    power !== null
      ? BigInt(power[1]) * 10n ** BigInt(power[2])
      : base === 10
        ? BigInt(rest)
        : digitsOf(base === 16 ? rest.replace(/^0x/, '') : rest, base);
  return sign === '-' ? -value : value;
}

function nativeOf(value, base = 10) {
  if (value instanceof Big) return value.value;
  if (typeof value === 'bigint') return value;
  if (value === undefined) return 0n;
  if (typeof value === 'string') return parse(value, Number(base));
  if (!Number.isInteger(Number(value))) throw new Error(`${value} is not an integer.`);
  return BigInt(Number(value));
}

function define(names, method) {
  for (const name of names.split(' ')) Object.defineProperty(Big.prototype, name, { value: method });
}

const BINARY = {
  'add plus': (a, b) => a + b,
  'subtract minus': (a, b) => a - b,
  'multiply times': (a, b) => a * b,
  'divide over': (a, b) => a / b,
  'mod remainder': (a, b) => a % b,
  pow: (a, b) => a ** b,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shiftLeft: (a, b) => a << b,
  shiftRight: (a, b) => a >> b,
};
const RELATIONS = {
  'equals eq': (order) => order === 0,
  'notEquals neq': (order) => order !== 0,
  'greater gt': (order) => order > 0,
  'greaterOrEquals geq': (order) => order >= 0,
  'lesser lt': (order) => order < 0,
  'lesserOrEquals leq': (order) => order <= 0,
  'compare compareTo': (order) => order,
};
const UNARY = {
  abs: absolute,
  negate: (value) => -value,
  not: (value) => ~value,
  next: (value) => value + 1n,
  prev: (value) => value - 1n,
  square: (value) => value * value,
  isZero: (value) => value === 0n,
  isEven: (value) => value % 2n === 0n,
  isOdd: (value) => value % 2n !== 0n,
  isNegative: (value) => value < 0n,
  isPositive: (value) => value > 0n,
  isUnit: (value) => absolute(value) === 1n,
};

for (const [names, work] of Object.entries(BINARY)) {
  define(names, function (other) {
    return new Big(work(this.value, nativeOf(other)));
  });
}
for (const [names, test] of Object.entries(RELATIONS)) {
  define(names, function (other) {
    return test(compare(this.value, nativeOf(other)));
  });
}
for (const [names, work] of Object.entries(UNARY)) {
  define(names, function () {
    const result = work(this.value);
    return typeof result === 'bigint' ? new Big(result) : result;
  });
}
define('compareAbs', function (other) {
  return compare(absolute(this.value), absolute(nativeOf(other)));
});
define('isDivisibleBy', function (other) {
  return this.value % nativeOf(other) === 0n;
});

/** @example bigInt('ff', 16).add(1).toString(16) // '100' */
export function bigInt(value, base) {
  return value instanceof Big ? value : new Big(nativeOf(value, base));
}

const pick = (prefers) => (a, b) => (prefers(nativeOf(a), nativeOf(b)) ? bigInt(a) : bigInt(b));
Object.assign(bigInt, {
  zero: new Big(0n),
  one: new Big(1n),
  minusOne: new Big(-1n),
  isInstance: (value) => value instanceof Big,
  max: pick((a, b) => a > b),
  min: pick((a, b) => a < b),
});
