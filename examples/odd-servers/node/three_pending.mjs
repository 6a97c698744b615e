// Takes three messages of a session at a time, says so in its greeting, and refuses the fourth with busy.

import { Server } from './base.mjs';

class ThreePending extends Server {
  maxPending = 3;

  greeting(session) {
    return { ...super.greeting(session), max_pending_runs: 3 };
  }
}

new ThreePending().run();
