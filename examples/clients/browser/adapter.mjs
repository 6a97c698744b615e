// A page in headless Chromium as a client under test: `node adapter.mjs`, with HOLDFAST_CHROMIUM or chromium on the
// PATH. The page holds the client; this serves it, and carries lines between its requests and stdin and stdout.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OVERRIDES } from '../node/drive.mjs';

const file = (name) => readFileSync(new URL(name, import.meta.url));
const pages = {
  '/': ['text/html', file('page.html')],
  '/drive.mjs': ['text/javascript', file('../node/drive.mjs')],
  '/client.mjs': ['text/javascript', file('../node/client.mjs')],
  '/task': ['application/json', JSON.stringify({
    url: `${process.env.HOLDFAST_URL}?session_id=${encodeURIComponent(process.env.HOLDFAST_SESSION_ID)}`,
    options: Object.fromEntries(
      OVERRIDES.map((name) => [name, process.env[`HOLDFAST_${name.toUpperCase()}`]])
        .filter(([, value]) => value !== undefined).map(([name, value]) => [name, Number(value)])),
  })],
};
const early = []; // commands from before the page listened
let toPage = (line) => early.push(line);

const server = createServer((request, response) => {
  if (request.url === '/lines') {
    request.pipe(process.stdout, { end: false });
    request.on('end', () => response.end());
  } else if (request.url === '/commands') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    toPage = (line) => response.write(`data: ${line}\n\n`);
    early.splice(0).forEach(toPage);
  } else {
    const [type, body] = pages[request.url] ?? ['text/plain', ''];
    response.writeHead(body ? 200 : 404, { 'Content-Type': type }).end(body);
  }
});

server.listen(0, '127.0.0.1', () => {
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-page-'));
  const browser = spawn(process.env.HOLDFAST_CHROMIUM ?? 'chromium', [
    '--headless=new', '--disable-gpu', '--no-first-run', '--disable-extensions', '--disable-background-networking',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/`,
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  const end = (code) => {
    browser.kill('SIGKILL');
    browser.on('exit', () => {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      process.exit(code);
    });
  };
  browser.on('error', () => process.exit(127));
  createInterface({ input: process.stdin }).on('line', (line) => toPage(line)).on('close', () => end(0));
});
