package dev.holdfast.scenarios.conformance;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An HTTP body as text, up to a limit: a target that sends without end fills no memory. */
final class ShortBody implements BodySubscriber<String> {
  private static final long MAX_BYTES = 1 << 20;

  private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private Flow.@Nullable Subscription subscription;
  private long bytes;

  private ShortBody() {}

  static BodyHandler<String> handler() {
    return head -> new ShortBody();
  }

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    text.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> chunk) {
    bytes += chunk.stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes <= MAX_BYTES) {
      text.onNext(chunk);
    } else if (subscription != null) {
      subscription.cancel();
      subscription = null;
      text.onError(new IllegalStateException("the body is longer than " + MAX_BYTES + " bytes"));
    }
  }

  @Override
  public void onError(Throwable problem) {
    text.onError(problem);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
