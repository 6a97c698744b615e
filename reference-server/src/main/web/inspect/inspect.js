// The live view: asks twice a second what the server is doing, and presses its buttons.
const EVERY_MS = 500;
const by = (id) => /** @type {?} */ (document.getElementById(id));

function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

function rows(table, cells, none) {
  const body = cells.length
    ? cells.map((row) => element('tr', ...row.map((cell) => element('td', String(cell)))))
    : [element('tr', Object.assign(element('td', none), { colSpan: 5 }))];
  by(table).replaceChildren(...body);
}

const age = (ms) => (ms < 10000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

function show(state) {
  const { 'sessions': sessions, 'audit': audit, 'faults': faults } = state;
  by('chat').href = state['chat_url'];
  by('count').textContent = state['session_count'] === 1 ? '1 session' : `${state['session_count']} sessions`;
  rows('sessions', sessions.map((s) => [
    s['session_id'], s['connections'].length || 'away', s['runs'].length, s['top_seq'],
    `${s['retained_frames']} (${s['retained_bytes']} bytes)`,
  ]), 'Nobody has come yet. Open the chat beside this page.');
  rows('connections', sessions.flatMap((s) => s['connections'].map((c) => [
    c['connection_id'], s['session_id'], c['profile'], c['user_id'] ?? '', age(c['age_ms']),
  ])), 'No connection is open.');
  rows('runs', sessions.flatMap((s) => s['runs'].map((r) => [
    r['run_id'], s['session_id'], r['state'], `${r['streamed']} characters, ${r['tools']} tools`, age(r['age_ms']),
  ])), 'The agent has nothing to do.');
  rows('audit', [...audit].reverse().map((a) => [a['timestamp'].slice(11, 23), a['event'], a['fields']]), 'Nothing yet.');
  buttons(faults ?? []);
}

function buttons(faults) {
  faults.forEach((fault, i) => {
    let button = by('faults').children[i];
    if (!button) {
      button = element('button', element('strong', fault['name']), element('span', fault['says']), element('em'));
      button.setAttribute('type', 'button');
      button.onclick = () => press(fault['name']);
      by('faults').append(button);
    }
    button.setAttribute('aria-pressed', String(fault['on']));
    const said = fault['on'] ? `at work, bit ${fault['bites']} times` : '';
    if (button.lastChild.textContent !== said) button.lastChild.textContent = said;
  });
}

async function press(name) {
  const response = await fetch(`/inspect/fault?name=${encodeURIComponent(name)}`, {
    method: 'POST', headers: { 'X-Holdfast-Inspect': '1' },
  });
  if (response.ok) show(await response.json());
}

async function look() {
  try {
    const response = await fetch('/inspect/state', { cache: 'no-store' });
    if (!response.ok) throw new Error(String(response.status));
    show(await response.json());
    by('seen').textContent = 'live';
  } catch (away) {
    by('seen').textContent = 'The server does not answer';
  }
  setTimeout(look, EVERY_MS);
}

look();
