// Serves public/ to this machine alone.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const port = Number(process.env.PORT ?? 8080);
const folder = new URL('./public/', import.meta.url);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const server = createServer(async ({ url }, response) => {
  const path = url.replace(/[?#].*$/, '');
  const name = path === '/' ? 'index.html' : path.slice(1);
  // One folder deep, and no way out of it.
  const file = /^[\w.-]+$/.test(name) ? await readFile(new URL(name, folder)).catch(() => undefined) : undefined;
  if (file === undefined) response.writeHead(404).end('not found\n');
  else response.writeHead(200, { 'content-type': `${types[extname(name)]}; charset=utf-8` }).end(file);
});
server.on('error', ({ message }) => {
  console.error(`${message}; choose another port with PORT=8081 npm start`);
  process.exitCode = 1;
});
server.listen(port, '127.0.0.1', () => console.log(`Open http://127.0.0.1:${server.address().port}`));
