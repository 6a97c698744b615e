// One message in, the 22 frames of frames.json out: Node and ws, memory and audit.
// Only what a comparison of servers needs: node server.mjs [PORT]; AUDIT names the log's file.

import { createHash, randomUUID } from 'node:crypto';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const FRAMES = JSON.parse(readFileSync(new URL('frames.json', import.meta.url), 'utf8'));
const KEPT = 1_000;

const sessions = new Map();
const auditLog = openSync(process.env.AUDIT ?? '/dev/null', 'a');
let prev = '';
let entries = 0;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

function audit(event, session, more = {}) {
  entries += 1;
  const timestamp = new Date().toISOString();
  const entry = { entry: entries, event, ...more, prev, session_id: session, timestamp };
  const text = JSON.stringify(entry);
  prev = sha256(text);
  writeSync(auditLog, `${text.slice(0, -1)},"hash":"${prev}"}\n`);
}

function frame(type, data, session, more = {}) {
  return JSON.stringify({
    type, data, timestamp: new Date().toISOString(), session_id: session, ...more,
  });
}

function run(socket, session, asked) {
  const about = { reply_to: asked.id, run_id: `r${randomUUID().slice(0, 8)}` };
  audit('message_accepted', session, {
    message_id: asked.id, run_id: about.run_id, payload_sha256: sha256(asked.data.content),
  });
  const kept = sessions.get(session);
  for (const [type, data] of FRAMES) {
    if (type === 'tool_execution' && data.status !== 'pending') {
      audit('tool_call', session, { run_id: about.run_id, result: data.status });
    }
    if (type === 'message') {
      audit('run_ended', session, { run_id: about.run_id, result: 'ok' });
    }
    const text = frame(type, data, session, about);
    kept.push(text);
    if (kept.length > 2 * KEPT) {
      kept.splice(0, kept.length - KEPT);
    }
    socket.send(text);
  }
}

const http = createServer();
const server = new WebSocketServer({ server: http, path: '/ws/chat' });
server.on('connection', (socket, request) => {
  const query = new URL(request.url, 'http://x').searchParams;
  const session = query.get('session_id') ?? randomUUID();
  if (!sessions.has(session)) {
    sessions.set(session, []);
  }
  audit('connect', session);
  socket.send(frame('status', { status: 'connected', message: 'Connected' }, session));
  socket.on('error', () => {});
  socket.on('close', () => audit('disconnect', session));
  socket.on('message', (text) => {
    const asked = JSON.parse(text);
    if (asked.type === 'ping') {
      socket.send(frame('pong', {}, session, { reply_to: asked.id }));
    } else if (asked.type === 'message') {
      run(socket, session, asked);
    }
  });
});
http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`listening on ws://127.0.0.1:${http.address().port}/ws/chat`);
});
