// The client's machine: a pure function, equal to the reference client's. Hand in one input at a time, carry out
// all outputs in order before the next, and hand in `woken` at the newest `wake`; waking early does no harm.
// What is reported of an older connection is ignored, so that nothing outlives its socket.
import { Config, Draft, Input, Output, State, Tick } from './types.js';
import { NEVER } from './draft.js';
import * as dialing from './dialing.js';
import { received } from './listening.js';
import * as posting from './posting.js';
import { giveUpOnLate, mayBeGivenUp } from './settling.js';
import * as speaking from './speaking.js';

/** @type {!Config} */
export const STANDARD = {
  offers: 'resume', reconnect_base_ms: 1000, reconnect_cap_ms: 30000, reconnect_jitter_ms: 1000,
  reconnect_max_attempts: 10, heartbeat_interval_ms: 30000, heartbeat_fixed: false, pong_timeout_ms: 10000,
  connect_timeout_ms: 10000, answer_timeout_ms: 150000, queue_limit: 100, unacked_limit: 100,
  stable_ms: 60000, max_frame_bytes: 1 << 20, asks_transport: true, recheck_ms: 30000,
  capabilities: ['tokens', 'cancel'],
};

/**
 * @param {!State} state
 * @param {!Input} input
 * @param {!Tick} now
 * @param {!Config} config
 * @return {{state: !State, outputs: !Array<!Output>}}
 */
export function step(state, input, now, config) {
  /** @type {!Draft} */
  const d = /** @type {?} */ ({ ...state, config, now, outputs: [] });
  INPUTS[input['kind']](d, input);
  const deadline = nextDeadline(d);
  if (deadline < d.wakeAt || now.ms >= d.wakeAt) {
    d.wakeAt = deadline;
    if (deadline !== NEVER) d.outputs.push({ kind: 'wake', at: deadline });
  }
  const { config: c, now: n, outputs, ...next } = /** @type {?} */ (d);
  return { state: /** @type {?} */ (next), outputs };
}

const INPUTS = {
  connect: (d) => dialing.wanted(d),
  retry: (d, i) => dialing.retried(d, i['freshClientId']),
  disconnect: (d) => dialing.unwanted(d),
  say: (d, i) => speaking.say(d, i['id'], i['content']),
  cancel: (d, i) => speaking.cancel(d, i['id'], i['runId']),
  opened: dialing.opened,
  refused: dialing.refused,
  closing: speaking.hold,
  closed: dialing.closed,
  received,
  transport: (d, i) => dialing.transportSaid(d, i['websocket']),
  posted: posting.posted,
  woken,
};

function woken(d) {
  const p = d.phase;
  const { ms } = d.now;
  switch (p['kind']) {
    case 'dialing':
      if (ms >= p['deadline']) {
        d.outputs.push({ kind: 'close', connection: p['connection'], code: 1000, reason: 'handshake timeout' });
        dialing.refused(d, { connection: p['connection'], status: -1, retryAfterMs: 0 });
      }
      break;
    case 'greeting':
      if (ms >= p['deadline']) dialing.leave(d, 4000, 'no greeting came');
      break;
    case 'open':
      attend(d);
      break;
    case 'waiting':
      if (ms >= p['dueAt']) dialing.dial(d);
      break;
    case 'asking':
      if (ms >= p['deadline']) dialing.transportSaid(d, null);
      break;
    case 'http':
      posting.woken(d);
      break;
  }
  giveUpOnLate(d);
}

function attend(d) {
  const { answerBy, stableAt, nextPingAt, ackBy } = d.phase;
  const { ms } = d.now;
  if (ms >= answerBy) {
    dialing.leave(d, 4000, 'nothing was heard after a ping');
    return;
  }
  if (ms >= stableAt) dialing.progressed(d);
  if (ms >= nextPingAt) speaking.ping(d);
  if (ms >= ackBy) speaking.ack(d);
}

function nextDeadline(d) {
  const p = d.phase;
  const of = {
    idle: [], dialing: [p['deadline']], greeting: [p['deadline']], waiting: [p['dueAt']], asking: [p['deadline']],
    open: [p['nextPingAt'], p['answerBy'], p['stableAt'], p['ackBy']], http: [p['recheckAt'], p['nextAt']],
  };
  const late = d.written.filter(mayBeGivenUp).map((entry) => entry.giveUpAt);
  return Math.min(NEVER, ...of[p['kind']], ...late);
}
