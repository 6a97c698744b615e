package dev.holdfast.protocol.broken;

import java.util.List;
import java.util.stream.Stream;

/** Every half that is wrong in one way. */
public final class Twins {
  public static final List<Twin> ALL =
      Stream.of(SessionTwins.ALL, TrafficTwins.ALL, CapabilityTwins.ALL, ClientTwins.ALL)
          .flatMap(List::stream)
          .toList();

  private Twins() {}
}
