// The chat client as a client under test: `node adapter.mjs [ws]`, see docs/client-adapter.md.
import { createInterface } from 'node:readline';
import { OVERRIDES, driveWith } from './drive.mjs';

const tell = (line) => process.stdout.write(JSON.stringify(line) + '\n');
process.on('uncaughtException', (error) => tell({ event: 'error', data: { message: String(error?.stack ?? error) } }));

const WebSocket = process.argv[2] === 'ws' ? (await import('ws')).WebSocket : globalThis.WebSocket;
if (!WebSocket) {
  console.error('this Node has no WebSocket of its own: use Node 22, or node --experimental-websocket');
  process.exit(127);
}
const options = Object.fromEntries(OVERRIDES.map((name) => [name, process.env[`HOLDFAST_${name.toUpperCase()}`]])
  .filter(([, value]) => value !== undefined).map(([name, value]) => [name, Number(value)]));
const command = driveWith({
  url: `${process.env.HOLDFAST_URL}?session_id=${encodeURIComponent(process.env.HOLDFAST_SESSION_ID)}`,
  options: { ...options, WebSocket },
  tell,
});
createInterface({ input: process.stdin })
  .on('line', (line) => command(JSON.parse(line)))
  .on('close', () => process.exit(0));
