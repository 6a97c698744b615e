// Answers within a millisecond: every frame is sent in the turn of the event loop that read the message.

import { Server } from './base.mjs';

class Quick extends Server {
  message(socket, session, received) {
    const content = received.data?.content;
    if (this.refusal(session, received) || session.pending > 0 || /#slow|#fail/.test(content))
      return super.message(socket, session, received);
    const ids = { reply_to: received.id ?? undefined, run_id: `r-${performance.now()}` };
    for (const [type, data] of this.steps(content)) this.emit(session, this.frame(type, data, ids));
  }
}

new Quick().run();
