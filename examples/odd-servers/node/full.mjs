// Takes sixteen connections at a time, and refuses the next with 503 and Retry-After.

import { Server } from './base.mjs';

class Full extends Server {
  maxConnections = 16;
}

new Full().run();
