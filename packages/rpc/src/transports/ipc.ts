import { EventEmitter } from 'node:events';
import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { RPC_CODES } from '@minichain/protocol';
import type { Rpc } from '../createRpc.ts';
import { failure } from '../dispatcher.ts';
import type { Namespaces } from '../namespaces.ts';
import { JsonStream } from './jsonStream.ts';
import { DEFAULT_LIMITS, type TransportLimits } from './limits.ts';
import { ListenError } from './listenError.ts';
import { type MessageSocket, serveMessages } from './messages.ts';

export interface IpcOptions extends Partial<Pick<TransportLimits, 'maxBodyBytes' | 'maxBufferedBytes'>> {
  /** Offered there; left out: everything. */
  readonly namespaces?: Namespaces | undefined;
}

export interface IpcServer {
  readonly path: string;
  readonly connections: number;
  /** Ends every connection, and takes the path away. */
  close(): Promise<void>;
}

/** Only who runs the node may use it, as with geth. */
const OWNER_ONLY = 0o600;
/** Named pipes of Windows are in no folder. */
const isPipe = (path: string): boolean => path.startsWith('\\\\.\\pipe\\');

/** A socket as messages come and go on it: JSON values one after the other, each reply on a line of its own. */
class IpcSocket extends EventEmitter implements MessageSocket {
  readonly OPEN = 1;
  readonly #socket: Socket;
  readonly #stream = new JsonStream();

  constructor(socket: Socket, maxBodyBytes: number) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk) => {
      for (const text of this.#stream.push(chunk)) this.#take(text, maxBodyBytes);
      if (this.#stream.pending > maxBodyBytes) this.#refuse(maxBodyBytes);
    });
    socket.on('close', () => this.emit('close'));
    socket.on('error', () => socket.destroy());
  }

  get readyState(): number {
    return this.#socket.writable ? this.OPEN : 3;
  }

  get bufferedAmount(): number {
    return this.#socket.writableLength;
  }

  get isPaused(): boolean {
    return this.#socket.isPaused();
  }

  send(text: string, taken?: () => void): void {
    this.#socket.write(`${text}\n`, () => taken?.());
  }

  close(_code?: number, _reason?: string): void {
    this.#socket.destroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  #take(text: string, maxBodyBytes: number): void {
    if (text.length > maxBodyBytes) this.#refuse(maxBodyBytes);
    else if (this.#socket.writable) this.emit('message', text);
  }

  /** Where the message would end is not known. */
  #refuse(maxBodyBytes: number): void {
    const detail = `message is over the limit of ${maxBodyBytes} bytes; the node's --max-body sets it`;
    this.#socket.end(`${JSON.stringify(failure(null, RPC_CODES.invalidRequest, detail))}\n`);
    this.#socket.removeAllListeners('data');
    this.#socket.resume();
  }
}

/** Whether somebody answers at the path. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** What a process that was killed has left behind is in nobody's use. @throws ListenError. */
async function clearWay(path: string): Promise<void> {
  const found = isPipe(path) ? undefined : await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket())
    throw new ListenError(
      `cannot listen on ${path}: there is a file that is no socket; choose another with --ipc`,
      'EEXIST',
    );
  if (await isServed(path))
    throw new ListenError(
      `cannot listen on ${path}: another process does; choose another path with --ipc`,
      'EADDRINUSE',
    );
  await unlink(path);
}

function listenAt(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(new ListenError(`cannot listen on ${path}: ${error.message}`, error.code ?? 'UNKNOWN', { cause: error }));
    });
    server.listen(path, () => resolve());
  });
}

/**
 * Serves JSON-RPC on a Unix socket, or on a named pipe of Windows, to the user who runs the node.
 * @throws ListenError.
 * @example const ipc = await startIpc(rpc, '/tmp/minichain.ipc')
 */
export async function startIpc(rpc: Rpc, path: string, options: IpcOptions = {}): Promise<IpcServer> {
  const { maxBodyBytes, maxBufferedBytes } = { ...DEFAULT_LIMITS, ...options };
  const open = new Set<Socket>();
  let opened = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    const id = `ipc-${++opened}`;
    let messages = 0;
    serveMessages(new IpcSocket(socket, maxBodyBytes), {
      maxBufferedBytes,
      answer: (text, connection) =>
        rpc.answer(text, { connection, requestId: `${id}.${++messages}`, namespaces: options.namespaces }),
      closed: (connection) => rpc.disconnected(connection),
    });
  });
  await clearWay(path);
  await listenAt(server, path);
  if (!isPipe(path)) await chmod(path, OWNER_ONLY);
  return {
    path,
    get connections() {
      return open.size;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
