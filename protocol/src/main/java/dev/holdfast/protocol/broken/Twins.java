package dev.holdfast.protocol.broken;

import java.util.List;
import java.util.stream.Stream;

/** Halves that are wrong in one way each. */
public final class Twins {
  /** What breaks a clause of profile resume or of a capability: each fails a rule of its own. */
  public static final List<Twin> ALL =
      Stream.of(
              SessionTwins.ALL,
              TrafficTwins.ALL,
              CapabilityTwins.ALL,
              TogetherTwins.ALL,
              ClientTwins.ALL,
              TogetherClientTwins.ALL)
          .flatMap(List::stream)
          .toList();

  /** Every half that is wrong in one way, whatever it is about. */
  public static final List<Twin> EVERY =
      Stream.of(ALL, LinkTwins.ALL, HouseTwins.ALL).flatMap(List::stream).toList();

  private Twins() {}
}
