package dev.holdfast.scenarios.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The command {@code BrokenServer [NAME [PORT]]}. */
class BrokenServerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void listsAllWithoutAName() throws IOException {
    assertEquals(0, run());
    String list = out.toString(StandardCharsets.UTF_8);
    assertEquals(BrokenServers.ALL.size(), list.lines().count());
    assertTrue(list.contains("swallows-binary"), list);
    assertTrue(list.contains("Ignores binary frames."), list);
  }

  @Test
  void servesUntilItsInputEnds() throws IOException {
    assertEquals(0, run("swallows-binary"));
    String first = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
    assertTrue(first.matches("listening on ws://127\\.0\\.0\\.1:[0-9]+/ws/chat"), first);
  }

  @Test
  void namesTheNearestOfAnUnknownName() throws IOException {
    assertEquals(64, run("swallow-binary"));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(
        said.startsWith(
            "no broken server is called 'swallow-binary', did you mean 'swallows-binary'?\n"),
        said);
    assertTrue(said.contains("\n  newest-first\n"), said);
  }

  @Test
  void refusesAPortThatIsNone() throws IOException {
    assertEquals(64, run("swallows-binary", "many"));
    assertEquals("usage: BrokenServer [NAME [PORT]]", err.toString(StandardCharsets.UTF_8).strip());
  }

  private int run(String... args) throws IOException {
    InputStream in = new ByteArrayInputStream("quit\n".getBytes(StandardCharsets.UTF_8));
    return BrokenServer.run(
        args,
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
