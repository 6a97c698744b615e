// What became of each thing said.
import { Draft, Entry, Frame } from './types.js';
import { isOpen, put, resume, resumes } from './draft.js';
import { isAnswer } from './frames.js';
import { progressed } from './dialing.js';
import { drained } from './listening.js';
import { resend } from './speaking.js';

const REMEMBERED_RUNS = 256;
const ENDING = ['agent_failed', 'agent_timeout', 'interrupted', 'cancelled'];

/** Whether the application has not seen this yet: a run's end is shown once.
 * @param {!Draft} d @param {!Frame} frame @return {boolean} */
export const isNews = (d, frame) => frame['run_id'] == null || !d.endedRuns.includes(frame['run_id']);

const isCore = (d) => isOpen(d) && !resumes(d);

/** Puts a changed entry in the place of one that was written; a finished one leaves. */
function replace(d, entry, changed) {
  const merged = { ...entry, ...changed };
  const finished = merged.settled && (merged.seq === 0 || merged.acked);
  d.written = d.written.flatMap((e) => (e === entry ? (finished ? [] : [merged]) : [e]));
  return merged;
}

/** Learns from a frame which run a message started, and whether it ended.
 * @param {!Draft} d @param {!Frame} frame */
export function observe(d, frame) {
  let entry = subject(d, frame);
  if (entry && frame['run_id'] != null) entry = replace(d, entry, { runId: frame['run_id'] });
  if (isAnswer(frame)) ended(d, frame, entry, 'answered', null);
  else if (frame['type'] === 'error') failed(d, frame, entry);
}

function failed(d, frame, entry) {
  const { code = null, indeterminate } = frame['data'];
  const ofRun = frame['run_id'] != null;
  const ofFrame = !ofRun && !!entry && entry.runId === null;
  const outcome = indeterminate ? 'indeterminate' : 'failed';
  if (ofFrame && code === 'draining') {
    replace(d, entry, { connection: 0 });
    drained(d, 0);
  } else if (ofRun || ofFrame) ended(d, frame, entry, outcome, code);
  else if (isCore(d) && (code === null || ENDING.includes(code))) {
    ended(d, frame, d.written[0], outcome, code);
  }
}

function ended(d, frame, entry, outcome, code) {
  if (frame['run_id'] != null) remember(d, frame['run_id']);
  const meant = entry ?? positional(d, frame);
  if (meant) settle(d, meant, outcome, code);
}

/** A plain server names nothing: its answers come in the order of the messages. */
const positional = (d, frame) => (isCore(d) && frame['reply_to'] == null ? d.written[0] : undefined);

/** The written entry that a frame speaks of, by its id or its run. */
const subject = (d, frame) =>
  d.written.find((e) => e.id === frame['reply_to'] || (e.runId !== null && e.runId === frame['run_id']));

/** @param {!Draft} d @param {!Entry} entry @param {string} outcome @param {?string} code */
export function settle(d, entry, outcome, code) {
  if (d.written.includes(entry) && !entry.settled) {
    put(d, { kind: 'settled', id: entry.id, outcome, code });
    replace(d, entry, { settled: true });
  }
}

/** @param {!Draft} d @param {string} runId */
export function remember(d, runId) {
  d.endedRuns = [...d.endedRuns, runId].slice(-REMEMBERED_RUNS);
}

/** The server has this id already: it will answer under the run that it names.
 * @param {!Draft} d @param {!Frame} frame */
export function duplicate(d, frame) {
  const entry = subject(d, frame);
  if (entry && frame['run_id'] != null) replace(d, entry, { acked: true, runId: frame['run_id'] });
}

/** Profile core after a reconnect: what was written before may have been lost on the way. It is
 * not sent again, for it may as well have arrived; its answer may still come. @param {!Draft} d */
export function connectionChanged(d) {
  for (let excess = d.written.length - d.config.unacked_limit; excess > 0; excess--) {
    settle(d, d.written[0], 'indeterminate', 'connection_lost');
  }
}

