// A page in headless Chromium as a client under test: `node adapter.mjs [CLIENT.js [core|resume]]`, with
// HOLDFAST_CHROMIUM or chromium on the PATH. The page holds the client, the example's or the chat page's from the
// file named; this serves it, and carries lines between its requests and stdin and stdout.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rm } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OVERRIDES } from '../node/drive.mjs';

const [bundle, profile = 'core'] = process.argv.slice(2);
const file = (name) => readFileSync(new URL(name, import.meta.url));
const pages = {
  '/': ['text/html', file('page.html')],
  '/drive.mjs': ['text/javascript', file(bundle ? 'drive-page-client.mjs' : '../node/drive.mjs')],
  '/client.mjs': ['text/javascript', file('../node/client.mjs')],
  '/client.js': ['text/javascript', bundle ? readFileSync(bundle) : ''],
  '/task': ['application/json', JSON.stringify({
    url: `${process.env.HOLDFAST_URL}?session_id=${encodeURIComponent(process.env.HOLDFAST_SESSION_ID)}`,
    profile,
    options: Object.fromEntries(
      [...OVERRIDES, 'stable_ms'].map((name) => [name, process.env[`HOLDFAST_${name.toUpperCase()}`]])
        .filter(([, value]) => value !== undefined).map(([name, value]) => [name, Number(value)])),
  })],
};
const early = []; // commands from before the page listened
let toPage = (line) => early.push(line);

const server = createServer((request, response) => {
  if (request.url === '/lines') {
    request.on('end', () => response.end()).pipe(process.stdout, { end: false });
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
    '--disable-web-security', // the page stands for one that the server under test would serve itself
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/`,
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  const end = (code) => {
    browser.kill(); // politely: it takes its own processes along; one that hangs is not asked again
    setTimeout(() => browser.kill('SIGKILL'), 700);
    browser.on('exit', () => rm(profile, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 },
      () => process.exit(code))); // what a process of the browser still writes to is left behind
  };
  browser.on('error', () => process.exit(127));
  createInterface({ input: process.stdin }).on('line', (line) => toPage(line)).on('close', () => end(0));
});
