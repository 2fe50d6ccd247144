import { commaList, hostList, text, wholeNumber, yesNo } from './parsers.ts';
import { define } from './setting.ts';

/** How the node is reached. */
export const SERVER_SETTINGS = {
  port: define({
    flag: '-p, --port <number>',
    env: 'PORT',
    parse: wholeNumber({ max: 65535 }),
    help: 'port to listen on; 0 lets the system choose',
    group: 'Server',
    shownDefault: '8545',
  }),
  host: define({
    flag: '--host <address>',
    env: 'HOST',
    parse: text,
    help: 'address to listen on',
    group: 'Server',
    shownDefault: '127.0.0.1',
  }),
  allowOrigin: define({
    flag: '--allow-origin <origins>',
    env: 'ALLOW_ORIGIN',
    parse: commaList,
    help: 'origins that CORS lets in, comma-separated, or *',
    group: 'Server',
    shownDefault: '*',
    hot: true,
  }),
  noCors: define({
    flag: '--no-cors',
    env: 'NO_CORS',
    parse: yesNo,
    help: 'send no CORS headers',
    group: 'Server',
    hot: true,
  }),
  allowedHosts: define({
    flag: '--allowed-hosts <names>',
    env: 'ALLOWED_HOSTS',
    parse: hostList,
    help: 'host names, besides localhost and IP addresses, that requests may name; * for all',
    group: 'Server',
    hot: true,
  }),
  clientVersion: define({
    flag: '--client-version <text>',
    env: 'CLIENT_VERSION',
    parse: text,
    help: 'what web3_clientVersion answers',
    group: 'Server',
  }),
};
