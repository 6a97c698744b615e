// Frames as they come in: read by kind, strictly in profile resume, tolerantly in profile core.
import { Frame } from './types.js';

const MAX_DEPTH = 64;
const NAME = /^[A-Za-z0-9._-]{1,128}$/;

const isObject = (value) => typeof value === 'object' && !Array.isArray(value);
const isText = (value) => typeof value === 'string';
const isName = (value) => isText(value) && NAME.test(value);
const isFlag = (value) => typeof value === 'boolean';
const isPosition = (value) => Number.isSafeInteger(value) && value >= 0;
const isListOf = (kind) => (value) => Array.isArray(value) && value.every((e) => e !== null && kind(e));
const isOneOf = (...words) => (value) => words.includes(value);

const isStream = (value) =>
  isObject(value) && isOneOf('start', 'delta', 'end', 'aborted')(value['state']) &&
  (value['offset'] == null || isPosition(value['offset']));

const isRun = (value) =>
  isObject(value) && isText(value['run_id']) && isText(value['state']) &&
  (value['error'] == null || isObject(value['error']));

const ENVELOPE = {
  timestamp: isText, session_id: isName, id: isName, seq: isPosition, ack: isPosition,
  reply_to: isName, run_id: isText, replay: isFlag,
};

/** The fields of `data` that this version knows, by type and, for status, by word. */
const KINDS = {
  message: {
    session_id: isText, message_history: isListOf(isObject), artifacts: isListOf(isObject),
    role: isText, stream: isStream, delta: isText,
  },
  tool_execution: { tool: isText, tool_call_id: isText, status: isText },
  error: { error: isText, code: isText, retryable: isFlag, indeterminate: isFlag },
  ping: {},
  pong: {},
  status: { status: isText },
};
const STATUS = {
  processing: { stage: isText, message: isText, tasks_identified: isListOf(isText) },
  connected: { session_id: isText, heartbeat_interval_ms: isPosition, message: isText },
  ack: { queued: isPosition, duplicate: isFlag },
  caught_up: { seq: isPosition },
  snapshot: { runs: isListOf(isRun), truncated: isFlag },
  drain: { retry_after_ms: isPosition },
  presence: { members: isListOf(isObject) },
};
const RESUMPTION = {
  outcome: isOneOf('new', 'resumed', 'reset'),
  reason: isOneOf('expired', 'overflow', 'epoch_changed', 'unknown'),
  ids_kept: isFlag, epoch: isText, resume_token: isText, ack: isPosition, top_seq: isPosition,
  pong_timeout_ms: isPosition, max_frame_bytes: isPosition, capabilities: isListOf(isText),
};

/** Whether all known fields are of their kind; the wrong ones are dropped on the way. */
function sift(object, kinds) {
  let sound = true;
  for (const name in kinds) {
    if (object[name] != null && !kinds[name](object[name])) {
      delete object[name];
      sound = false;
    }
  }
  return sound;
}

/** Whether a text nests deeper than any frame does: what JSON.parse takes may overflow others. */
function tooDeep(text) {
  for (let i = 0, depth = 0, quoted = false; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 92) i++;
      else quoted = c !== 34;
    } else if (c === 34) quoted = true;
    else if (c === 123 || c === 91) {
      if (++depth > MAX_DEPTH) return true;
    } else if (c === 125 || c === 93) depth--;
  }
  return false;
}

function siftData(type, data) {
  let sound = sift(data, KINDS[type]);
  if (type === 'message' && !isText(data['content'])) delete data['content'];
  if (type === 'error') data['error'] ??= '';
  if (type === 'tool_execution') {
    data['tool'] ??= '';
    data['status'] ??= '';
  }
  if (type === 'status') {
    sound = sift(data, STATUS[data['status']] ?? {}) && sound;
    if (data['status'] === 'connected' && data['outcome'] != null) {
      const whole = sift(data, RESUMPTION) && isText(data['epoch']) && isText(data['resume_token']);
      if (!whole) delete data['outcome'];
      sound = sound && whole;
    }
  }
  return sound;
}

/**
 * Reads a text as a frame; a violation gives no frame, but the position that it took (or -1).
 *
 * @param {string} text
 * @param {boolean} strict
 * @return {{frame: ?Frame, seq: number}}
 */
export function decode(text, strict) {
  /** @type {?} */
  let root;
  try {
    root = tooDeep(text) ? null : JSON.parse(text);
  } catch (malformed) {
    root = null;
  }
  if (root === null || !isObject(root)) return { frame: null, seq: -1 };
  const seq = isPosition(root['seq']) && root['seq'] > 0 ? root['seq'] : -1;
  const known = isText(root['type']) && Object.hasOwn(KINDS, root['type']);
  root['data'] ??= {};
  const readable = known && isObject(root['data']);
  if (!readable) return { frame: null, seq };
  const enveloped = sift(root, ENVELOPE);
  const sound = siftData(root['type'], root['data']) && enveloped;
  return { frame: /** @type {?Frame} */ (sound || !strict ? root : null), seq };
}

/**
 * Whether a frame is a whole answer of the agent: neither a piece nor an echo.
 *
 * @param {!Frame} frame
 * @return {boolean}
 */
export function isAnswer(frame) {
  const data = frame['data'];
  return frame['type'] === 'message' && !data['stream'] && data['role'] !== 'user' && isText(data['content']);
}
