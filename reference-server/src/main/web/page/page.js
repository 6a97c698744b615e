// The page: joins the client, the conversation and what is seen of them.
import { ChatClient } from '../client/chat-client.js';
import { fresh } from '../client/draft.js';
import { Conversation, isOver } from './conversation.js';
import { Link } from './link.js';
import { View } from './view.js';

const KEEP = 'holdfast.conversation';
const SHARED = 'holdfast.shared';
const SAVE_MS = 500;
const NUMBERS = [
  'reconnect_base_ms', 'reconnect_cap_ms', 'reconnect_jitter_ms', 'reconnect_max_attempts', 'heartbeat_interval_ms',
  'pong_timeout_ms', 'recheck_ms', 'stable_ms',
];
const by = (id) => /** @type {?} */ (document.getElementById(id));
const query = new URLSearchParams(window.location.search);

/** What was kept before a reload, or nothing. */
const kept = () => parsed(window.sessionStorage.getItem(KEEP));

function parsed(text) {
  try {
    return JSON.parse(text ?? 'null');
  } catch (unreadable) {
    return null;
  }
}

function config() {
  const asked = NUMBERS.filter((name) => /^\d+$/.test(query.get(name) ?? ''));
  const found = Object.fromEntries(asked.map((name) => [name, Number(query.get(name))]));
  if (found['heartbeat_interval_ms']) found['heartbeat_fixed'] = true;
  return found;
}

/** What a new tab needs to join the conversation of another: all of it is replayed. */
function shared() {
  const joined = query.has('session_id') ? null : parsed(window.localStorage.getItem(SHARED));
  if (!joined) return null;
  const state = fresh(joined['sessionId'], crypto.randomUUID());
  Object.assign(state.resuming, { token: joined['token'], epoch: joined['epoch'] });
  return state;
}

const before = query.has('session_id') && kept()?.['client']['sessionId'] !== query.get('session_id') ? null : kept();
const view = new View(by('scroll'), by('turns'), { retry, stop });
const conversation = new Conversation((turn) => {
  by('welcome').hidden = true;
  view.changed(turn);
});
const link = new Link(by('link'), by('link-text'), by('reconnect'), () => client.retry());
const client = new ChatClient({
  url: '/ws/chat',
  sessionId: query.get('session_id') ?? undefined,
  userId: query.get('user_id') ?? undefined,
  config: { ...config(), 'capabilities': ['tokens', 'cancel', 'sync', 'presence', 'push'] },
  restore: before ? before['client'] : shared(),
  on: {
    'state': (state) => {
      link.state(state, client.overHttp);
      share();
      by('heard').textContent = link.words();
    },
    'latency': ({ ms }) => link.latency(ms),
    'deliver': ({ frame }) => heard(frame),
    'settled': ({ id, outcome, code }) => conversation.settled(id, outcome, code),
    'refuse': refused,
    'change': changed,
  },
});

function heard(frame) {
  conversation.deliver(frame);
  const data = frame['data'];
  if (data['status'] === 'presence') present(data['members'] ?? []);
  if (frame['type'] === 'message' && !data['stream'] && data['role'] !== 'user') by('heard').textContent = `Agent: ${data['content']}`;
  if (frame['type'] === 'error') by('heard').textContent = `Failed: ${data['error']}`;
  if (data['status'] === 'processing') by('heard').textContent = data['message'] ?? '';
}

/** Who is here beside oneself; nothing where one is alone. */
function present(members) {
  const names = members.map((member) => member['user_id']);
  by('people').hidden = names.length < 2;
  by('people').textContent = names.length > 3 ? `${names.length} people are here` : `${names.join(', ')} are here`;
}

/** Where tabs may share a session, the next one of this browser joins it: it needs the token. */
function share() {
  const agreed = client.state.phase['capabilities'];
  if (agreed && agreed.includes('sync') && !query.has('session_id')) {
    const { sessionId, resuming } = client.state;
    const joined = { 'sessionId': sessionId, 'token': resuming.token, 'epoch': resuming.epoch };
    window.localStorage.setItem(SHARED, JSON.stringify(joined));
  }
}

function changed() {
  conversation.wrote(client.state.waiting.map((entry) => entry.id));
  const waits = client.state.reported === 'connected' && !client.overHttp ? 0 : client.queued;
  if (taken && client.queued < client.config.queue_limit) complaint = '';
  notice(complaint || (waits ? (waits === 1 ? '1 message waits' : `${waits} messages wait`) : ''));
  keepSoon();
}

function notice(words) {
  by('notice').hidden = !words;
  if (by('notice').textContent !== words) by('notice').textContent = words;
  by('notice').dataset['kind'] = complaint ? 'bad' : '';
}

/** The refused message goes back to where it was written. */
let complaint = '';
let taken = true;
function refused({ id, code }) {
  taken = false;
  const gone = conversation.forget(id);
  if (gone) view.remove(gone.key);
  complaint =
    code === 'too_large'
      ? 'This message is too large to be sent.'
      : '100 messages wait already. This one was not taken; it is still in the box.';
  by('heard').textContent = complaint;
}

function say(content) {
  const id = crypto.randomUUID();
  taken = true;
  complaint = '';
  conversation.say(id, content);
  view.follow = true;
  client.say(content, id);
  return taken;
}

function retry(turn) {
  if (say(turn.said)) {
    turn.retried = true;
    view.changed(turn);
  }
  by('box').focus();
}

function stop(turn) {
  if (turn && turn.runId !== null && !isOver(turn)) client.cancel(turn.runId);
}

let saving = 0;
function keepSoon() {
  saving ||= setTimeout(() => (window.requestIdleCallback ?? setTimeout)(keep), SAVE_MS);
}

function keep() {
  saving = 0;
  try {
    window.sessionStorage.setItem(KEEP, JSON.stringify({ 'client': client.save(), 'turns': conversation.save() }));
  } catch (full) {
    window.sessionStorage.removeItem(KEEP);
  }
}

const box = by('box');
function grown() {
  by('send').disabled = !box.value.trim();
  if (!CSS.supports('field-sizing', 'content')) {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }
}

by('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  if (box.value.trim() && say(box.value)) {
    box.value = '';
    grown();
  }
});
box.addEventListener('input', grown);
box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    by('composer').requestSubmit();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') stop(conversation.running());
});
by('examples').addEventListener('click', (event) => {
  const words = event.target.dataset['say'];
  if (words) say(words);
  box.focus();
});
let leaving = false;
by('fresh').addEventListener('click', () => {
  leaving = true;
  client.disconnect();
  window.sessionStorage.removeItem(KEEP);
  window.localStorage.removeItem(SHARED);
  window.location.reload();
});
window.addEventListener('pagehide', () => leaving || keep());
window.addEventListener('pageshow', (event) => event.persisted && client.retry());
window.addEventListener('online', () => client.state.reported !== 'connected' && client.retry());

if (before) conversation.load(before['turns']);
grown();
client.connect();
