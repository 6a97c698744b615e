package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.ClientListener.Direction;
import dev.holdfast.client.Recorder;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a conversation broke is when it happened, however long it went on behind that. */
class BreakingPointTest {
  private static final long MS = 1_000_000;

  @TempDir Path folder;

  private final Journal journal = new Journal(Source.CLIENT, "p1-1");
  private final Recorder recorder = new Recorder(journal);
  private final Meter meter = new Meter();

  private void at(long ms) {
    recorder.at(new Tick(ms * MS, Instant.EPOCH.plusMillis(ms), 0), "s", 1);
  }

  private void connected() {
    at(1);
    recorder.output(new ClientOutput.StateChanged(LinkState.CONNECTED, 0, 0, ""));
  }

  private void says(long ms, String id) {
    at(ms);
    recorder.says(id, null, "hi");
    hearsOrSays(true, "{\"content\":\"hi\"}", "\"id\":\"" + id + "\"");
  }

  private void isAnswered(long ms, String id) {
    at(ms);
    hearsOrSays(
        false,
        "{\"content\":\"ho\",\"role\":\"assistant\"}",
        "\"reply_to\":\"%s\",\"run_id\":\"r-%s\"".formatted(id, id));
    recorder.output(new ClientOutput.Settled(id, Outcome.ANSWERED, null));
  }

  private void hearsOrSays(boolean out, String data, String named) {
    String text =
        "{\"type\":\"message\",\"data\":%s,\"timestamp\":\"2026-01-01T00:00:00.000Z\",%s}"
            .formatted(data, named);
    var frame = ((Decoded.Ok) Codec.decode(text, Codec.Reading.TOLERANT)).frame();
    recorder.frame(out ? Direction.OUT : Direction.IN, 1, text, frame, null);
  }

  /** Ten are connected until 50 ms, a thousand afterwards. */
  private Broken heard() {
    Court.Clock clock =
        new Court.Clock() {
          @Override
          public long atMs(long nanos) {
            return nanos / MS;
          }

          @Override
          public int connectionsAt(long nanos) {
            return nanos < 50 * MS ? 10 : 1_000;
          }
        };
    Court court = new Court(new Checks(), folder.resolve("broken.jsonl"));
    court.hear("p1-1", Profile.CORE, journal.records(), clock);
    return requireNonNull(court.first());
  }

  @Test
  void anAnswerThatComesTwiceBreaksItWhenItComes() {
    connected();
    says(10, "a");
    isAnswered(20, "a");
    isAnswered(30, "a");
    says(60, "b");
    isAnswered(90, "b");

    Broken broken = heard();

    assertTrue(broken.evidence().startsWith("no_duplicate: "), broken::evidence);
    assertEquals(30, broken.atMs());
    assertEquals(10, broken.connections());
  }

  @Test
  void aMessageThatNothingCameOfBreaksItWhenItIsSaid() {
    connected();
    says(10, "a");
    isAnswered(20, "a");
    says(40, "b");
    says(60, "c");
    isAnswered(90, "c");

    Broken broken = heard();

    assertTrue(broken.evidence().contains("said b, and nothing came of it"), broken::evidence);
    assertEquals(40, broken.atMs());
    assertEquals(10, broken.connections());
  }

  @Test
  void connectionsAreKnownForEveryMoment() {
    ConnectionCount count = new ConnectionCount();
    for (int i = 1; i <= 3_000; i++) {
      count.add(1, i * MS);
    }
    count.add(-1, 4_000 * MS);

    assertEquals(0, count.at(0));
    assertEquals(1, count.at(MS));
    assertEquals(1_500, count.at(1_500 * MS + 1));
    assertEquals(3_000, count.at(3_999 * MS));
    assertEquals(2_999, count.at(5_000 * MS));
    assertEquals(2_999, count.now());
    assertEquals(0, meter.connectionsAt(0));
  }
}
