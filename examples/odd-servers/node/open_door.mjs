// Takes any path, any session id and any origin, and closes an older connection with a code of its own, 4901.

import { Server } from './base.mjs';

class OpenDoor extends Server {
  allows() {
    return 101;
  }

  supersede(older) {
    older.close(4901, 'opened elsewhere');
  }
}

new OpenDoor().run();
