// An honest odd client: the example client over a socket that sends every message in two fragments, with fields
// that no server knows, and that leaves with a code of its own. Needs `npm ci` in examples/clients/node.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const home = new URL('../../../../examples/clients/node/', import.meta.url);
const { OVERRIDES, driveWith } = await import(new URL('drive.mjs', home));
const { WebSocket } = createRequire(home)('ws');

class OddSocket extends WebSocket {
  send(text) {
    const odd = Buffer.from(JSON.stringify({ mood: 'sunny', more: { deep: [null] }, ...JSON.parse(text) }));
    const half = odd.length >> 1;
    super.send(odd.subarray(0, half), { binary: false, fin: false });
    super.send(odd.subarray(half), { binary: false, fin: true });
  }

  close(code) {
    super.close(code === 1000 ? 3001 : code);
  }
}

const tell = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const given = OVERRIDES.map((name) => [name, process.env[`HOLDFAST_${name.toUpperCase()}`]]);
const command = driveWith({
  url: `${process.env.HOLDFAST_URL}?session_id=${encodeURIComponent(process.env.HOLDFAST_SESSION_ID)}`,
  options: {
    WebSocket: OddSocket,
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined).map(([name, value]) => [name, Number(value)])),
  },
  tell,
});
createInterface({ input: process.stdin })
  .on('line', (line) => command(JSON.parse(line)))
  .on('close', () => process.exit(0));
