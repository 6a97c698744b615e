// On HTTP: everything kept is posted, one at a time, in order, with its id.
import { Draft, Entry, Frame, Input } from './types.js';
import { NEVER, alter, delayMs, put, report } from './draft.js';
import { dial } from './dialing.js';
import { isNews, remember, settle } from './settling.js';

/** @param {!Draft} d */
export function start(d) {
  const recheckAt = d.now.ms + d.config.recheck_ms;
  d.phase = { kind: 'http', posting: null, attempt: 0, nextAt: NEVER, recheckAt, regained: false };
  report(d, 'connected', 0, 'over HTTP');
  next(d);
}

/** Posts the oldest message unless one is under way or a failed one waits. @param {!Draft} d */
export function next(d) {
  if (d.phase['kind'] !== 'http' || d.phase['posting'] !== null || d.phase['nextAt'] !== NEVER) return;
  const entry = oldest(d);
  if (entry?.type === 'message') {
    taken(d, entry);
    alter(d, { posting: entry.id, nextAt: NEVER });
    put(d, { kind: 'post', id: entry.id, content: entry.data['content'], token: d.resuming.token });
  }
}

/** What is posted waits no longer: the server may hold it, and a frame may tell of its end. */
function taken(d, entry) {
  if (d.waiting[0] === entry) {
    d.written = [...d.written, { ...entry, connection: 0 }];
    d.waiting = d.waiting.slice(1);
  }
}

/** The oldest message without an end; cancels have no place on HTTP and do not wait for one.
 * @param {!Draft} d @return {?Entry} */
function oldest(d) {
  const kept = d.written.find((entry) => !entry.settled);
  if (kept) return kept;
  while (d.waiting.length && d.waiting[0].settled) d.waiting = d.waiting.slice(1);
  return d.waiting[0] ?? null;
}

/** A POST was answered: ended, rejected or failed. @param {!Draft} d @param {!Input} i */
export function posted(d, i) {
  if (d.phase['kind'] !== 'http' || d.phase['posting'] !== i['id']) return;
  const result = i['result'];
  if (result.kind === 'ended') ended(d, i['id'], result.run);
  else if (result.kind === 'rejected') over(d, i['id'], 'failed', result.code);
  else failed(d, i['id'], result.retryAfterMs);
}

/** The run's end is shown like one that came by the socket, and like that one only once. */
function ended(d, id, run) {
  const { error } = run;
  const answer = { content: run.text, ...(run.artifacts.length ? { artifacts: run.artifacts } : {}) };
  /** @type {!Frame} */
  const frame = {
    type: error ? 'error' : 'message', data: error ?? answer, timestamp: d.now.wall,
    reply_to: id, run_id: run.run_id,
  };
  if (isNews(d, frame)) {
    put(d, { kind: 'deliver', frame });
    remember(d, run.run_id);
  }
  over(d, id, error ? (error.indeterminate ? 'indeterminate' : 'failed') : 'answered', error?.code ?? null);
}

function over(d, id, outcome, code) {
  const entry = oldest(d);
  if (entry && entry.id === id) settle(d, entry, outcome, code);
  alter(d, { posting: null, attempt: 0, nextAt: NEVER });
  goOn(d);
}

function failed(d, id, floorMs) {
  const attempt = d.phase['attempt'] + 1;
  if (attempt > d.config.reconnect_max_attempts) {
    over(d, id, 'indeterminate', 'http_unreachable');
    return;
  }
  alter(d, { posting: null, attempt, nextAt: d.now.ms + delayMs(d, attempt, floorMs) });
  goOn(d);
}

/** Takes the socket if it is back, else posts what comes next. */
function goOn(d) {
  if (d.phase['regained']) regain(d, true);
  else next(d);
}

/** @param {!Draft} d */
export function woken(d) {
  if (d.now.ms >= d.phase['recheckAt']) {
    alter(d, { recheckAt: d.now.ms + d.config.recheck_ms });
    put(d, { kind: 'ask' });
  }
  if (d.now.ms >= d.phase['nextAt']) alter(d, { posting: null, nextAt: NEVER });
  next(d);
}

/** Whether WebSocket is back; a POST under way is waited for, so that nothing overtakes it.
 * @param {!Draft} d @param {boolean} websocket */
export function regain(d, websocket) {
  if (!websocket || d.phase['posting'] !== null) {
    alter(d, { regained: websocket });
    return;
  }
  d.attempt = 0;
  rewritten(d);
  report(d, 'connecting', 0, 'WebSocket is back');
  dial(d);
}

/** Whatever has no position is written again on the next connection. @param {!Draft} d */
export function rewritten(d) {
  d.written = d.written.map((entry) => (entry.seq === 0 ? { ...entry, connection: 0 } : entry));
}
