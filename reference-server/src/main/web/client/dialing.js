// Getting connected and staying so: attempts, delays, and when to give up.
import { Draft, Input } from './types.js';
import { alter, delayMs, isOpen, put, report, resume } from './draft.js';
import { newClientId } from './settling.js';
import { regain, rewritten, start } from './posting.js';

const TRANSPORT_TIMEOUT_MS = 5000;
const CONNECTED = ['dialing', 'greeting', 'open'];

const stops = (code) =>
  [1000, 1002, 1003].includes(code) || (code >= 1007 && code <= 1010) || (code >= 4200 && code <= 4299);

/** @param {!Draft} d */
export function wanted(d) {
  if (d.phase['kind'] === 'idle') {
    d.attempt = 0;
    report(d, 'connecting', 0, 'asked to connect');
    dial(d);
  }
}

/** Always works: whatever is under way is given up and the count starts over.
 * @param {!Draft} d @param {string} freshClientId */
export function retried(d, freshClientId) {
  if (isOpen(d)) return;
  if (CONNECTED.includes(d.phase['kind'])) abandon(d);
  if (d.phase['kind'] === 'http') rewritten(d);
  if (d.phase['superseded']) newClientId(d, freshClientId);
  d.phase = { kind: 'idle', superseded: false };
  wanted(d);
}

/** @param {!Draft} d */
export function unwanted(d) {
  if (CONNECTED.includes(d.phase['kind'])) abandon(d);
  d.phase = { kind: 'idle', superseded: !!d.phase['superseded'] };
  report(d, 'disconnected', 0, 'asked to disconnect');
}

function abandon(d) {
  put(d, { kind: 'close', connection: d.phase['connection'], code: 1000, reason: 'client is leaving' });
}

/** @param {!Draft} d */
export function dial(d) {
  d.connection++;
  const offered = d.config.offers === 'resume' && !d.withoutResume;
  const deadline = d.now.ms + d.config.connect_timeout_ms;
  d.phase = { kind: 'dialing', connection: d.connection, offered, deadline };
  put(d, { kind: 'open', connection: d.connection, offerResume: offered, sessionId: d.sessionId });
}

/** @param {!Draft} d @param {!Input} i */
export function opened(d, i) {
  if (d.phase['kind'] !== 'dialing' || d.phase['connection'] !== i['connection']) return;
  const profile = i['subprotocolAccepted'] ? 'resume' : 'core';
  const deadline = d.now.ms + d.config.connect_timeout_ms;
  d.phase = { kind: 'greeting', connection: i['connection'], profile, deadline };
  if (profile === 'resume') hello(d);
}

function hello(d) {
  resume(d, { attempt: d.resuming.attempt + 1 });
  const r = d.resuming;
  const data = { status: 'hello', client_id: r.clientId, attempt: r.attempt };
  if (r.token !== null) data['resume_token'] = r.token;
  if (r.epoch !== null) data['epoch'] = r.epoch;
  data['ack'] = r.received;
  if (d.waiting.length) data['queued'] = d.waiting.length;
  data['capabilities'] = d.config.capabilities;
  put(d, {
    kind: 'send', connection: d.phase['connection'], frame: { type: 'status', data, timestamp: d.now.wall },
  });
}

/** A handshake came to nothing; `status` is 0 for no valid answer, -1 where nobody was there.
 * @param {!Draft} d @param {!Input} i */
export function refused(d, i) {
  if (d.phase['kind'] !== 'dialing' || d.phase['connection'] !== i['connection']) return;
  d.withoutResume = i['status'] === 0 && d.phase['offered'] && d.resuming.token === null;
  const stop = [400, 401, 403].includes(i['status']);
  if (d.config.asks_transport) ask(d, i['retryAfterMs'], stop);
  else if (stop) stopped(d, 0, `the handshake was refused with ${i['status']}`);
  else again(d, i['retryAfterMs'], 'the handshake failed');
}

/** @param {!Draft} d @param {!Input} i */
export function closed(d, i) {
  if (CONNECTED.includes(d.phase['kind']) && d.phase['connection'] === i['connection']) {
    after(d, i['code'], i['reason']);
  }
}

/** The client itself gives a connection up. @param {!Draft} d @param {number} code @param {string} reason */
export function leave(d, code, reason) {
  put(d, { kind: 'close', connection: d.phase['connection'], code, reason });
  after(d, code, reason);
}

function after(d, code, reason) {
  if (code >= 4100 && code <= 4199) resume(d, { token: null });
  const floorMs = isOpen(d) ? d.phase['retryAfterMs'] : 0;
  if (stops(code)) stopped(d, code, `closed with ${code}${reason ? `: ${reason}` : ''}`);
  else if (code === 4001 && d.config.asks_transport) ask(d, floorMs, false);
  else again(d, floorMs, `closed with ${code}`);
}

function stopped(d, code, reason) {
  d.phase = { kind: 'idle', superseded: code === 4204 };
  report(d, 'disconnected', 0, reason);
}

function ask(d, floorMs, stopAfter) {
  d.phase = { kind: 'asking', deadline: d.now.ms + TRANSPORT_TIMEOUT_MS, floorMs, stopAfter };
  report(d, 'reconnecting', 0, 'asking which transport to use');
  put(d, { kind: 'ask' });
}

/** What /api/transport said; null when it did not answer. @param {!Draft} d @param {?boolean} websocket */
export function transportSaid(d, websocket) {
  const p = d.phase;
  if (p['kind'] === 'asking') {
    if (websocket === false) start(d);
    else if (p['stopAfter']) stopped(d, 0, 'the handshake was refused');
    else again(d, p['floorMs'], 'the connection was lost');
  } else if (p['kind'] === 'http' && websocket !== null) regain(d, websocket);
}

/** Schedules the next attempt, or gives up after the last. */
function again(d, floorMs, reason) {
  d.attempt++;
  if (d.attempt > d.config.reconnect_max_attempts) {
    stopped(d, 0, `gave up after ${d.attempt - 1} attempts: ${reason}`);
    return;
  }
  const delay = delayMs(d, d.attempt, floorMs);
  d.phase = { kind: 'waiting', dueAt: d.now.ms + delay };
  report(d, 'reconnecting', delay, reason);
}

/** The connection has proved itself: the next loss counts from one again. @param {!Draft} d */
export function progressed(d) {
  d.attempt = 0;
  if (isOpen(d)) alter(d, { stableAt: Infinity });
}
