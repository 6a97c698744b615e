/**
 * A person's client on real sockets: the protocol's client core in a thin shell.
 *
 * <p>{@link dev.holdfast.client.SimClient} owns what a core may not have: sockets, timers, HTTP,
 * threads and chance. All decisions are the core's. {@code websocket} dials, {@code http} is the
 * fallback, {@code persona} lets a scripted person use it.
 *
 * <h2>What a client writes into its journal</h2>
 *
 * <p>Every record has source {@code client} and the client's name as process; session and
 * connection (a number as text, counted from 1 by the core) where they are known. A field in
 * brackets is left out where it says nothing.
 *
 * <pre>
 * kind           op              data
 * invoke         say             id, [as], content (at most 200 characters), content_sha256
 * ok             say             id, [as]                      answered
 * fail           say             id, [as], [code]              the run ended in an error, or refused
 *                                refused: true                 only when it was never taken
 * indeterminate  say             id, [as], [code]              it may or may not have been worked on
 * invoke         cancel          id, run_id
 * fail           cancel          id, code
 * indeterminate  cancel          id, [code]
 * invoke         connect, disconnect, retry, offline, online   what the person did
 * frame          a frame's type  direction: in | out, text (secrets as ***), [cut: true], and from the
 *                                envelope [id] [seq] [ack] [reply_to] [run_id] [replay: true], [status]
 *                                of a status or tool_execution, [code] of an error, [tool]
 *                                [tool_call_id]; [unsent: true] when the connection was gone already
 * frame          invalid         direction: in, text, code     no frame that can be acted on
 * frame          post            direction: out, id, content_sha256
 * frame          posted          direction: in, id, result: ended | rejected | failed, [run_id], [code],
 *                                [http_status], [content]
 * state          connecting, connected, reconnecting, disconnected
 *                                [attempt], [delay_ms], [reason]   what the person is shown
 * state          deliver         type, [id] [seq] [reply_to] [run_id] [status] [code]
 *                                a frame handed to the application, each once
 * state          latency         latency_ns                    a ping came back
 * state          dial            offer_resume                  a connection begins
 * state          opened          subprotocol: true | false
 * state          refused         status, retry_after_ms        status 0: no valid answer, -1: unreached
 * state          closed          code, reason                  by the other side or the network
 * state          left            code, reason                  by us
 * state          ask_transport
 * state          transport_said  transport: websocket | http | unknown
 * </pre>
 *
 * <p>A message was written on exactly those connections on which a {@code frame message} record
 * with direction {@code out} and its id stands, not marked {@code unsent}. Records stand in the
 * order in which the core saw and decided things; timers are not recorded.
 */
@NullMarked
package dev.holdfast.client;

import org.jspecify.annotations.NullMarked;