/** Profile resume: the server said what it made of the hello.
 * @param {!Draft} d @param {!Object<string, ?>} r */
export function admitted(d, r) {
  resume(d, { token: r['resume_token'], maxFrameBytes: r['max_frame_bytes'] ?? 0 });
  if (r['outcome'] === 'reset') return;
  resume(d, { epoch: r['epoch'] });
  if (acked(d, r['ack'] ?? 0)) progressed(d);
  resend(d);
}

/** What lies up to a position is held by the server; what is settled needs no more than that.
 * Tells whether anything was not known to be held before.
 * @param {!Draft} d @param {number} position @return {boolean} */
export function acked(d, position) {
  const news = (entry) => !entry.acked && entry.seq > 0 && entry.seq <= position;
  if (!d.written.some(news)) return false;
  d.written = d.written.flatMap((e) => (news(e) ? (e.settled ? [] : [{ ...e, acked: true }]) : [e]));
  return true;
}

/** The server lost state: what it surely does not hold is said again or given up, never both.
 * @param {!Draft} d @param {!Object<string, ?>} r */
export function reset(d, r) {
  if (r['epoch'] === d.resuming.epoch) acked(d, r['ack'] ?? 0);
  resume(d, { epoch: r['epoch'], received: r['top_seq'] ?? 0, gapAt: 0, lastSeq: r['ack'] ?? 0 });
  if (r['ids_kept']) {
    renumber(d);
    return;
  }
  for (const entry of d.written) {
    if (!entry.acked) settle(d, entry, 'indeterminate', 'reset');
  }
  d.written = d.written.filter((entry) => entry.acked);
}

/** Gives the unacked new positions, as the numbering of this client starts over. */
function renumber(d) {
  d.written = d.written
    .filter((e) => !e.settled || e.type !== 'message')
    .map((e) => {
      if (e.acked) return e;
      resume(d, { lastSeq: d.resuming.lastSeq + 1 });
      return { ...e, timestamp: e.timestamp ?? d.now.wall, seq: d.resuming.lastSeq };
    });
}

/** After a reset: what the server still knows of the runs that we wait for, acked or not.
 * @param {!Draft} d @param {!Array<!Object<string, ?>>} runs */
export function restored(d, runs) {
  for (const entry of d.written) {
    const run = runs.find((one) => one['message_id'] === entry.id);
    if (run && (run['state'] === 'completed' || run['state'] === 'failed')) {
      remember(d, run['run_id']);
      settle(d, entry, run['error'] ? 'failed' : 'answered', run['error']?.['code'] ?? null);
    }
  }
}

/** What the server held once and does not know any more.
 * @param {!Draft} d @param {!Object<string, ?>} snapshot */
export function missed(d, snapshot) {
  const known = new Set((snapshot['runs'] ?? []).map((run) => run['message_id']));
  for (const entry of d.written) {
    if (entry.acked && !snapshot['truncated'] && !known.has(entry.id)) {
      settle(d, entry, 'indeterminate', 'lost_on_reset');
    }
  }
}

/** A superseded client comes back as another: its positions, where it has any, start over.
 * @param {!Draft} d @param {string} clientId */
export function newClientId(d, clientId) {
  resume(d, { clientId, attempt: 0, lastSeq: 0 });
  if (d.resuming.epoch !== null) renumber(d);
}

/** Whether somebody waits for an answer that nothing will bring about any more.
 * @param {!Entry} entry @return {boolean} */
export const mayBeGivenUp = (entry) => !entry.settled && (entry.seq === 0 || entry.acked);

/** Nothing is waited for without end. @param {!Draft} d */
export function giveUpOnLate(d) {
  for (const entry of d.written) {
    if (mayBeGivenUp(entry) && d.now.ms >= entry.giveUpAt) settle(d, entry, 'indeterminate', 'no_answer');
  }
}
