// A client while one step changes it, and what every part of the machine does with it.
import { Config, Draft, Frame, Output, Phase, Resuming, State, Tick } from './types.js';

export const NEVER = Infinity;

/**
 * A client that has not done anything yet; `clientId` is random, one a tab.
 *
 * @param {?string} sessionId
 * @param {string} clientId
 * @return {!State}
 */
export function fresh(sessionId, clientId) {
  return {
    phase: { kind: 'idle', superseded: false }, reported: 'disconnected', sessionId, connection: 0,
    attempt: 0, withoutResume: false, written: [], waiting: [],
    resuming: {
      clientId, attempt: 0, token: null, epoch: null, lastSeq: 0, received: 0, gapAt: 0, maxFrameBytes: 0,
    },
    endedRuns: [], wakeAt: NEVER,
  };
}

/** @param {!Draft} d @param {!Output} output */
export const put = (d, output) => void d.outputs.push(output);

/** @param {!Draft} d @param {!Object<string, ?>} changed */
export const resume = (d, changed) => {
  d.resuming = /** @type {!Resuming} */ ({ ...d.resuming, ...changed });
};

/** Changes the phase in place of its kind. @param {!Draft} d @param {!Object<string, ?>} changed */
export const alter = (d, changed) => {
  d.phase = /** @type {!Phase} */ ({ ...d.phase, ...changed });
};

/**
 * Tells of a state; only who waits waits for an attempt: asking which transport to use is none.
 *
 * @param {!Draft} d
 * @param {string} state
 * @param {number} delayMs
 * @param {string} reason
 */
export function report(d, state, delayMs, reason) {
  d.reported = state;
  const attempt = state === 'reconnecting' && delayMs > 0 ? d.attempt : 0;
  put(d, { kind: 'state', state, attempt, delayMs, reason });
}

/**
 * Sends on the open connection; in profile resume the acknowledgement travels along.
 *
 * @param {!Draft} d
 * @param {string} type
 * @param {!Object<string, ?>} data
 * @param {!Object<string, ?>=} envelope
 */
export function send(d, type, data, envelope) {
  /** @type {!Frame} */
  const frame = { type, data, timestamp: d.now.wall, ...(envelope ?? {}) };
  if (resumes(d) && !d.phase['reset']) {
    frame['ack'] = d.resuming.received;
    alter(d, { unackedFrames: 0, ackBy: NEVER });
  }
  put(d, { kind: 'send', connection: d.phase['connection'], frame });
}

/** @param {!Draft} d @return {boolean} */
export const isOpen = (d) => d.phase['kind'] === 'open';

/** Whether the open connection speaks profile resume. @param {!Draft} d @return {boolean} */
export const resumes = (d) => isOpen(d) && d.phase['profile'] === 'resume';

/** @param {!Draft} d @param {string} capability @return {boolean} */
export const has = (d, capability) => d.phase['capabilities'].includes(capability);

/** Delay before an attempt, from 1; what the server asked for is a floor.
 * @param {!Draft} d @param {number} attempt @param {number} floorMs @return {number} */
export function delayMs(d, attempt, floorMs) {
  const c = d.config;
  const grown = Math.min(c.reconnect_base_ms * 2 ** Math.min(attempt - 1, 40), c.reconnect_cap_ms);
  return Math.max(floorMs, grown + d.now.uniform(c.reconnect_jitter_ms + 1));
}
