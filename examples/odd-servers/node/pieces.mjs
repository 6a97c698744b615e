// Says an answer in pieces as it is made, each a message with a delta and no content, and then as a whole.

import { Server } from './base.mjs';

class Pieces extends Server {
  steps(content) {
    const made = super.steps(content);
    const pieces = ['Do', 'ne', ': '].map((delta) => ['message', { delta }]);
    return [...made.slice(0, -1), ...pieces, made.at(-1)];
  }
}

new Pieces().run();
