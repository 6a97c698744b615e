// The shell round the machine: sockets, requests, timers and chance. It decides nothing.
import { Config, Input, Output, State, Tick } from './types.js';
import { decode } from './frames.js';
import { fresh } from './draft.js';
import { STANDARD, step } from './machine.js';

const SUBPROTOCOL = 'agent-chat.v1';
const MAX_RETRY_AFTER_MS = 86400000;
const PROBE_MS = 2000;

/** What a GET of the socket's address may be refused with, as its handshake was. */
const TELLING = [400, 401, 403, 429, 503];

/** A chat client for browsers: both profiles, fallback to HTTP, and nothing lost or said twice. */
export class ChatClient {
  /**
   * @param {{url: string, sessionId: (string|undefined), userId: (string|undefined),
   *   config: (!Object<string, ?>|undefined), on: !Object<string, !Function>,
   *   restore: (!State|undefined|null)}} options `url` is that of the WebSocket; `on` holds handlers by
   *   name: state, deliver, refuse, settled, latency, and change after each step; `restore` is what
   *   save() gave before a reload
   */
  constructor({ url, sessionId, userId, config, on, restore }) {
    this.url = new URL(url, location.href);
    this.userId = userId ?? null;
    this.on = on;
    /** @type {!Config} */
    this.config = /** @type {!Config} */ ({ ...STANDARD, ...(config ?? {}) });
    /** @type {!State} */
    this.state = restore ? restored(restore, this.config) : fresh(sessionId ?? null, crypto.randomUUID());
    this.sockets = new Map();
    this.resumed = 0;
    this.timer = 0;
    this.openedAt = 0;
    /** @type {{websocket: ?boolean, subprotocols: !Array<string>}|null} */
    this.advice = null;
    this.inputs = [];
  }

  connect() {
    this.take({ kind: 'connect' });
  }

  disconnect() {
    this.take({ kind: 'disconnect' });
  }

  retry() {
    this.take({ kind: 'retry', freshClientId: crypto.randomUUID() });
  }

  /** Says something and names it: its answer and its end will name it too.
   * @param {string} content @param {string=} id @return {string} */
  say(content, id) {
    const named = id ?? crypto.randomUUID();
    this.take({ kind: 'say', id: named, content });
    return named;
  }

  /** @param {string} runId */
  cancel(runId) {
    this.take({ kind: 'cancel', id: crypto.randomUUID(), runId });
  }

  /** How many messages wait, never yet written. @return {number} */
  get queued() {
    return this.state.waiting.length;
  }

  /** Whether messages go by HTTP. @return {boolean} */
  get overHttp() {
    return this.state.phase['kind'] === 'http';
  }

  /** What a reload needs to go on with the conversation; it holds the resume token.
   * @return {!Object<string, ?>} */
  save() {
    const { sessionId, resuming, endedRuns, connection } = this.state;
    const { written, waiting } = this.state;
    return { sessionId, resuming, endedRuns, connection, written, waiting };
  }

  /** One input at a time; all that one leads to comes before the next. @param {!Input} input */
  take(input) {
    if (this.inputs.push(input) > 1) return;
    this.sockets.forEach((socket, connection) => {
      // A closing socket swallows what is written to it without a word, and its close event is yet to come.
      if (socket.readyState > WebSocket.OPEN) this.inputs.unshift({ kind: 'closing', connection });
    });
    while (this.inputs.length) {
      const now = performance.now();
      /** @type {!Tick} */
      const tick = {
        ms: now, wall: new Date().toISOString(), uniform: (bound) => Math.floor(Math.random() * bound),
      };
      const { state, outputs } = step(this.state, this.inputs[0], tick, this.config);
      this.state = state;
      outputs.forEach((output) => this.carryOut(output));
      this.inputs.shift();
    }
    this.on['change']?.();
  }

