// What the odd servers in Node share: a chat server of profile core on the package ws of the example server.
// An odd server overrides the few methods in which it is odd. The words #slow, #fail, #tools and #long steer an answer.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { BadFrame, error, frame, isName, parseFrame } from '../../servers/node/frames.mjs';

const { WebSocketServer } = createRequire(new URL('../../servers/node/package.json', import.meta.url))('ws');
const SILENCE_MS = 75_000;
const RETAINED = 1_000;
const MAX_OUTBOX_BYTES = 8 * 2 ** 20;
const SKIPPED = ['pong', 'status', 'tool_execution', 'error'];

export class Server {
  stepMs = 0;
  maxPending = 100;
  maxConnections = Infinity;
  perMessageDeflate = false;
  sessions = new Map();

  frame = (type, data, fields) => frame(type, data, fields);
  error = (code, fields) => error(code, fields);

  send(socket, made) {
    socket.send(JSON.stringify(made));
    if (socket.bufferedAmount > MAX_OUTBOX_BYTES) socket.close(4002);
  }

  greeting(session) {
    return { status: 'connected', session_id: session.name, heartbeat_interval_ms: 30_000, message: 'Hi' };
  }

  emit(session, made) {
    const open = session.sockets.at(-1);
    if (open) return this.send(open, made);
    session.retained.push(made);
    if (session.retained.length > RETAINED) {
      session.retained.shift();
      session.overflowed = true;
    }
  }

  steps(content) {
    const count = content.includes('#long') ? 200 : 1;
    const made = Array.from({ length: count }, (_, i) => [
      'status',
      { status: 'processing', stage: 'planning', message: `Step ${i}` },
    ]);
    for (const tool of content.includes('#tools') ? ['search', 'create'] : [])
      for (const status of ['pending', 'running', 'completed'])
        made.push(['tool_execution', { tool, tool_call_id: `call-${tool}`, status }]);
    return [...made, this.last(content)];
  }

  last(content) {
    return content.includes('#fail') ? ['fail'] : ['message', { content: `Done: ${content.slice(0, 100)}` }];
  }

  async answer(session, content, ids) {
    const steps = this.steps(content);
    const pause = Math.max(this.stepMs, content.includes('#slow') ? 2_000 / steps.length : 0);
    for (const [type, data] of steps) {
      if (pause > 0) await sleep(pause);
      this.emit(session, type === 'fail' ? this.error('agent_failed', ids) : this.frame(type, data, ids));
    }
  }

  refusal(session, { data, session_id }) {
    if (typeof data?.content !== 'string' || data.content === '') return 'empty_content';
    if ([session_id, data.session_id].some((name) => (name ?? session.name) !== session.name))
      return 'session_mismatch';
    if (session.pending >= this.maxPending) return 'busy';
  }

  message(socket, session, received) {
    const reply_to = received.id ?? undefined;
    const refusal = this.refusal(session, received);
    if (refusal) return this.send(socket, this.error(refusal, { reply_to }));
    session.pending += 1;
    session.work = session.work
      .then(() => this.answer(session, received.data.content, { reply_to, run_id: randomUUID() }))
      .finally(() => (session.pending -= 1));
  }

  handle(socket, session, received) {
    if (received.type === 'message') return this.message(socket, session, received);
    if (received.type === 'ping')
      return this.send(socket, this.frame('pong', {}, { reply_to: received.id ?? undefined }));
    if (!SKIPPED.includes(received.type)) throw new BadFrame('unknown_type', received.id ?? undefined);
  }

  refuse(socket, fault, inARow) {
    this.send(socket, this.error(fault.code, { reply_to: fault.replyTo }));
    if (inARow === 10) socket.close(4203);
  }

  supersede(older) {
    older.close(4204);
  }

  attach(socket, session) {
    this.send(socket, this.frame('status', this.greeting(session)));
    if (session.overflowed) this.send(socket, this.error('replay_overflow'));
    session.overflowed = false;
    for (const made of session.retained.splice(0)) this.send(socket, made);
    const older = session.sockets;
    session.sockets = [socket];
    older.forEach((one) => this.supersede(one));
  }

  listen(socket, session) {
    let bad = 0;
    let pinged = false;
    const timer = setInterval(() => {
      if (pinged) return socket.close(4000);
      pinged = true;
      this.send(socket, this.frame('ping', {}, { id: randomUUID() }));
    }, SILENCE_MS / 2);
    socket.on('error', () => {}); // ws closes it itself
    socket.on('close', () => {
      clearInterval(timer);
      session.sockets = session.sockets.filter((one) => one !== socket);
    });
    socket.on('message', (raw, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      pinged = false;
      timer.refresh();
      if (isBinary) return socket.close(1003);
      try {
        this.handle(socket, session, parseFrame(raw.toString()));
        bad = 0;
      } catch (fault) {
        if (!(fault instanceof BadFrame)) throw fault;
        this.refuse(socket, fault, ++bad);
      }
    });
  }

  allows(url, origin, open) {
    if (open >= this.maxConnections) return 503;
    if (url.pathname !== '/ws/chat') return 404;
    if (['session_id', 'user_id'].some((key) => url.searchParams.has(key) && !isName(url.searchParams.get(key))))
      return 400;
    return origin !== undefined && !/^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin) ? 403 : 101;
  }

  run() {
    const { perMessageDeflate } = this;
    const sockets = new WebSocketServer({
      noServer: true,
      maxPayload: 2 ** 20,
      perMessageDeflate,
      handleProtocols: () => false,
    });
    const http = createServer((request, response) => response.writeHead(request.url === '/health' ? 200 : 404).end());
    http.on('upgrade', (request, connection, head) => {
      connection.on('error', () => connection.destroy());
      const url = new URL(request.url, 'http://127.0.0.1');
      const status = this.allows(url, request.headers.origin, sockets.clients.size);
      if (status !== 101) return connection.end(refused(status));
      const name = url.searchParams.get('session_id') ?? randomUUID();
      const fresh = { name, sockets: [], retained: [], overflowed: false, pending: 0, work: Promise.resolve() };
      if (!this.sessions.has(name)) this.sessions.set(name, fresh);
      sockets.handleUpgrade(request, connection, head, (socket) => {
        this.attach(socket, this.sessions.get(name));
        this.listen(socket, this.sessions.get(name));
      });
    });
    http.listen(Number(process.argv[2] ?? process.env.PORT ?? 0), '127.0.0.1', () =>
      console.log(`listening on ws://127.0.0.1:${http.address().port}/ws/chat`),
    );
  }
}

function refused(status) {
  const code = { 400: 'bad_session_id', 403: 'origin_forbidden', 404: 'not_found', 503: 'over_capacity' }[status];
  const again = status === 503 ? 'Retry-After: 1\r\n' : '';
  const body = JSON.stringify({ error: 'This connection is refused.', code });
  return `HTTP/1.1 ${status} Refused\r\n${again}Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
