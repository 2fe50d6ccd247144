import { createTx } from '@ethereumjs/tx';
import { describe, expect, it } from 'vitest';
import { address, openHardforks, signed } from '../chain.fixture.ts';
import { hasMadeUpSignature, madeUpSignature, withSender } from './sender.ts';

const KEY = new Uint8Array(32).fill(7);

describe('the sender of a transaction that nobody signed', () => {
  it('is who it is told to be', async () => {
    const common = (await openHardforks()).commonAt(0n, 0n);
    const tx = withSender(createTx({ type: 2 }, { common, freeze: false }), address('ab'));
    expect(tx.getSenderAddress()).toEqual(address('ab'));
  });

  it('tells two equal transactions of two senders apart', async () => {
    const common = (await openHardforks()).commonAt(0n, 0n);
    const of = (last: string) => createTx({ type: 2, ...madeUpSignature(address(last)), v: 0n }, { common });
    expect(of('aa').hash()).not.toEqual(of('ab').hash());
    expect(of('aa').hash()).toEqual(of('aa').hash());
  });

  it('is known by that signature, and no real one is taken for it', async () => {
    const common = (await openHardforks()).commonAt(0n, 0n);
    const tx = createTx({ type: 2, ...madeUpSignature(address('aa')), v: 0n }, { common });
    expect(hasMadeUpSignature(tx, address('aa'))).toBe(true);
    expect(hasMadeUpSignature(tx, address('ab'))).toBe(false);
    const real = signed(KEY, {}, common);
    expect(hasMadeUpSignature(real, real.getSenderAddress())).toBe(false);
  });
});
