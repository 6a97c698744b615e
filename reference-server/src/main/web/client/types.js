// The words that the client's modules share. Types only: nothing here is left in what is shipped.

/**
 * The moment of a step: all that the machine may know of time and chance.
 *
 * `ms` never goes back, `wall` is the time for timestamps, `uniform(n)` draws from 0 to below n.
 *
 * @typedef {{ms: number, wall: string, uniform: function(number): number}}
 */
export let Tick;

/**
 * A frame as it is written.
 *
 * @typedef {!Object<string, ?>}
 */
export let Frame;

/**
 * What happened; `kind` says what.
 *
 * @typedef {!Object<string, ?>}
 */
export let Input;

/**
 * What the shell must carry out; `kind` says what.
 *
 * @typedef {!Object<string, ?>}
 */
export let Output;

/**
 * One thing said: `connection` is where it was last written (0: to be written again),
 * `settled` whether its caller knows what became of it.
 *
 * @typedef {{id: string, type: string, data: !Object<string, ?>, timestamp: ?string, seq: number,
 *   connection: number, acked: boolean, runId: ?string, giveUpAt: number, settled: boolean}}
 */
export let Entry;

/**
 * What profile resume keeps across connections.
 *
 * @typedef {{clientId: string, attempt: number, token: ?string, epoch: ?string, lastSeq: number,
 *   received: number, gapAt: number, maxFrameBytes: number}}
 */
export let Resuming;

/**
 * Where a client is: idle, dialing, greeting, open, waiting, asking or http.
 *
 * @typedef {!Object<string, ?>}
 */
export let Phase;

/**
 * All that a client knows.
 *
 * @typedef {{phase: !Phase, reported: string, sessionId: ?string, connection: number, attempt: number,
 *   withoutResume: boolean, written: !Array<!Entry>, waiting: !Array<!Entry>, resuming: !Resuming,
 *   endedRuns: !Array<string>, wakeAt: number}}
 */
export let State;

/**
 * How a client behaves where the protocol leaves it a choice; milliseconds, messages and bytes.
 *
 * @typedef {{offers: string, reconnect_base_ms: number, reconnect_cap_ms: number,
 *   reconnect_jitter_ms: number, reconnect_max_attempts: number, heartbeat_interval_ms: number,
 *   heartbeat_fixed: boolean, pong_timeout_ms: number, connect_timeout_ms: number,
 *   answer_timeout_ms: number, queue_limit: number, unacked_limit: number, stable_ms: number,
 *   max_frame_bytes: number, asks_transport: boolean, recheck_ms: number,
 *   capabilities: !Array<string>}}
 */
export let Config;

/**
 * A client while one step changes it.
 *
 * @typedef {{config: !Config, now: !Tick, outputs: !Array<!Output>, phase: !Phase, reported: string,
 *   sessionId: ?string, connection: number, attempt: number, withoutResume: boolean,
 *   written: !Array<!Entry>, waiting: !Array<!Entry>, resuming: !Resuming,
 *   endedRuns: !Array<string>, wakeAt: number}}
 */
export let Draft;
