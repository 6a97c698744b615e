// Says more than is asked for: a ping of its own every 300 ms, and status words that only it knows.

import { Server } from './base.mjs';

class Talkative extends Server {
  steps(content) {
    const own = ['status', { status: 'thinking', mood: 'calm', message: 'Hm' }];
    return super.steps(content).flatMap((step) => [own, step]);
  }

  attach(socket, session) {
    super.attach(socket, session);
    let count = 0;
    const timer = setInterval(() => this.send(socket, this.frame('ping', {}, { id: `own-${++count}` })), 300);
    socket.on('close', () => clearInterval(timer));
  }
}

new Talkative().run();
