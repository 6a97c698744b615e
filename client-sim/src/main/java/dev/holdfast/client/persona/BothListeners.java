package dev.holdfast.client.persona;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/** Tells two listeners, one after the other. */
public record BothListeners(ClientListener first, ClientListener second) implements ClientListener {

  @Override
  public void onFrame(Seen seen) {
    first.onFrame(seen);
    second.onFrame(seen);
  }

  @Override
  public void onState(LinkState state, int attempt, long delayMs, String reason) {
    first.onState(state, attempt, delayMs, reason);
    second.onState(state, attempt, delayMs, reason);
  }

  @Override
  public void onUnreached(int connection) {
    first.onUnreached(connection);
    second.onUnreached(connection);
  }

  @Override
  public void onClosed(int connection, int code) {
    first.onClosed(connection, code);
    second.onClosed(connection, code);
  }

  @Override
  public void onDeliver(Frame frame) {
    first.onDeliver(frame);
    second.onDeliver(frame);
  }

  @Override
  public void onRefused(String id, String code) {
    first.onRefused(id, code);
    second.onRefused(id, code);
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    first.onSettled(id, outcome, code);
    second.onSettled(id, outcome, code);
  }

  @Override
  public void onLatency(long nanos) {
    first.onLatency(nanos);
    second.onLatency(nanos);
  }

  @Override
  public void onFailure(Throwable failure) {
    first.onFailure(failure);
    second.onFailure(failure);
  }
}