  /** @param {!Output} o */
  carryOut(o) {
    switch (o['kind']) {
      case 'open':
        return this.dial(o['connection'], o['offerResume'], o['sessionId']);
      case 'send':
        return this.sockets.get(o['connection'])?.send(JSON.stringify(o['frame']));
      case 'close':
        return this.leave(o['connection'], o['code'], o['reason']);
      case 'wake':
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.take({ kind: 'woken' }), Math.max(0, Math.ceil(o['at'] - performance.now())));
        return;
      case 'ask':
        return void this.ask();
      case 'post':
        return void this.post(o['id'], o['content'], o['token']);
      default:
        this.on[o['kind']]?.(o);
        // Until the first ping comes back, the greeting tells how far away the server is.
        if (o['state'] === 'connected' && !this.overHttp) {
          this.on['latency']?.({ kind: 'latency', ms: performance.now() - this.openedAt });
        }
    }
  }

  dial(connection, offerResume, sessionId) {
    const url = new URL(this.url);
    if (sessionId) url.searchParams.set('session_id', sessionId);
    if (this.userId) url.searchParams.set('user_id', this.userId);
    /** @type {?} */
    let socket;
    try {
      socket = new WebSocket(url, offerResume ? [SUBPROTOCOL] : []);
    } catch (unusable) {
      setTimeout(() => this.take({ kind: 'refused', connection, status: -1, retryAfterMs: 0 }));
      return;
    }
    this.sockets.set(connection, socket);
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.openedAt = performance.now();
      const subprotocolAccepted = socket.protocol === SUBPROTOCOL;
      if (subprotocolAccepted) this.resumed = connection;
      this.take({ kind: 'opened', connection, subprotocolAccepted });
    };
    socket.onmessage = ({ data }) => {
      const decoded = typeof data === 'string' ? decode(data, this.resumed === connection) : { frame: null, seq: -1 };
      this.take({ kind: 'received', connection, decoded });
    };
    socket.onclose = ({ code, reason }) => {
      this.sockets.delete(connection);
      if (opened) this.take({ kind: 'closed', connection, code, reason });
      else this.refused(connection, url);
    };
  }

  /** A page is told neither why a handshake failed nor with which status. A plain GET of the same address may be
   * refused alike; else what the server says of its transports tells a subprotocol that is not spoken (0) from a
   * server that is away (-1). */
  async refused(connection, url) {
    const answer = await this.probe(url);
    const said = { status: -1, retryAfterMs: 0 };
    if (answer && TELLING.includes(answer.status)) {
      said.status = answer.status;
      said.retryAfterMs = retryAfterMs(answer.headers.get('Retry-After'));
    } else if (answer) {
      this.advice = this.config.asks_transport ? await this.transport() : null;
      if (!this.advice?.subprotocols.includes(SUBPROTOCOL)) said.status = 0;
    }
    this.take({ kind: 'refused', connection, ...said });
    this.advice = null;
  }

  /** @return {!Promise<?Response>} */
  async probe(url) {
    try {
      return await fetch(this.http(url.href), { cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) });
    } catch (unreachable) {
      return null;
    }
  }

  /** Leaves a link for good: its close event may come much later, or never. */
  leave(connection, code, reason) {
    const socket = this.sockets.get(connection);
    this.sockets.delete(connection);
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(code >= 3000 ? code : 1000, reason);
    }
  }

  async ask() {
    const { websocket } = this.advice ?? (await this.transport()) ?? { websocket: null };
    this.take({ kind: 'transport', websocket });
  }

  /** What /api/transport says; null where nobody answers.
   * @return {!Promise<?{websocket: ?boolean, subprotocols: !Array<string>}>} */
  async transport() {
    try {
      const query = this.userId ? `?user_id=${encodeURIComponent(this.userId)}` : '';
      const response = await fetch(this.http(`/api/transport${query}`), {
        cache: 'no-store', signal: AbortSignal.timeout(5000),
      });
      const body = response.ok ? await response.json() : {};
      const way = body['transport'];
      const websocket = way === 'websocket' ? true : way === 'http' ? false : null;
      return { websocket, subprotocols: body['subprotocols'] ?? [] };
    } catch (unreachable) {
      return null;
    }
  }

  async post(id, message, token) {
    /** @type {!Object<string, ?>} */
    let result = { kind: 'failed', retryAfterMs: 0 };
    try {
      const response = await fetch(this.http('/api/chat'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token ? { 'Authorization': `Bearer ${token}` } : {}) },
        body: JSON.stringify({
          message, id, session_id: this.state.sessionId ?? undefined, user_id: this.userId ?? undefined,
        }),
        signal: AbortSignal.timeout(this.config.answer_timeout_ms),
      });
      result = posted(response, await response.json().catch(() => ({})));
    } catch (unreachable) {
      // Worth another try, as it says above.
    }
    this.take({ kind: 'posted', id, result });
  }

  http(path) {
    const url = new URL(path, this.url);
    url.protocol = url.protocol.replace('ws', 'http');
    return url;
  }
}

/** What save() gave, on this page's clock. @return {!State} */
function restored(saved, config) {
  const giveUpAt = performance.now() + config.answer_timeout_ms;
  const written = saved.written.map((entry) => ({ ...entry, giveUpAt }));
  const waiting = saved.waiting.map((entry) => ({ ...entry, giveUpAt: Infinity }));
  return /** @type {?} */ ({ ...fresh(saved.sessionId, ''), ...saved, written, waiting });
}

/** An answer that names a run ends it; without one, 4xx is a refusal and the rest a failure. */
function posted(response, body) {
  const { ok, status } = response;
  const text = (value, otherwise) => (typeof value === 'string' ? value : otherwise);
  const run = { run_id: body['run_id'] ?? '', text: body['response'], artifacts: body['artifacts'] ?? [] };
  const code = text(body['code'], `http_${status}`);
  if (ok && typeof body['response'] === 'string') return { kind: 'ended', run: { ...run, error: null } };
  if (!ok && typeof body['run_id'] === 'string') {
    const error = { error: text(body['error'], `HTTP status ${status}`), code };
    if (typeof body['retryable'] === 'boolean') error['retryable'] = body['retryable'];
    if (body['indeterminate'] === true) error['indeterminate'] = true;
    return { kind: 'ended', run: { ...run, error } };
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: 'rejected', status, code };
  return { kind: 'failed', retryAfterMs: retryAfterMs(response.headers.get('Retry-After')) };
}

function retryAfterMs(header) {
  if (!header) return 0;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Math.min(Math.max(ms || 0, 0), MAX_RETRY_AFTER_MS);
}
