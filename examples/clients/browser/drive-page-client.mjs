// The chat page's client under test: commands in, events out; `client.js` is what the reference server serves.
import { ChatClient, STANDARD } from '/client.js';

const OVERRIDES = [
  'reconnect_base_ms', 'reconnect_cap_ms', 'reconnect_jitter_ms', 'reconnect_max_attempts',
  'heartbeat_interval_ms', 'pong_timeout_ms', 'connect_timeout_ms', 'stable_ms',
];

const OFFERED = ['tokens', 'cancel', 'sync', 'presence', 'push'];

export function driveWith({ url, profile, options, tell }) {
  const numbers = new Map(); // of the commands, by the ids of the messages that they said
  const event = (name, data) => tell({ event: name, data });
  const capabilities = ['settled', 'http_fallback', ...(profile === 'resume' ? OFFERED : [])];
  tell({ event: 'ready', profile, capabilities, overrides: OVERRIDES, attempt_reset: 'stable' });
  const target = new URL(url);
  const client = new ChatClient({
    url: target.origin + target.pathname,
    sessionId: target.searchParams.get('session_id'),
    userId: 'page',
    config: {
      ...options, offers: profile, capabilities: OFFERED, recheck_ms: 500, heartbeat_fixed: 'heartbeat_interval_ms' in options,
      reconnect_cap_ms: Math.max(options.reconnect_base_ms ?? 0, options.reconnect_cap_ms ?? STANDARD.reconnect_cap_ms),
    },
    on: {
      state: ({ state, attempt, delayMs }) =>
        event('state', state === 'reconnecting' ? { state, attempt, delay_ms: delayMs } : { state }),
      deliver: ({ frame }) => event('received', { frame }),
      refuse: ({ id, code }) => event('refused', { n: numbers.get(id), code }),
      settled: ({ id, outcome, code }) => event('settled', { n: numbers.get(id), outcome, code }),
      latency: ({ ms }) => event('latency', { ms: Math.round(ms) }),
    },
  });
  const commands = {
    connect: () => client.connect(),
    disconnect: () => client.disconnect(),
    retry: () => client.retry(),
    cancel: ({ run_id }) => client.cancel(run_id),
    send: ({ n, content }) => {
      const id = crypto.randomUUID();
      numbers.set(id, n);
      client.say(content, id);
    },
    wait: ({ ms }) => new Promise((done) => setTimeout(done, ms)),
  };
  client.connect();
  return async (command) => {
    const act = commands[command.cmd];
    const waiting = act?.(command);
    if (command.cmd === 'wait') await waiting;
    tell(act ? { re: command.n, ok: true } : { re: command.n, unsupported: true });
  };
}
