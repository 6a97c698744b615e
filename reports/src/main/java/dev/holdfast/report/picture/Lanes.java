package dev.holdfast.report.picture;

import dev.holdfast.report.picture.Sequence.Band;
import java.util.List;

/**
 * Everybody's way through a story; milliseconds from its beginning.
 *
 * @param queue how many messages waited
 * @param latency the round trips of pings, in milliseconds
 */
public record Lanes(
    String title,
    double endMs,
    List<Lane> lanes,
    List<Band> bands,
    List<Point> queue,
    List<Point> latency) {
  public Lanes {
    lanes = List.copyOf(lanes);
    bands = List.copyOf(bands);
    queue = List.copyOf(queue);
    latency = List.copyOf(latency);
  }

  /** One person: the states that they were shown, and when their client dialled. */
  public record Lane(String name, List<Stretch> states, List<Double> dials) {
    public Lane {
      states = List.copyOf(states);
      dials = List.copyOf(dials);
    }
  }

  /** A state for a while. */
  public record Stretch(double fromMs, double toMs, String state) {}

  /** A value at a moment. */
  public record Point(double ms, double value) {}
}
