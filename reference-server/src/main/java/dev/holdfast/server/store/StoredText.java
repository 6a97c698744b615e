package dev.holdfast.server.store;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import java.io.IOException;
import java.util.List;

/** What is kept, written as frames: there is one JSON of the protocol, and this is it. */
final class StoredText {
  /** Whatever is no frame by itself is kept in one that says no time. */
  private static final Envelope NO_TIME = Envelope.at("1970-01-01T00:00:00.000Z");

  private StoredText() {}

  static String of(Frame frame) {
    return Codec.encode(frame);
  }

  static String of(Body body) {
    return Codec.encode(new Frame(NO_TIME, body));
  }

  static String of(SnapshotRun run) {
    return of(new Status.Snapshot(List.of(run), false));
  }

  static Frame frame(String text) throws IOException {
    if (Codec.decode(text, Codec.Reading.STRICT) instanceof Decoded.Ok ok) {
      return ok.frame();
    }
    throw new IOException("a row of the store is no frame");
  }

  static <B extends Body> B body(String text, Class<B> kind) throws IOException {
    Body body = frame(text).body();
    if (kind.isInstance(body)) {
      return kind.cast(body);
    }
    throw new IOException("a row of the store holds no " + kind.getSimpleName());
  }

  static SnapshotRun run(String text) throws IOException {
    List<SnapshotRun> runs = body(text, Status.Snapshot.class).runs();
    if (runs.size() != 1) {
      throw new IOException("a row of the store holds " + runs.size() + " runs");
    }
    return runs.get(0);
  }
}
