import { describe, expect, it } from 'vitest';
import { corsHeaders, isHostAllowed, isOriginAllowed, pathOf, preflightHeaders } from './access.ts';

const ORIGIN = 'http://page.example';

describe('isHostAllowed', () => {
  it.each([
    'localhost',
    'localhost:8545',
    'app.localhost:1',
    '127.0.0.1:8545',
    '0.0.0.0',
    '[::1]',
    '[::1]:8545',
    'LOCALHOST',
  ])('lets in %s', (host) => expect(isHostAllowed(host, [])).toBe(true));

  it.each(['evil.example', 'evil.example:8545', 'localhost.evil.example', '127.0.0.1.evil.example', 'notlocalhost'])(
    'keeps out %s',
    (host) => expect(isHostAllowed(host, ['node.internal'])).toBe(false),
  );

  it('lets in what it was told to, in any case', () => {
    expect(isHostAllowed('Node.Internal:8545', ['node.INTERNAL'])).toBe(true);
    expect(isHostAllowed('evil.example', ['*'])).toBe(true);
  });
});

describe('isOriginAllowed', () => {
  it('lets in programs, the listed, and the node itself', () => {
    expect(isOriginAllowed({ host: '127.0.0.1:1' }, [])).toBe(true);
    expect(isOriginAllowed({ origin: ORIGIN }, '*')).toBe(true);
    expect(isOriginAllowed({ origin: ORIGIN }, [ORIGIN])).toBe(true);
    expect(isOriginAllowed({ origin: 'http://127.0.0.1:1', host: '127.0.0.1:1' }, [])).toBe(true);
  });

  it('keeps out any other page', () => {
    expect(isOriginAllowed({ origin: ORIGIN, host: '127.0.0.1:1' }, [])).toBe(false);
    expect(isOriginAllowed({ origin: `${ORIGIN}.evil`, host: '127.0.0.1:1' }, [ORIGIN])).toBe(false);
    expect(isOriginAllowed({ origin: 'null', host: '127.0.0.1:1' }, [ORIGIN])).toBe(false);
  });
});

describe('corsHeaders', () => {
  it('allow all, the listed origin by name, or nobody', () => {
    expect(corsHeaders({ origin: ORIGIN }, '*')).toEqual({ 'access-control-allow-origin': '*' });
    expect(corsHeaders({ origin: ORIGIN }, [ORIGIN])).toEqual({
      'access-control-allow-origin': ORIGIN,
      vary: 'Origin',
    });
    expect(corsHeaders({ origin: 'http://other.example' }, [ORIGIN])).toEqual({ vary: 'Origin' });
    expect(corsHeaders({ origin: ORIGIN }, [])).toEqual({});
  });
});

describe('preflightHeaders', () => {
  it('allow the headers that are asked for', () => {
    const asked = { origin: ORIGIN, 'access-control-request-headers': 'authorization,content-type,x-anything' };
    expect(preflightHeaders(asked, '*')).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'authorization,content-type,x-anything',
    });
    expect(preflightHeaders({ origin: ORIGIN }, '*')['access-control-allow-headers']).toContain('authorization');
  });

  it('allow a page of the internet to reach a loopback address only when its browser asks', () => {
    const asked = { origin: ORIGIN, 'access-control-request-private-network': 'true' };
    expect(preflightHeaders(asked, '*')).toHaveProperty('access-control-allow-private-network', 'true');
    expect(preflightHeaders({ origin: ORIGIN }, '*')).not.toHaveProperty('access-control-allow-private-network');
  });

  it('allow nothing to an origin that is kept out', () => {
    const names = Object.keys(preflightHeaders({ origin: 'http://other.example' }, [ORIGIN]));
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

it.each([
  ['/', '/'],
  ['/?key=1', '/'],
  ['/health?x', '/health'],
  ['http://127.0.0.1:8545', '/'],
  ['http://127.0.0.1:8545/health', '/health'],
  ['/rpc/v1', '/rpc/v1'],
])('the path of %s is %s', (url, path) => {
  expect(pathOf({ url } as never)).toBe(path);
});
