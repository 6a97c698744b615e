// Grants permessage-deflate to each client that offers it, and compresses every text however short.

import { Server } from './base.mjs';

class Compressed extends Server {
  perMessageDeflate = { threshold: 0 };
}

new Compressed().run();
