// The conversation as the page knows it: turns, changed by what the client delivers.

/**
 * What one person's message led to; a turn without an `id` is the server's own.
 *
 * `state`: waiting, sent, answered, failed, indeterminate or cancelled.
 *
 * @typedef {{key: number, id: ?string, said: ?string, state: string, runId: ?string, status: string,
 *   tools: !Array<!Object<string, ?>>, text: string, artifacts: !Array<!Object<string, ?>>,
 *   error: ?Object<string, ?>, retried: boolean}}
 */
export let Turn;

const KEPT = 200;
const OVER = ['answered', 'failed', 'indeterminate', 'cancelled'];

export class Conversation {
  /** @param {function(!Turn)} changed is told of each turn that changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {!Array<!Turn>} */
    this.turns = [];
    this.keys = 0;
  }

  /** @param {?string} id @param {?string} said @return {!Turn} */
  add(id, said) {
    /** @type {!Turn} */
    const turn = {
      key: ++this.keys, id, said, state: id ? 'waiting' : 'sent', runId: null, status: '', tools: [], text: '',
      artifacts: [], error: null, retried: false,
    };
    this.turns.push(turn);
    return turn;
  }

  /** What one says appears at once. @param {string} id @param {string} content */
  say(id, content) {
    this.changed(this.add(id, content));
  }

  /** A message that was not taken never was. @param {string} id @return {!Turn|undefined} */
  forget(id) {
    const gone = this.turns.find((turn) => turn.id === id);
    this.turns = this.turns.filter((turn) => turn.id !== id);
    return gone;
  }

  /** @param {!Array<string>} waiting ids of what was never yet written */
  wrote(waiting) {
    for (const turn of this.turns.slice(-2 * KEPT)) {
      if (turn.state === 'waiting' && !waiting.includes(/** @type {string} */ (turn.id))) {
        turn.state = 'sent';
        this.changed(turn);
      }
    }
  }

  /** @param {!Object<string, ?>} frame */
  deliver(frame) {
    const data = frame['data'];
    if (data['status'] === 'snapshot') {
      for (const run of [...(data['runs'] ?? [])].reverse()) this.restore(run);
      return;
    }
    if (data['status'] === 'presence') return;
    if (data['role'] === 'user') {
      this.echoed(frame);
      return;
    }
    const turn = this.turnOf(frame);
    if (!turn) return;
    if (frame['run_id'] != null) turn.runId = frame['run_id'];
    this.apply(turn, frame, data);
    this.changed(turn);
  }

  apply(turn, frame, data) {
    switch (frame['type']) {
      case 'status':
        turn.status = data['message'] || data['stage'] || '';
        break;
      case 'tool_execution':
        this.tool(turn, data);
        break;
      case 'error':
        turn.error = data;
        turn.state = data['code'] === 'cancelled' ? 'cancelled' : data['indeterminate'] ? 'indeterminate' : 'failed';
        break;
      default:
        if (data['stream']) piece(turn, data);
        else answer(turn, data['content'] ?? '', data['artifacts'] ?? []);
    }
  }

  /** The turn that a frame is about: by its run, by the message it answers, else the oldest without an end. */
  turnOf(frame) {
    const run = frame['run_id'];
    const recent = this.turns.slice(-KEPT);
    const found =
      (run != null && recent.findLast((turn) => turn.runId === run)) ||
      (frame['reply_to'] != null && recent.findLast((turn) => turn.id === frame['reply_to']));
    if (found) return found;
    if (frame['data']['origin'] === 'push') return this.add(null, null);
    const open = recent.find((turn) => turn.state === 'sent' && turn.runId === null && turn.id);
    if (open) return open;
    return frame['type'] === 'error' && run == null ? null : this.add(null, null);
  }

  /** Somebody said something in this session, here or in another tab. */
  echoed(frame) {
    const id = frame['reply_to'] ?? frame['id'] ?? null;
    let turn = this.turns.findLast((one) => (id !== null && one.id === id) || (frame['run_id'] != null && one.runId === frame['run_id']));
    if (!turn) {
      turn = this.add(id, frame['data']['content'] ?? '');
      turn.state = 'sent';
    }
    turn.said ??= frame['data']['content'];
    if (frame['run_id'] != null) turn.runId = frame['run_id'];
    this.changed(turn);
  }

  tool(turn, data) {
    const call = data['tool_call_id'] ?? data['tool'] ?? '';
    let tool = turn.tools.find((one) => one['call'] === call);
    if (!tool) turn.tools.push((tool = { 'call': call, 'name': data['tool'] ?? 'tool', 'at': Date.now(), 'ms': null }));
    tool['state'] = data['status'];
    if (data['status'] === 'running') tool['at'] = Date.now();
    if (['completed', 'error'].includes(data['status'])) tool['ms'] ??= Date.now() - tool['at'];
  }

  /** After a reset: what the server still knows of a run. */
  restore(run) {
    const turn =
      this.turns.findLast((one) => one.runId === run['run_id'] || (one.id !== null && one.id === run['message_id'])) ??
      this.add(null, null);
    turn.runId = run['run_id'];
    turn.text = run['text'] ?? '';
    turn.tools = [];
    for (const tool of run['tools'] ?? []) this.tool(turn, tool);
    if (run['error']) this.apply(turn, { type: 'error' }, run['error']);
    else if (run['state'] === 'completed') answer(turn, turn.text, run['artifacts'] ?? []);
    else turn.state = 'sent';
    this.changed(turn);
  }

  /** @param {string} id @param {string} outcome @param {?string} code */
  settled(id, outcome, code) {
    const turn = this.turns.findLast((one) => one.id === id);
    if (turn && !isOver(turn)) {
      turn.state = outcome;
      if (outcome !== 'answered') turn.error ??= { 'error': WORDS[code ?? ''] ?? 'It is not known what became of this.', 'code': code };
      this.changed(turn);
    }
  }

  /** The newest run under way, which Stop stops. @return {!Turn|undefined} */
  running() {
    return this.turns.slice(-KEPT).find((turn) => turn.runId !== null && !isOver(turn));
  }

  save() {
    return this.turns.slice(-KEPT);
  }

  /** @param {!Array<!Turn>} turns */
  load(turns) {
    for (const turn of turns) {
      this.turns.push(/** @type {?} */ ({ ...turn, key: ++this.keys }));
      this.changed(this.turns[this.turns.length - 1]);
    }
  }
}

const WORDS = {
  'no_answer': 'No answer came in time.',
  'connection_lost': 'The connection was lost before an answer came.',
  'reset': 'The server lost its memory before it confirmed this message.',
  'lost_on_reset': 'The server lost its memory of this message.',
  'http_unreachable': 'The server could not be reached.',
};

/** @param {!Turn} turn @return {boolean} */
export const isOver = (turn) => OVER.includes(turn.state);

/** A piece replaces everything from its offset on. */
function piece(turn, data) {
  const { 'stream': stream, 'delta': delta } = data;
  if (stream['state'] === 'aborted') return;
  turn.text = turn.text.slice(0, stream['offset'] ?? turn.text.length) + (delta ?? '');
}

function answer(turn, text, artifacts) {
  turn.text = text;
  turn.artifacts = artifacts;
  turn.state = 'answered';
  turn.error = null;
}
