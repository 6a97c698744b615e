// A chat client of profile core as a page or a program would use it: reconnects, pings, queues.
// Works with any WebSocket that has the browser's interface: a browser's own, Node's, or `ws`.

const DEFAULTS = {
  reconnect_base_ms: 1000,
  reconnect_cap_ms: 30000,
  reconnect_jitter_ms: 1000,
  reconnect_max_attempts: 10,
  heartbeat_interval_ms: 0, // the server's, else 30 s
  pong_timeout_ms: 10000,
  connect_timeout_ms: 10000,
};
const QUEUE_LIMIT = 100;
const MAX_FRAME_BYTES = 1 << 20;
const SHOWN = new Set(['message', 'tool_execution', 'error']);

const isFinal = (code) =>
  [1000, 1002, 1003].includes(code) || (code >= 1007 && code <= 1010) || (code >= 4200 && code <= 4299);

export class ChatClient {
  #url;
  #WebSocket;
  #on;
  #options;
  #socket = null; // the connection that counts; events of any other are ignored
  #open = false;
  #attempt = 0;
  #floorMs = 0;
  #queue = [];
  #timers = {};
  #ended = new Set(); // runs whose end was shown

  // `on` holds handlers by name: state, received, refused, latency.
  constructor(url, { WebSocket = globalThis.WebSocket, on = {}, ...options } = {}) {
    this.#url = url;
    this.#WebSocket = WebSocket;
    this.#on = on;
    this.#options = { ...DEFAULTS, ...options };
  }

  connect() {
    if (this.#socket || this.#timers.retry) return;
    this.#attempt = 0;
    this.#tell('state', { state: 'connecting' });
    this.#dial();
  }

  disconnect() {
    this.#abandon(1000);
    this.#tell('state', { state: 'disconnected' });
  }

  // Always works: whatever is under way is given up and the count starts over.
  retry() {
    if (this.#open) return;
    this.#abandon(1000);
    this.connect();
  }

  // Says something now, or as soon as somebody can hear it; false when there is no room.
  send(content) {
    const text = this.#frame('message', { content });
    if (new TextEncoder().encode(text).length > MAX_FRAME_BYTES) return this.#refuse('too_large');
    if (this.#isOpen()) {
      this.#socket.send(text);
    } else if (this.#queue.length < QUEUE_LIMIT) {
      this.#queue.push(text);
    } else {
      return this.#refuse('queue_full');
    }
    return true;
  }

  #refuse(code) {
    this.#tell('refused', { code });
    return false;
  }

  #isOpen() {
    return this.#open && this.#socket?.readyState === 1;
  }

  #dial() {
    let socket;
    try {
      socket = new this.#WebSocket(this.#url);
    } catch {
      this.#again();
      return;
    }
    this.#socket = socket;
    const mine = (act) => (event) => this.#socket === socket && act(event);
    this.#after('connect', this.#options.connect_timeout_ms, () => this.#leave(4000));
    socket.onmessage = mine((event) => this.#hear(event.data));
    socket.onclose = mine((event) => this.#lost(event.code));
    // Some runtimes fire no close event after a failed handshake; where one follows, it is no longer listened to.
    socket.onerror = mine(() => this.#lost(1006));
  }

  #hear(data) {
    this.#stop('pong');
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (typeof frame?.type !== 'string' || typeof frame.data !== 'object' || Array.isArray(frame.data)) return;
    const details = frame.data ?? {};
    if (frame.type === 'ping') this.#put('pong', {}, { reply_to: frame.id });
    else if (frame.type === 'pong') this.#tell('latency', { ms: Date.now() - this.#timers.pingedAt });
    else if (frame.type === 'status' && details.status === 'connected') this.#greeted(details);
    else if (frame.type === 'status' && details.status === 'drain') this.#floorMs = Number(details.retry_after_ms) || 0;
    else if (SHOWN.has(frame.type) || details.status === 'processing') this.#show(frame, details);
  }

  #show(frame, details) {
    if (frame.run_id && this.#ended.has(frame.run_id)) return;
    const ends = (frame.type === 'message' && !details.stream) || frame.type === 'error';
    if (ends && frame.run_id) this.#ended.add(frame.run_id);
    this.#attempt = 0;
    this.#tell('received', { frame });
  }

  #greeted(details) {
    if (this.#open) return;
    this.#stop('connect');
    this.#open = true;
    this.#tell('state', { state: 'connected' });
    const interval = this.#options.heartbeat_interval_ms || Number(details.heartbeat_interval_ms) || 30000;
    this.#after('ping', Math.random() * interval, () => this.#ping(interval));
    while (this.#queue.length && this.#isOpen()) this.#socket.send(this.#queue.shift());
  }

  #ping(interval) {
    if (!this.#timers.pong) this.#after('pong', this.#options.pong_timeout_ms, () => this.#leave(4000));
    this.#timers.pingedAt = Date.now();
    this.#put('ping', {}, { id: crypto.randomUUID() });
    this.#after('ping', interval, () => this.#ping(interval));
  }

  // Leaves a link that does not answer: its close event may come much later, or never.
  #leave(code) {
    this.#abandon(code);
    this.#again();
  }

  #lost(code) {
    this.#abandon();
    if (isFinal(code)) this.#tell('state', { state: 'disconnected' });
    else this.#again();
  }

  #again() {
    const o = this.#options;
    this.#attempt += 1;
    if (this.#attempt > o.reconnect_max_attempts) {
      this.#tell('state', { state: 'disconnected' });
      return;
    }
    const grown = Math.min(o.reconnect_base_ms * 2 ** (this.#attempt - 1), o.reconnect_cap_ms);
    const delay_ms = Math.max(this.#floorMs, grown + Math.random() * o.reconnect_jitter_ms);
    this.#floorMs = 0;
    this.#tell('state', { state: 'reconnecting', attempt: this.#attempt, delay_ms: Math.ceil(delay_ms) });
    this.#after('retry', Math.ceil(delay_ms), () => this.#dial());
  }

  #abandon(code) {
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    for (const name of ['connect', 'ping', 'pong', 'retry']) this.#stop(name);
    if (socket && code) socket.close(code);
  }

  #put(type, data, more) {
    if (this.#isOpen()) this.#socket.send(this.#frame(type, data, more));
  }

  #frame(type, data, more) {
    return JSON.stringify({ type, data, id: crypto.randomUUID(), timestamp: new Date().toISOString(), ...more });
  }

  #after(name, ms, act) {
    this.#stop(name);
    this.#timers[name] = setTimeout(() => {
      this.#timers[name] = null;
      act();
    }, ms);
  }

  #stop(name) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = null;
  }

  #tell(event, data) {
    this.#on[event]?.(data);
  }
}
