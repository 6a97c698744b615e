package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;

/**
 * The client's side of a conversation: a pure function.
 *
 * <p>Driving contract. Hand in one input at a time. Carry out all outputs, in order, before the
 * next input. Obey the newest {@link ClientOutput.WakeAt} and hand in {@link ClientInput.Woken}
 * then; waking early does no harm. Connections are numbered by {@link ClientOutput.Open}; what is
 * reported of an older one is ignored, so that nothing outlives its socket.
 */
@FunctionalInterface
public interface ClientStep {
  Step<ClientState, ClientOutput> step(ClientState state, ClientInput input, Tick now);
}
