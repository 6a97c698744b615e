// A scripted agent. Put yours in its place: an async generator of [frame type, data] whose last is the answer.
//
// The first line of a message may steer it:  #agent slow_ms=500 tools=2 tokens=40 fail

import { setTimeout as sleep } from 'node:timers/promises';

const TOOLS = ['create_story', 'search_backlog', 'estimate_points', 'assign_owner'];
const DIRECTIVE = /^#agent\b(.*)(?:\n|$)/;
const OPTION = /\b(slow_ms|tools|tokens)=(\d{1,6})\b/g;
const MAX_TOOLS = 20;
const MAX_WORDS = 10_000;
const EXCERPT_CHARS = 200;

/** Takes its stages, calls its tools and answers with what it was told. */
export async function* scriptedAgent(content, history, delayMs) {
  const [directive, line] = content.match(DIRECTIVE) ?? ['', ''];
  const options = Object.fromEntries([...line.matchAll(OPTION)].map(([, name, value]) => [name, Number(value)]));
  const tools = Array.from({ length: Math.min(options.tools ?? 1, MAX_TOOLS) }, (_, i) => TOOLS[i % TOOLS.length]);
  const pauseMs = (delayMs + (options.slow_ms ?? 0)) / (3 + 3 * tools.length);

  yield stage('clarification', 'Reading the request');
  await sleep(pauseMs);
  yield stage('planning', `Planning, with ${history.length} earlier turns`, { tasks_identified: tools });
  await sleep(pauseMs);
  for (const [index, tool] of tools.entries()) {
    yield stage('execution', `Calling ${tool}`, { tool });
    for (const status of ['pending', 'running', 'completed']) {
      yield ['tool_execution', { tool, tool_call_id: `call-${index + 1}`, status, details: {} }];
      await sleep(pauseMs);
    }
  }
  await sleep(pauseMs);
  if (/\bfail\b/.test(line)) throw new Error('the script says so');
  yield ['message', answer(content.slice(directive.length).trim(), options.tokens, tools)];
}

const stage = (name, message, more) => ['status', { status: 'processing', stage: name, message, ...more }];

function answer(text, words, tools) {
  const excerpt = text.slice(0, EXCERPT_CHARS).toWellFormed();
  const done = `Done: ${excerpt}`.trim();
  const content = words ? [...done.split(/\s+/), ...Array(MAX_WORDS).fill('and')].slice(0, words).join(' ') : done;
  return { content, artifacts: tools.length ? [{ type: 'story', data: { title: excerpt } }] : [] };
}
