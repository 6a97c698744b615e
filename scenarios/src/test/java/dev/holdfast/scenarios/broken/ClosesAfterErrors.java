package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Closes a connection behind its error of this number. */
final class ClosesAfterErrors implements Meddling {
  private final Map<Line, Integer> errors = new ConcurrentHashMap<>();
  private final int most;
  private final int code;

  ClosesAfterErrors(int most, int code) {
    this.most = most;
    this.code = code;
  }

  @Override
  public List<WireFrame> toPeer(Line line, WireFrame frame) {
    boolean error = frame.is(WireFrame.TEXT) && frame.text().contains("\"type\":\"error\"");
    return error && errors.merge(line, 1, Integer::sum) == most
        ? List.of(frame, WireFrame.close(code))
        : List.of(frame);
  }
}
