// Closes at the first bad frame, with a code that says why; a frame without data is a bad one.

import { BadFrame } from '../../servers/node/frames.mjs';
import { Server } from './base.mjs';

const CODES = { invalid_json: 1007, invalid_frame: 1008, unknown_type: 4203 };

class Strict extends Server {
  handle(socket, session, received) {
    if (!('data' in received)) throw new BadFrame('invalid_frame');
    super.handle(socket, session, received);
  }

  refuse(socket, fault) {
    socket.close(CODES[fault.code], fault.code);
  }
}

new Strict().run();
