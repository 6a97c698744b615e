// A session, its runs and the connections that come and go.

import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { scriptedAgent } from './agent.mjs';
import { error, frame } from './frames.mjs';

export const HEARTBEAT_INTERVAL_MS = 30_000;
const SILENCE_MS = 75_000;
const MAX_PENDING_RUNS = 100;
const RUN_TIMEOUT_MS = 120_000;
const HISTORY_TURNS = 10;
const RETAINED_FRAMES = 1_000;
const RETAINED_BYTES = 2 ** 20;
const RETAINED_MS = 120_000;
const FORGOTTEN_MS = 3_600_000;
const MAX_OUTBOX_BYTES = 8 * 2 ** 20;

export const server = { draining: false, agentDelayMs: 0 };

export const mint = () => randomBytes(16).toString('hex');

/** Sends the text of one frame; a peer that does not read is left. */
function send(socket, text) {
  socket.send(text);
  if (socket.bufferedAmount > MAX_OUTBOX_BYTES) socket.close(4002);
}

export const sendFrame = (socket, value) => send(socket, JSON.stringify(value));

/** Pings a peer silent for half of the time allowed, closes one silent for all of it. The result is called on each frame. */
export function watchSilence(socket) {
  let pinged = false;
  const timer = setTimeout(() => {
    if (pinged) return socket.close(4000);
    pinged = true;
    sendFrame(socket, frame('ping', {}, { id: mint() }));
    timer.refresh();
  }, SILENCE_MS / 2);
  socket.on('close', () => clearTimeout(timer));
  return () => {
    pinged = false;
    timer.refresh();
  };
}

/** One message and all that is emitted for it, up to exactly one terminal frame. */
async function perform({ content, history, emit, ids }) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, RUN_TIMEOUT_MS, 'late')));
  const events = scriptedAgent(content, history, server.agentDelayMs);
  try {
    for (;;) {
      const next = await Promise.race([events.next(), late]);
      if (next === 'late') return emit(error('agent_timeout', ids));
      if (next.done) return;
      emit(frame(...next.value, ids));
    }
  } catch (reason) {
    console.error(`run ${ids.run_id} failed: ${reason}`); // told to the log, never to the client
    emit(error('agent_failed', ids));
  } finally {
    clearTimeout(timer);
  }
}

/** A conversation. It outlives its connections and answers its messages one after the other. */
export class Session {
  socket = null;
  lastActive = performance.now();
  retained = [];
  retainedBytes = 0;
  overflowed = false;
  waiting = [];
  working = false;

  constructor(id) {
    this.id = id;
  }

  /** Greets a new connection, gives it what was retained and takes over from an older one. */
  attach(socket) {
    const older = this.socket;
    this.socket = socket;
    const ids = { session_id: this.id };
    const greeting = { status: 'connected', ...ids, heartbeat_interval_ms: HEARTBEAT_INTERVAL_MS, message: 'Welcome' };
    sendFrame(socket, frame('status', greeting, ids));
    if (this.overflowed) sendFrame(socket, error('replay_overflow', ids));
    for (const text of this.retained) send(socket, text);
    this.retained = [];
    this.retainedBytes = 0;
    this.overflowed = false;
    older?.close(4204);
  }

  detach(socket) {
    this.lastActive = performance.now();
    if (this.socket === socket) this.socket = null; // a late end of an older connection leaves the newer alone
  }

  send(value) {
    const text = JSON.stringify({ ...value, session_id: this.id });
    if (this.socket?.readyState === WebSocket.OPEN) send(this.socket, text);
    else this.retain(text);
  }

  retain(text) {
    this.lastActive = performance.now();
    this.retained.push(text);
    this.retainedBytes += Buffer.byteLength(text);
    while (this.retained.length > RETAINED_FRAMES || this.retainedBytes > RETAINED_BYTES) {
      this.retainedBytes -= Buffer.byteLength(this.retained.shift());
      this.overflowed = true;
    }
  }

  /** The code of the error that refuses this message, or undefined to accept it. */
  refusal(data, claimed) {
    if (typeof data.content !== 'string' || data.content === '') return 'empty_content';
    if (!Array.isArray(data.message_history ?? [])) return 'invalid_frame';
    if ([claimed, data.session_id].some((other) => (other ?? this.id) !== this.id)) return 'session_mismatch';
    if (server.draining) return 'draining';
    if (this.waiting.length >= MAX_PENDING_RUNS) return 'busy';
  }

  /** Queues a run; resolves when it has ended. */
  submit(data, emit, ids) {
    const history = (data.message_history ?? []).slice(-HISTORY_TURNS);
    return new Promise((done) => {
      this.waiting.push({ content: data.content, history, emit, ids, done });
      if (!this.working) this.work();
    });
  }

  async work() {
    this.working = true;
    while (this.waiting.length > 0) {
      const run = this.waiting.shift();
      await perform(run);
      run.done();
    }
    this.working = false;
  }

  /** Drops what nobody came back for; true when the session itself can be forgotten. */
  expire() {
    const awayMs = this.socket || this.working ? 0 : performance.now() - this.lastActive;
    if (awayMs > RETAINED_MS && this.retained.length > 0) {
      this.retained = [];
      this.retainedBytes = 0;
      this.overflowed = true;
    }
    return awayMs > (this.overflowed ? FORGOTTEN_MS : RETAINED_MS);
  }
}
