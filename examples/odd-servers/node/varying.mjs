// Says more or less on the way to an answer: no two answers in a row have the same number of frames.

import { Server } from './base.mjs';

let count = 0;

class Varying extends Server {
  steps(content) {
    const made = super.steps(content);
    return [...Array(++count % 4).fill(made[0]), ...made];
  }
}

new Varying().run();
