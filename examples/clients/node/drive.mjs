// What adapters of this client share, in Node and in a page: commands in, events out.
import { ChatClient } from './client.mjs';

export const OVERRIDES = [
  'reconnect_base_ms', 'reconnect_cap_ms', 'reconnect_jitter_ms', 'reconnect_max_attempts',
  'heartbeat_interval_ms', 'pong_timeout_ms', 'connect_timeout_ms',
];

export function driveWith({ url, options, tell }) {
  let current = 0; // the number of the command being carried out: a refusal belongs to it
  const event = (name) => (data) => tell({ event: name, data });
  tell({ event: 'ready', profile: 'core', capabilities: [], overrides: OVERRIDES, attempt_reset: 'open' });
  const client = new ChatClient(url, {
    ...options,
    on: {
      state: event('state'),
      received: event('received'),
      latency: event('latency'),
      refused: ({ code }) => tell({ event: 'refused', data: { n: current, code } }),
    },
  });
  client.connect();
  const commands = {
    connect: () => client.connect(),
    disconnect: () => client.disconnect(),
    retry: () => client.retry(),
    send: ({ content }) => client.send(content),
    wait: ({ ms }) => new Promise((done) => setTimeout(done, ms)),
  };
  return async (command) => {
    current = command.n;
    const act = commands[command.cmd];
    const waiting = act?.(command);
    if (command.cmd === 'wait') await waiting;
    tell(act ? { re: command.n, ok: true } : { re: command.n, unsupported: true });
  };
}
