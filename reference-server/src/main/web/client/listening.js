// What a frame from the server leads to.
import { Draft, Frame, Input } from './types.js';
import { NEVER, alter, has, isOpen, put, report, resume, resumes, send } from './draft.js';
import { leave, progressed } from './dialing.js';
import { ack, acknowledged, flush, resend } from './speaking.js';
import { admitted, connectionChanged, duplicate, isNews, missed, observe, reset, restored } from './settling.js';

/** An acknowledgement waits so long, or for so many frames, before it travels alone. */
const ACK_DELAY_MS = 200;
const ACK_FRAMES = 32;

/** @param {!Draft} d @param {!Input} i */
export function received(d, i) {
  const kind = d.phase['kind'];
  const { frame, seq } = i['decoded'];
  if (d.phase['connection'] !== i['connection']) return;
  if (kind === 'greeting' && frame) greeted(d, frame);
  else if (kind === 'open') {
    alter(d, { answerBy: NEVER });
    if (frame) inPosition(d, frame);
    else if (!d.phase['reset'] && isNext(d, seq)) counted(d, seq);
  }
}

function greeted(d, frame) {
  const data = frame['data'];
  if (frame['type'] !== 'status' || data['status'] !== 'connected') return;
  if (data['session_id'] != null && d.sessionId === null) d.sessionId = data['session_id'];
  const r = data['outcome'] == null ? null : data;
  if (d.phase['profile'] === 'resume' && (!r || contradicts(d, r))) {
    leave(d, 4203, 'this does not answer the hello');
    return;
  }
  open(d, data, r);
  report(d, 'connected', 0, '');
  if (r) admitted(d, r);
  else {
    connectionChanged(d);
    resend(d);
  }
  flush(d);
}

/** Without a reset the epoch stays, and nothing can be held that was never said. */
function contradicts(d, r) {
  const otherEpoch = d.resuming.epoch !== null && d.resuming.epoch !== r['epoch'];
  return r['outcome'] !== 'reset' && (otherEpoch || (r['ack'] ?? 0) > d.resuming.lastSeq);
}

function open(d, data, r) {
  const { connection, profile } = d.phase;
  const { config, now } = d;
  const obeyed = (value, own) => (!config.heartbeat_fixed && value > 0 ? value : own);
  const intervalMs = obeyed(data['heartbeat_interval_ms'], config.heartbeat_interval_ms);
  d.phase = {
    kind: 'open', connection, profile, intervalMs,
    timeoutMs: obeyed(r?.['pong_timeout_ms'], config.pong_timeout_ms),
    // The first ping comes after a uniform part of the interval, so that herds spread out.
    nextPingAt: now.ms + now.uniform(intervalMs + 1),
    answerBy: NEVER, pings: 0, pingedAt: NEVER,
    stableAt: now.ms + config.stable_ms,
    unackedFrames: 0, ackBy: NEVER,
    capabilities: (r?.['capabilities'] ?? []).filter((c) => config.capabilities.includes(c)),
    reset: r?.['outcome'] === 'reset' ? r : null,
    draining: false, retryAfterMs: 0,
  };
}

/** Positions decide whether a frame is new, old or too early; most frames have none. */
function inPosition(d, frame) {
  if (d.phase['reset']) snapshot(d, frame);
  else if (resumes(d) && frame['ack'] > d.resuming.lastSeq) leave(d, 4203, 'ack beyond what was sent');
  else {
    acknowledged(d, frame['ack']);
    const seq = frame['seq'] ?? -1;
    if (isNext(d, seq)) {
      heard(d, frame);
      counted(d, seq);
    }
  }
}

function isNext(d, seq) {
  const next = d.resuming.received + 1;
  if (!resumes(d) || seq <= 0 || seq === next) return true;
  if (seq < next) owesAck(d);
  else gap(d, next);
  return false;
}

/** It was handed to the application (or cannot be read by anyone): now it may be acknowledged. */
function counted(d, seq) {
  if (seq > 0 && resumes(d)) {
    resume(d, { received: seq, gapAt: 0 });
    progressed(d);
    owesAck(d);
  }
}

function gap(d, missing) {
  const again = d.resuming.gapAt === missing;
  resume(d, { gapAt: missing });
  leave(d, again ? 4203 : 4003, `position ${missing} is missing`);
}

function owesAck(d) {
  const unackedFrames = d.phase['unackedFrames'] + 1;
  alter(d, { unackedFrames, ackBy: Math.min(d.phase['ackBy'], d.now.ms + ACK_DELAY_MS) });
  if (unackedFrames >= ACK_FRAMES) ack(d);
}

/** What belongs to a capability that was not agreed on is counted and skipped. */
function unasked(d, frame) {
  const data = frame['data'];
  return (
    (data['origin'] === 'push' && !has(d, 'push')) ||
    (frame['type'] === 'message' &&
      ((data['role'] === 'user' && !has(d, 'sync')) || (data['stream'] != null && !has(d, 'tokens')))) ||
    (data['status'] === 'presence' && frame['type'] === 'status' && !has(d, 'presence'))
  );
}

function heard(d, frame) {
  if (unasked(d, frame)) return;
  const data = frame['data'];
  switch (frame['type']) {
    case 'ping':
      send(d, 'pong', {}, frame['id'] == null ? {} : { reply_to: frame['id'] });
      break;
    case 'pong':
      pong(d, frame);
      break;
    case 'status':
      if (data['status'] === 'processing' || data['status'] === 'presence') toApplication(d, frame);
      else if (data['status'] === 'drain') drained(d, data['retry_after_ms'] ?? 0);
      else if (data['status'] === 'ack' && data['duplicate']) duplicate(d, frame);
      break;
    default:
      toApplication(d, frame);
  }
}

function toApplication(d, frame) {
  if (!resumes(d)) progressed(d);
  if (isNews(d, frame)) {
    put(d, { kind: 'deliver', frame });
    observe(d, frame);
    flush(d);
  }
}

function pong(d, frame) {
  const { pings, pingedAt } = d.phase;
  if (pings > 0 && (frame['reply_to'] == null || frame['reply_to'] === `p${pings}`)) {
    put(d, { kind: 'latency', ms: d.now.ms - pingedAt });
  }
}

/** With its snapshot a reset takes effect; one that never came leaves everything as it was. */
function snapshot(d, frame) {
  const data = frame['data'];
  const pending = d.phase['reset'];
  if (frame['type'] !== 'status' || data['status'] !== 'snapshot') {
    leave(d, 4203, 'a reset must go on with a snapshot');
    return;
  }
  alter(d, { reset: null });
  put(d, { kind: 'deliver', frame });
  restored(d, data['runs'] ?? []);
  reset(d, pending);
  missed(d, data);
  resend(d);
  flush(d);
  owesAck(d);
}

/** @param {!Draft} d @param {number} retryAfterMs */
export function drained(d, retryAfterMs) {
  if (isOpen(d)) {
    alter(d, { draining: true, retryAfterMs: Math.max(d.phase['retryAfterMs'], retryAfterMs) });
  }
}
