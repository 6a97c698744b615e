package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads nothing more after anything odd: on that connection, or from anybody at all. */
final class DeafAfterOddities implements Meddling {
  private final boolean forAll;
  private final Set<Line> deaf = ConcurrentHashMap.newKeySet();
  private volatile boolean all;

  DeafAfterOddities(boolean forAll) {
    this.forAll = forAll;
  }

  @Override
  public synchronized String request(String head) throws InterruptedException {
    while (all) {
      wait();
    }
    return head;
  }

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (isOdd(frame)) {
      deaf.add(line);
      all |= forAll;
    }
    return all || deaf.contains(line) ? List.of() : List.of(frame);
  }

  /** Whether no client of the protocol sends such a frame. */
  static boolean isOdd(WireFrame frame) {
    boolean text = frame.is(WireFrame.TEXT) && frame.fin();
    return frame.odd()
        || frame.is(WireFrame.BINARY)
        || frame.is(WireFrame.CONTINUATION)
        || (text && Codec.decode(frame.text(), Codec.Reading.STRICT) instanceof Decoded.Violation)
        || frame.badUtf8();
  }
}
