package dev.holdfast.client.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A response body as UTF-8 text that fails beyond a limit instead of filling the memory. */
final class BoundedText implements BodySubscriber<String> {
  static final int MAX_BYTES = 1 << 20;

  private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private Flow.@Nullable Subscription subscription;
  private long bytes;

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription granted) {
    subscription = granted;
    text.onSubscribe(granted);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    for (ByteBuffer buffer : item) {
      bytes += buffer.remaining();
    }
    if (bytes > MAX_BYTES) {
      if (subscription != null) {
        subscription.cancel();
      }
      text.onError(new IOException("the body is larger than " + MAX_BYTES + " bytes"));
    } else {
      text.onNext(item);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    text.onError(thrown);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
