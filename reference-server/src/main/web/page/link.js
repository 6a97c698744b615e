// The state of the connection in words: how far away the server is, and when the next attempt comes.

export class Link {
  constructor(root, text, button, retry) {
    this.root = root;
    this.text = text;
    this.button = button;
    this.ms = null;
    this.due = 0;
    this.last = { state: 'connecting', attempt: 0 };
    button.onclick = retry;
    setInterval(() => this.due && this.draw(), 250);
  }

  /** @param {!Object<string, ?>} state @param {boolean} overHttp */
  state({ state, attempt, delayMs }, overHttp) {
    this.last = { state, attempt, overHttp };
    this.due = state === 'reconnecting' && delayMs ? performance.now() + delayMs : 0;
    if (state !== 'connected') this.ms = null;
    this.draw();
  }

  /** @param {number} ms */
  latency(ms) {
    this.ms = Math.max(1, Math.round(ms));
    this.draw();
  }

  words() {
    const { state, attempt, overHttp } = this.last;
    if (state === 'connected' && overHttp) return 'Connected over HTTP';
    if (state === 'connected') return this.ms === null ? 'Connected' : `Connected ${this.ms} ms`;
    if (state === 'connecting') return 'Connecting';
    if (state === 'disconnected') return 'Disconnected';
    const seconds = Math.ceil((this.due - performance.now()) / 1000);
    return attempt ? `Reconnecting, attempt ${attempt}${seconds > 0 ? ` in ${seconds} s` : ''}` : 'Reconnecting';
  }

  draw() {
    const words = this.words();
    this.root.dataset['state'] = this.last.state;
    if (this.text.textContent !== words) this.text.textContent = words;
    this.button.hidden = this.last.state !== 'disconnected';
  }
}
