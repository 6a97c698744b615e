// Drives the Toxiproxy at the URL given through the npm package, and ends with 1 at the first thing that differs.
import assert from 'node:assert/strict';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import client from 'toxiproxy-node-client';

const toxiproxy = new client.Toxiproxy(process.argv[2]);
const echo = createServer((socket) => socket.on('error', () => {}).pipe(socket));
echo.listen(0, '127.0.0.1');
await once(echo, 'listening');
const upstream = `127.0.0.1:${echo.address().port}`;

/** Milliseconds that an echo of one byte takes through this proxy. */
async function roundTrip(proxy) {
  const socket = connect(Number(proxy.listen.split(':').at(-1)), '127.0.0.1');
  await once(socket, 'connect');
  const began = performance.now();
  socket.write('x');
  await once(socket, 'data');
  socket.destroy();
  return performance.now() - began;
}

const refusal = (proxy) => assert.rejects(roundTrip(proxy), { code: 'ECONNREFUSED' });

assert.match(await toxiproxy.getVersion(), /version/);

let shop = await toxiproxy.createProxy({ name: 'shop', listen: '127.0.0.1:0', upstream });
assert.equal(shop.upstream, upstream);
assert.equal(shop.enabled, true);
await assert.rejects(toxiproxy.createProxy({ name: 'shop', listen: '127.0.0.1:0', upstream }));

const attributes = { latency: 150, jitter: 0 };
const slow = await shop.addToxic({ name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes });
assert.deepEqual(slow.toJson(), { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes });
assert.ok((await roundTrip(shop)) >= 149);
assert.equal((await shop.getToxic('slow')).attributes.latency, 150);
const updated = await slow.update({ toxicity: 1, attributes: { latency: 300, jitter: 0 } });
assert.equal(updated.attributes.latency, 300);
assert.ok((await roundTrip(shop)) >= 299);
await slow.remove();
await assert.rejects(shop.getToxic('slow'));
await assert.rejects(shop.addToxic({ name: 'odd', type: 'no_such_toxic', attributes: {} }));

shop = await shop.update({ enabled: false, listen: shop.listen, upstream });
assert.equal(shop.enabled, false);
await refusal(shop);
await shop.addToxic({ name: 'lost', type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } });
await toxiproxy.reset();
shop = await toxiproxy.get('shop');
assert.equal(shop.enabled, true);
await assert.rejects(shop.getToxic('lost'));
await roundTrip(shop);

const populated = await toxiproxy.populate([
  { name: 'shop', listen: shop.listen, upstream, enabled: true },
  { name: 'mail', listen: '127.0.0.1:0', upstream, enabled: true },
]);
assert.deepEqual(Object.keys(populated).sort(), ['mail', 'shop']);
assert.deepEqual(Object.keys(await toxiproxy.getAll()).sort(), ['mail', 'shop']);
for (const proxy of Object.values(populated)) {
  await proxy.remove();
}
await assert.rejects(toxiproxy.get('shop'));
echo.close();
console.log('agrees');
