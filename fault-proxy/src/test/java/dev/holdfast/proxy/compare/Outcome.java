package dev.holdfast.proxy.compare;

/** What a receiver saw: bytes in order, how the stream ended, and when. */
record Outcome(int bytes, boolean inOrder, End end, long lastByteMs, long endMs) {
  enum End {
    FIN,
    RST,
    OPEN
  }

  /** How far the clocks may be apart on busy cores, and a tenth of the time itself. */
  private static final long BAND_MS = 60;

  /** Why the two do not agree; empty if they do. */
  String difference(Outcome other) {
    if (bytes != other.bytes || inOrder != other.inOrder) {
      return "bytes " + bytes + " and " + other.bytes;
    }
    if (end != other.end) {
      return "end " + end + " and " + other.end;
    }
    if (apart(lastByteMs, other.lastByteMs)) {
      return "last byte at " + lastByteMs + " and " + other.lastByteMs + " ms";
    }
    return apart(endMs, other.endMs) ? "end at " + endMs + " and " + other.endMs + " ms" : "";
  }

  private static boolean apart(long one, long other) {
    return Math.abs(one - other) > BAND_MS + Math.max(one, other) / 10;
  }
}
