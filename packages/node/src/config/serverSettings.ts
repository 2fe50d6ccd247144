import { byteSize, commaList, filePath, hostList, text, wholeNumber, yesNo } from './parsers.ts';
import { DEFAULT_IPC, ipcPath, namespaces } from './serverParsers.ts';
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
  ipc: define({
    flag: '--ipc [path]',
    env: 'IPC',
    parse: ipcPath,
    help: "JSON-RPC on a Unix socket or named pipe as well; without a path: minichain.ipc in the system's temporary folder",
    group: 'Server',
    bareValue: DEFAULT_IPC,
  }),
  authTokenFile: define({
    flag: '--auth-token-file <file>',
    env: 'AUTH_TOKEN_FILE',
    parse: filePath,
    help: 'answer JSON-RPC only to who sends "Authorization: Bearer" with the token in that file, or with a JWT (HS256) by it where it is 32 bytes in hex',
    group: 'Server',
  }),
  rpcNamespaces: define({
    flag: '--rpc-namespaces <names>',
    env: 'RPC_NAMESPACES',
    parse: namespaces,
    help: 'namespaces of methods that are offered: eth,net,web3 or, by transport, http=eth,net;ws=eth;ipc=all',
    group: 'Server',
    shownDefault: 'all',
  }),
  compressAbove: define({
    flag: '--compress-above <size>',
    env: 'COMPRESS_ABOVE',
    parse: byteSize(),
    help: 'gzip HTTP answers from that size on, to who accepts it; 0 for none (default: 64kb, and to other machines only)',
    group: 'Server',
  }),
  clientVersion: define({
    flag: '--client-version <text>',
    env: 'CLIENT_VERSION',
    parse: text,
    help: 'what web3_clientVersion answers',
    group: 'Server',
  }),
};
