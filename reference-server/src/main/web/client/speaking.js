// What the client sends: things said, in order and within bounds; pings; acknowledgements.
import { Draft, Entry } from './types.js';
import { NEVER, alter, has, isOpen, put, resume, resumes, send } from './draft.js';
import { progressed } from './dialing.js';
import { next } from './posting.js';
import { acked } from './settling.js';

/** A character can take up to six bytes in a frame, as an escape. */
const WORST_BYTES_A_CHARACTER = 6;
const MAX_POSITION = Number.MAX_SAFE_INTEGER;

/** @param {!Draft} d @param {string} id @param {string} content */
export function say(d, id, content) {
  if (tooLarge(d, id, content)) put(d, { kind: 'refuse', id, code: 'too_large' });
  else enqueue(d, said(id, 'message', { content }, false));
}

/** A request that this client or its server has no word for is dropped; nobody waits for its end.
 * @param {!Draft} d @param {string} id @param {string} runId */
export function cancel(d, id, runId) {
  if (d.config.capabilities.includes('cancel')) {
    enqueue(d, said(id, 'status', { status: 'cancel', run_id: runId }, true));
  }
}

/** @return {!Entry} */
const said = (id, type, data, settled) => ({
  id, type, data, timestamp: null, seq: 0, connection: 0, acked: false, runId: null, giveUpAt: NEVER, settled,
});

function enqueue(d, entry) {
  const direct = isOpen(d) && !d.waiting.length && hasRoom(d);
  if (!direct && d.waiting.length >= d.config.queue_limit) {
    put(d, { kind: 'refuse', id: entry.id, code: 'queue_full' });
    return;
  }
  d.waiting = [...d.waiting, entry];
  flush(d);
}

function tooLarge(d, id, content) {
  const limit = d.resuming.maxFrameBytes || d.config.max_frame_bytes;
  if (content.length * WORST_BYTES_A_CHARACTER + 1024 <= limit) return false;
  const largest = {
    type: 'message', data: { content }, timestamp: d.now.wall, session_id: d.sessionId ?? undefined, id,
    seq: MAX_POSITION, ack: MAX_POSITION,
  };
  return new TextEncoder().encode(JSON.stringify(largest)).length > limit;
}

/** Writes what waits, oldest first, as far as the bound on what is not acknowledged allows.
 * @param {!Draft} d */
export function flush(d) {
  if (d.phase['kind'] === 'http') next(d);
  while (isOpen(d) && !d.phase['draining'] && !d.phase['reset'] && d.waiting.length && hasRoom(d)) {
    const [entry, ...rest] = d.waiting;
    d.waiting = rest;
    if (entry.type === 'message' || has(d, 'cancel')) {
      d.written = [...d.written, write(d, entry, resumes(d) ? nextPosition(d) : 0)];
    }
  }
}

/** The connection takes no more writes, though its end is still to come: what is said waits for the next one.
 * @param {!Draft} d @param {!Object<string, ?>} i */
export function hold(d, i) {
  if (isOpen(d) && d.phase['connection'] === i['connection']) alter(d, { draining: true });
}

function hasRoom(d) {
  const pending = resumes(d)
    ? d.written.filter((entry) => !entry.acked)
    : d.written.filter((entry) => entry.connection === d.phase['connection']);
  return pending.length < d.config.unacked_limit;
}

function nextPosition(d) {
  resume(d, { lastSeq: d.resuming.lastSeq + 1 });
  return d.resuming.lastSeq;
}

/** Writes an entry on the open connection; a resend keeps its timestamp. @return {!Entry} */
function write(d, entry, seq) {
  const timestamp = entry.timestamp ?? d.now.wall;
  send(d, entry.type, entry.data, { timestamp, id: entry.id, ...(seq ? { seq } : {}) });
  const giveUpAt = d.now.ms + d.config.answer_timeout_ms;
  return { ...entry, timestamp, seq, connection: d.phase['connection'], acked: false, giveUpAt };
}

/** Sends again what the server does not hold: the same id, position and timestamp. In profile core
 * that is only what the server refused for a drain or what was on its way over HTTP. @param {!Draft} d */
export function resend(d) {
  d.written = d.written.map((entry) => {
    const again = resumes(d) ? !entry.acked : entry.connection === 0;
    return again ? write(d, entry, resumes(d) && !entry.seq ? nextPosition(d) : entry.seq) : entry;
  });
}

/** The server holds what lies up to this position: there may be room for what waits.
 * @param {!Draft} d @param {number|undefined} position */
export function acknowledged(d, position) {
  if (resumes(d) && position) {
    if (acked(d, position)) progressed(d);
    flush(d);
  }
}

/** @param {!Draft} d */
export function ping(d) {
  const pings = d.phase['pings'] + 1;
  const { ms } = d.now;
  const answerBy = Math.min(d.phase['answerBy'], ms + d.phase['timeoutMs']);
  alter(d, { pings, pingedAt: ms, nextPingAt: ms + d.phase['intervalMs'], answerBy });
  send(d, 'ping', {}, { id: `p${pings}` });
}

/** An acknowledgement that travels alone. @param {!Draft} d */
export function ack(d) {
  send(d, 'status', { status: 'ack', ...(d.waiting.length ? { queued: d.waiting.length } : {}) });
}
