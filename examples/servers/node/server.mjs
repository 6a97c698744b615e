// A chat server of profile core on node:http and ws: one process, sessions in memory.

import { isUtf8 } from 'node:buffer';
import { createServer, STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { BadFrame, ERRORS, error, frame, isName, parseFrame, parseObject } from './frames.mjs';
import { HEARTBEAT_INTERVAL_MS, Session, mint, sendFrame, server, watchSilence } from './session.mjs';

const MAX_FRAME_BYTES = 2 ** 20;
const MAX_BAD_FRAMES = 10;
const CLOSE_TIMEOUT_MS = 5_000;
const DRAIN_MS = 5_000;
const GOODBYE_MS = 1_000;

const sessions = new Map();

function sessionOf(id = mint()) {
  if (!sessions.has(id)) sessions.set(id, new Session(id));
  return sessions.get(id);
}

setInterval(() => {
  for (const [id, session] of sessions) if (session.expire()) sessions.delete(id);
}, 5_000).unref();

// Conversation

function acceptMessage(received, socket, session) {
  const data = received.data ?? {};
  const replyTo = received.id ?? undefined;
  const refusal = session.refusal(data, received.session_id);
  if (refusal) return sendFrame(socket, error(refusal, { reply_to: replyTo }));
  session.submit(data, (value) => session.send(value), { run_id: mint(), reply_to: replyTo });
}

function handle(received, socket, session) {
  switch (received.type) {
    case 'message':
      return acceptMessage(received, socket, session);
    case 'ping':
      return sendFrame(socket, frame('pong', {}, { reply_to: received.id ?? undefined }));
    case 'pong':
    case 'status':
    case 'tool_execution':
    case 'error':
      return;
    default:
      throw new BadFrame('unknown_type', received.id ?? undefined);
  }
}

function fail(socket, reason) {
  console.error(reason);
  socket.close(1011);
}

function chat(socket, session) {
  let badInARow = 0;
  const heard = watchSilence(socket);
  socket.on('error', (reason) => console.error(`connection: ${reason.message}`)); // unheard, it would end the process
  socket.on('close', () => session.detach(socket));
  socket.on('message', (raw, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    heard();
    if (isBinary) return socket.close(1003);
    try {
      handle(parseFrame(raw.toString()), socket, session);
      badInARow = 0;
    } catch (bad) {
      if (!(bad instanceof BadFrame)) return fail(socket, bad);
      badInARow += 1;
      sendFrame(socket, error(bad.code, { reply_to: bad.replyTo }));
      if (badInARow === MAX_BAD_FRAMES) socket.close(4203);
    }
  });
  session.attach(socket);
}

// Endpoints

const problem = (status, code) => [status, { error: ERRORS[code][0], code }];

function headersOf(status, body) {
  const retry = status === 429 || status === 503 ? { 'Retry-After': 1 } : {};
  return { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...retry };
}

/** The URL asked for, or null when it is none. */
function urlOf(request) {
  const base = `http://${request.headers.host ?? '127.0.0.1'}`;
  return URL.canParse(request.url, base) ? new URL(request.url, base) : null;
}

function originAllowed(origin, ownHost) {
  const host = URL.canParse(origin) ? new URL(origin).hostname : null;
  return [ownHost, 'localhost', '127.0.0.1'].includes(host);
}

function handshakeRefusal(request, url) {
  const { origin } = request.headers;
  if (url?.pathname !== '/ws/chat') return problem(404, 'not_found');
  if (url.searchParams.has('session_id') && !isName(url.searchParams.get('session_id')))
    return problem(400, 'bad_session_id');
  if (origin !== undefined && !originAllowed(origin, url.hostname)) return problem(403, 'origin_forbidden');
  if (server.draining) return problem(503, 'draining');
}

const sockets = new WebSocketServer({
  noServer: true,
  maxPayload: MAX_FRAME_BYTES,
  closeTimeout: CLOSE_TIMEOUT_MS,
  handleProtocols: () => false, // by default ws would agree to the first one offered
});

function upgrade(request, connection, head) {
  const url = urlOf(request);
  const refusal = handshakeRefusal(request, url);
  connection.on('error', () => connection.destroy());
  if (refusal) {
    const body = JSON.stringify(refusal[1]);
    const headers = Object.entries({ ...headersOf(refusal[0], body), Connection: 'close' }).map(
      ([k, v]) => `${k}: ${v}\r\n`,
    );
    return connection.end(`HTTP/1.1 ${refusal[0]} ${STATUS_CODES[refusal[0]]}\r\n${headers.join('')}\r\n${body}`);
  }
  const sessionId = url.searchParams.get('session_id') ?? undefined;
  sockets.handleUpgrade(request, connection, head, (socket) => chat(socket, sessionOf(sessionId)));
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_FRAME_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function postChat(request) {
  const raw = await readBody(request);
  if (raw === null) return problem(413, 'too_large');
  if (!isUtf8(raw)) return problem(400, 'invalid_json');
  let body;
  try {
    body = parseObject(raw.toString());
  } catch (bad) {
    return problem(400, bad.code);
  }
  if (body.session_id != null && !isName(body.session_id)) return problem(400, 'bad_session_id');
  const session = sessionOf(body.session_id ?? undefined);
  const data = { content: body.message, message_history: body.message_history };
  const refusal = session.refusal(data);
  if (refusal) return problem({ busy: 429, draining: 503 }[refusal] ?? 400, refusal);
  const frames = [];
  const runId = mint();
  await session.submit(data, (value) => frames.push(value), { run_id: runId });
  const last = frames.at(-1);
  if (last.type === 'error') return problem(last.data.code === 'agent_timeout' ? 504 : 502, last.data.code);
  const tools = frames.filter((f) => f.type === 'tool_execution' && f.data.status === 'completed').map((f) => f.data);
  return [
    200,
    { response: last.data.content, artifacts: last.data.artifacts, session_id: session.id, run_id: runId, tools },
  ];
}

const transport = (url) => ({
  transport: 'websocket',
  url: `ws://${url.host}/ws/chat`,
  subprotocols: [],
  rollout_percent: 100,
  heartbeat_interval_ms: HEARTBEAT_INTERVAL_MS,
  reconnect_interval_ms: 1_000,
  max_reconnect_attempts: 10,
});

async function route(request) {
  const url = urlOf(request);
  switch (`${request.method} ${url?.pathname}`) {
    case 'POST /api/chat':
      return postChat(request);
    case 'GET /api/transport':
      return [200, transport(url)];
    case 'GET /health':
      return [200, { status: 'ok' }];
    default:
      return problem(404, 'not_found');
  }
}

const http = createServer(async (request, response) => {
  try {
    const [status, value] = await route(request);
    const body = JSON.stringify(value);
    response
      .writeHead(status, { ...headersOf(status, body), ...(status === 413 && { Connection: 'close' }) })
      .end(body);
  } catch (reason) {
    console.error(`request: ${reason.message}`); // the peer left in the middle of its request
    response.destroy();
  }
});

/** Lets accepted messages end, then closes everybody 1012. */
async function drain() {
  server.draining = true;
  const deadline = performance.now() + DRAIN_MS;
  while (performance.now() < deadline && [...sessions.values()].some((session) => session.working)) await sleep(20);
  for (const socket of sockets.clients) socket.close(1012);
  http.close(() => process.exit(0));
  http.closeAllConnections();
  setTimeout(() => process.exit(0), GOODBYE_MS);
}

/** A setting: flag before environment before default. */
function setting(flag, variable, otherwise) {
  const text = flags[flag] ?? process.env[variable] ?? otherwise;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  console.error(`--${flag} or ${variable} must be a whole number, not '${text}'`);
  process.exit(64);
}

const { values: flags } = parseArgs({ options: { port: { type: 'string' }, 'agent-delay-ms': { type: 'string' } } });
server.agentDelayMs = setting('agent-delay-ms', 'AGENT_DELAY_MS', '0');
http.on('upgrade', upgrade);
http.on('error', (reason) => {
  console.error(`cannot listen: ${reason.message}`);
  process.exit(1);
});
http.listen(setting('port', 'PORT', '3000'), '127.0.0.1', () => {
  console.log(`listening on ws://127.0.0.1:${http.address().port}/ws/chat`);
});
process.once('SIGTERM', drain);
process.once('SIGINT', drain);
