package dev.holdfast.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.proxy.toxic.ExampleFault;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.wire.VirtualStage.Out;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/adding-a-fault.md promises, kept: its fault compiles, works and has a twin. */
final class ExampleFaultTest {
  private static VirtualStage of(Toxics toxics) {
    return new VirtualStage(1, toxics, "chunk_loss", Map.of("nth", 3));
  }

  private static List<Integer> sizes(VirtualStage stage) {
    return stage.out.stream().map(Out::bytes).toList();
  }

  @Test
  void chunkLossLosesEveryThird() {
    VirtualStage stage = of(ExampleFault.TOXICS);
    for (int i = 1; i <= 6; i++) {
      stage.feed(i);
    }
    assertEquals(List.of(1, 2, 4, 5), sizes(stage));
    assertEquals(0, stage.unreleased());
  }

  @Test
  void countsOnAcrossAnUpdateAndItsTwinDoesNot() {
    assertEquals(List.of(1, 2, 4), acrossAnUpdate(ExampleFault.TOXICS));
    Toxics wrong = ExampleFault.TOXICS.with(ExampleFault.CHUNK_LOSS_FORGETS.kind());
    assertNotEquals(List.of(1, 2, 4), acrossAnUpdate(wrong));
  }

  private static List<Integer> acrossAnUpdate(Toxics toxics) {
    VirtualStage stage = of(toxics);
    stage.feed(1);
    stage.feed(2);
    stage.update(Map.of("nth", 3));
    stage.feed(3);
    stage.feed(4);
    return sizes(stage);
  }

  @Test
  void oneLineInTheRegistryIsAllThatTheEngineNeeds() throws IOException {
    try (EmbeddedEngine engine =
            EmbeddedEngine.start(0, 1, Decision.Journal.NONE, ExampleFault.TOXICS);
        Link link = engine.open("l", new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))) {
      Injection injected = link.inject("chunk_loss", Map.of("nth", 3));
      assertEquals(0, injected.bites());
      injected.remove();
      Exception typo =
          assertThrows(
              IllegalArgumentException.class, () -> link.inject("chunk_los", Map.of("nth", 3)));
      assertTrue(typo.toString().contains("chunk_loss"), typo::toString);
    }
  }

  @Test
  void theGuideShowsWhatIsCompiledHere() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "adding-a-fault.md"));
    for (String source :
        List.of(
            "src/main/java/dev/holdfast/proxy/toxic/Noop.java",
            "src/test/java/dev/holdfast/proxy/toxic/ChunkLoss.java")) {
      String text = Files.readString(Path.of(source));
      String body = text.substring(text.indexOf("/**"));
      assertTrue(guide.contains(body.strip()), "the guide differs from " + source);
    }
  }
}
