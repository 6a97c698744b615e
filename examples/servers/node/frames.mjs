// The frames of the protocol: written with a timestamp, read with suspicion.

const MAX_DEPTH = 64;

export const ERRORS = {
  // code: [for people, retryable]
  agent_failed: ['The agent failed.', true],
  agent_timeout: ['The agent took too long.', true],
  bad_session_id: ['session_id is 1 to 128 of A-Z a-z 0-9 . _ -', false],
  busy: ['Too many messages are waiting in this session.', true],
  draining: ['The server is going down; try again soon.', true],
  empty_content: ['A message needs a text that is not empty.', false],
  invalid_frame: ['This is not a frame, or one of its fields is of the wrong kind.', false],
  invalid_json: ['This is not JSON.', false],
  not_found: ['Nothing is here.', false],
  origin_forbidden: ['Pages of this origin may not connect.', false],
  replay_overflow: ['More was said while you were away than could be kept.', false],
  session_mismatch: ['This connection belongs to another session.', false],
  too_large: ['This is too large.', false],
  unknown_type: ['No frame is of this type.', false],
};

export class BadFrame extends Error {
  constructor(code, replyTo) {
    super(code);
    Object.assign(this, { code, replyTo });
  }
}

export function frame(type, data, fields) {
  return { type, data, timestamp: new Date().toISOString(), ...fields };
}

export function error(code, fields) {
  const [text, retryable] = ERRORS[code];
  return frame('error', { error: text, code, retryable }, fields);
}

export const isName = (value) => typeof value === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(value);
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string';
const isFlag = (value) => typeof value === 'boolean';
const isPosition = (value) => Number.isSafeInteger(value) && value >= 0;

const FIELDS = {
  data: isObject,
  timestamp: isText,
  replay: isFlag,
  ...{ id: isName, session_id: isName, reply_to: isName, run_id: isName },
  ...{ seq: isPosition, ack: isPosition },
};

const deeperThan = (levels, value) =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((child) => deeperThan(levels - 1, child)));

/** Refuses lone surrogates, which no UTF-8 can carry. */
function wellFormed(key, value) {
  if (!key.isWellFormed() || (isText(value) && !value.isWellFormed())) throw new BadFrame('invalid_json');
  return value;
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadFrame('invalid_json');
  }
}

/** JSON.parse keeps the last of two equal keys; a server that must refuse them needs another parser. */
export function parseObject(text) {
  const value = parseJson(text);
  if (deeperThan(MAX_DEPTH, value)) throw new BadFrame('invalid_json');
  if (/\\u[dD][89a-fA-F]/.test(text)) JSON.parse(text, wellFormed);
  if (!isObject(value)) throw new BadFrame('invalid_frame');
  return value;
}

export function parseFrame(text) {
  const value = parseObject(text);
  const wrong = Object.entries(FIELDS).some(([name, fits]) => value[name] != null && !fits(value[name]));
  if (wrong || !isText(value.type)) throw new BadFrame('invalid_frame', isName(value.id) ? value.id : undefined);
  return value;
}
