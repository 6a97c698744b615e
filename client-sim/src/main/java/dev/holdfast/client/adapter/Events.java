package dev.holdfast.client.adapter;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the application of the reference client would hear, as events of the adapter protocol. */
final class Events implements ClientListener {
  private final ClientAdapter adapter;

  Events(ClientAdapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public void onFrame(Seen seen) {
    Frame frame = seen.frame();
    if (seen.direction() == Direction.OUT && frame != null && frame.body() instanceof Message) {
      adapter.event("sent", ClientAdapter.data().field("id", frame.envelope().id()));
    }
  }

  @Override
  public void onState(LinkState state, int attempt, long delayMs, String reason) {
    var data = ClientAdapter.data().field("state", state.word());
    if (state == LinkState.RECONNECTING) {
      data.field("attempt", attempt).field("delay_ms", delayMs);
    }
    adapter.event("state", data);
  }

  /** A frame may be large: it is not read again only to be written. */
  @Override
  public void onDeliver(Frame frame) {
    adapter.emitText("{\"event\":\"received\",\"data\":{\"frame\":" + Codec.encode(frame) + "}}");
  }

  @Override
  public void onRefused(String id, String code) {
    adapter.event("refused", id, ClientAdapter.data().field("code", code));
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    var data = ClientAdapter.data().field("outcome", outcome.name().toLowerCase(Locale.ROOT));
    adapter.event("settled", id, data.field("code", code));
  }

  @Override
  public void onLatency(long nanos) {
    adapter.event("latency", ClientAdapter.data().field("ms", nanos / 1_000_000));
  }

  @Override
  public void onFailure(Throwable failure) {
    adapter.event("error", ClientAdapter.data().field("message", failure.toString()));
  }
}
