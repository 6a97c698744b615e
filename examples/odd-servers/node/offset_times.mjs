// Writes its timestamps with nine digits of a second and an offset, or to the second.

import { Server } from './base.mjs';

let count = 0;

function timestamp() {
  const local = new Date(Date.now() + 330 * 60_000).toISOString();
  return ++count % 2 ? local.replace('Z', '123456+05:30') : new Date().toISOString();
}

class OffsetTimes extends Server {
  send(socket, made) {
    super.send(socket, { ...made, timestamp: made.timestamp.endsWith('Z') ? timestamp() : made.timestamp });
  }
}

new OffsetTimes().run();
