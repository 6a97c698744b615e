package dev.holdfast.proxy.toxic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every fault there is, one line each: what Toxiproxy has, under its names, and what it lacks,
 * which is no part of its API.
 */
public record Toxics(List<Kind> toxiproxy, List<Kind> beyond) {
  public static final Toxics ALL =
      new Toxics(
          List.of(
              Latency.KIND, // every chunk comes late
              Bandwidth.KIND, // so many kilobytes a second
              SlowClose.KIND, // the end comes late
              Timeout.KIND, // silence, then a close
              ResetPeer.KIND, // RST instead of FIN
              Slicer.KIND, // small slices
              LimitData.KIND, // closed after so many bytes
              Noop.KIND), // nothing
          List.of(
              HalfOpen.KIND, // silence, and no close relayed
              AcceptSilent.KIND, // connected, and nothing more
              SlowAccept.KIND, // connected, and put through late
              CutBytes.KIND, // cut after so many bytes
              CutFrame.KIND, // cut after a frame
              CutTime.KIND, // cut after a time, whatever flows
              FrameDrop.KIND, // a frame is lost
              FrameDuplicate.KIND, // a frame comes twice
              FrameReorder.KIND, // a frame comes after the next
              FrameCorrupt.KIND, // a frame comes with a byte changed
              FrameSplit.KIND, // a frame comes in two fragments
              FrameDelay.KIND, // a frame comes late, and all behind it
              FrameClose.KIND, // a close with any code
              HandshakeStatus.KIND, // refused with 401, 403, 429, 503
              HandshakeAccept.KIND, // accepted with the wrong key
              StripCompression.KIND)); // no permessage-deflate

  /** The same list with one kind in place of its namesake. */
  public Toxics with(Kind other) {
    return new Toxics(replaced(toxiproxy, other), replaced(beyond, other));
  }

  private static List<Kind> replaced(List<Kind> kinds, Kind other) {
    return kinds.stream().map(kind -> kind.name().equals(other.name()) ? other : kind).toList();
  }

  public Optional<Kind> toxiproxy(String name) {
    return named(toxiproxy.stream(), name);
  }

  public Optional<Kind> any(String name) {
    return named(all(), name);
  }

  public Stream<Kind> all() {
    return Stream.concat(toxiproxy.stream(), beyond.stream());
  }

  private static Optional<Kind> named(Stream<Kind> kinds, String name) {
    return kinds.filter(kind -> kind.name().equals(name)).findFirst();
  }
}
