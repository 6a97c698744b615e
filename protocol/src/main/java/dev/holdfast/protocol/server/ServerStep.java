package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;

/**
 * The server's side of one session: a pure function.
 *
 * <p>Driving contract. Hand in one input at a time. Carry out all outputs, in order, before the
 * next input: what is audited or stored comes before what makes it visible to a peer. Obey the
 * newest {@link ServerOutput.WakeAt} and hand in {@link ServerInput.Woken} then; waking early does
 * no harm. Inputs about a connection that the state does not know are ignored, so late news of a
 * dead socket cannot hurt a living one.
 */
@FunctionalInterface
public interface ServerStep {
  Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now);
}
