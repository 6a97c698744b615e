// Turns on the screen: changed ones are drawn once a frame, and of a growing text only its last block.
import { blocks, element, rendered } from './markdown.js';
import { Turn, isOver } from './conversation.js';

const SIGNS = { 'pending': '·', 'running': '▸', 'completed': '✓', 'error': '✗' };
const NEAR_PX = 80;

export class View {
  /** @param {!Element} scroll @param {!Element} list @param {{retry: function(!Turn), stop: function(!Turn)}} acts */
  constructor(scroll, list, acts) {
    this.scroll = scroll;
    this.list = list;
    this.acts = acts;
    this.parts = new Map();
    this.dirty = new Set();
    this.asked = 0;
    this.follow = true;
    scroll.addEventListener('scroll', () => {
      this.follow = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
    }, { passive: true });
    setInterval(() => this.tick(), 100);
  }

  /** @param {!Turn} turn */
  changed(turn) {
    this.dirty.add(turn);
    this.asked ||= requestAnimationFrame(() => this.draw());
  }

  /** @param {number} key */
  remove(key) {
    this.parts.get(key)?.root.remove();
    this.parts.delete(key);
    this.dirty.forEach((turn) => turn.key === key && this.dirty.delete(turn));
  }

  draw() {
    this.asked = 0;
    this.dirty.forEach((turn) => this.drawTurn(turn));
    this.dirty.clear();
    if (this.follow) this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  drawTurn(turn) {
    const p = this.parts.get(turn.key) ?? this.build(turn);
    p.turn = turn;
    p.root.setAttribute('data-state', turn.state);
    if (p.note) set(p.note, { 'waiting': 'Waits to be sent', 'sent': turn.runId ? '' : 'Sent' }[turn.state] ?? '');
    const busy = !isOver(turn) && (turn.runId !== null || turn.status !== '');
    p.status.hidden = !busy;
    if (busy) {
      set(p.words, turn.status || 'Working');
      p.stop.hidden = turn.runId === null;
    }
    this.drawTools(p, turn);
    this.drawText(p, turn.text);
    if (turn.artifacts.length && !p.cards.childElementCount) p.cards.append(...turn.artifacts.map(card));
    this.drawFault(p, turn);
  }

  build(turn) {
    const part = (tag, name) => {
      const made = element(tag);
      made.className = name;
      return made;
    };
    const p = {
      root: part('article', 'turn'), agent: part('div', 'agent'), status: part('div', 'status'), words: element('span'),
      stop: element('button', 'Stop'), tools: part('ul', 'tools'), text: part('div', 'text'), cards: part('div', 'cards'),
      fault: part('div', 'fault'), note: null, blocks: [], turn,
    };
    if (turn.said !== null) {
      const words = part('div', 'words');
      words.textContent = turn.said;
      p.note = part('p', 'note');
      const mine = part('div', 'mine');
      mine.append(words, p.note);
      p.root.append(mine);
    }
    p.stop.type = 'button';
    p.stop.onclick = () => this.acts.stop(p.turn);
    p.status.append(part('span', 'pulse'), p.words, p.stop);
    p.tools.hidden = p.fault.hidden = p.status.hidden = true;
    p.agent.append(p.tools, p.text, p.cards, p.status, p.fault);
    p.root.append(p.agent);
    this.parts.set(turn.key, p);
    this.list.append(p.root);
    return p;
  }

  drawTools(p, turn) {
    p.tools.hidden = !turn.tools.length;
    turn.tools.forEach((tool, i) => {
      let row = p.tools.children[i];
      if (!row) {
        row = element('li', element('span'), element('span', tool['name']), element('span'));
        row.children[0].className = 'sign';
        row.children[0].setAttribute('aria-hidden', 'true');
        row.children[1].className = 'name';
        row.children[2].className = 'when';
        p.tools.append(row);
      }
      row.setAttribute('data-state', tool['state']);
      set(row.children[0], SIGNS[tool['state']] ?? '·');
      set(row.children[2], when(tool));
    });
  }

  drawText(p, text) {
    if (p.drawn === text) return;
    p.drawn = text;
    const now = blocks(text);
    let same = 0;
    while (same < now.length && now[same] === p.blocks[same]) same++;
    while (p.text.childElementCount > same) p.text.lastElementChild.remove();
    p.text.append(...now.slice(same).map(rendered));
    p.blocks = now;
  }

  drawFault(p, turn) {
    const shown = turn.error && turn.state !== 'answered' ? turn.state + turn.retried : '';
    if (p.shown === shown) return;
    p.shown = shown;
    p.fault.hidden = !shown;
    if (!shown) return;
    const words = turn.state === 'cancelled' ? 'Stopped.' : turn.error['error'] || 'The agent failed.';
    p.fault.replaceChildren(element('span', words));
    if (turn.said !== null && !turn.retried) {
      const again = element('button', 'Try again');
      again.setAttribute('type', 'button');
      again.onclick = () => this.acts.retry(turn);
      p.fault.append(again);
    }
  }

  /** Tools under way show their time as it passes. */
  tick() {
    this.parts.forEach((p) => {
      if (!isOver(p.turn) && p.turn.tools.some((tool) => tool['state'] === 'running')) this.drawTools(p, p.turn);
    });
  }
}

/** Touches the page only where something is new. */
function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function when(tool) {
  if (tool['state'] === 'pending') return 'pending';
  const seconds = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
  if (tool['state'] === 'error') return `failed, ${seconds(tool['ms'] ?? 0)}`;
  return seconds(tool['ms'] ?? Date.now() - tool['at']);
}

/** What the agent made beside its text. */
function card(artifact) {
  const data = artifact['data'];
  const made = element('section', element('h3', artifact['type'] || 'artifact'));
  made.className = 'card';
  const flat = data && typeof data === 'object' && !Array.isArray(data) && Object.values(data).every((v) => typeof v !== 'object');
  if (flat) {
    made.append(element('dl', ...Object.entries(data).flatMap(([name, value]) => [element('dt', name), element('dd', String(value))])));
  } else {
    made.append(element('pre', element('code', typeof data === 'string' ? data : JSON.stringify(data, null, 2))));
  }
  return made;
}
