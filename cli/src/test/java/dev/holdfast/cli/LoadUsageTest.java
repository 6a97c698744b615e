package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.run.Signals;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a load or a merge is said before anything runs. */
class LoadUsageTest {
  private static final String URL = "ws://127.0.0.1:1/ws/chat";

  @TempDir Path folder;

  private static void refused(String why, Spoken spoken) {
    assertEquals(64, spoken.exitCode(), spoken::err);
    assertTrue(spoken.err().contains(why), spoken::err);
  }

  @Test
  void aMixThatMeansNothing() {
    refused("talk=60", Spoken.by("load", URL, "--mix", "walk=3"));
  }

  @Test
  void pollersWithoutHttp() {
    refused("target.http", Spoken.by("load", URL, "--mix", "talk=1,poll=1"));
  }

  @Test
  void aMomentThatIsOver() {
    refused("is over", Spoken.by("load", URL, "--start-at", "2020-01-01T00:00:00Z"));
  }

  @Test
  void aShareThatIsNone() {
    String[] share = {"load", URL, "--injectors", "3", "--share", "3", "--start-at", "+60s"};
    refused("--share counts from 0", Spoken.by(share));
  }

  @Test
  void aPodOfAJobThatDoesNotKnowWhenToStart() {
    Map<String, String> pod = Map.of("JOB_COMPLETION_INDEX", "2");
    refused("--start-at", Spoken.by(Signals.NONE, pod, "load", URL, "--injectors", "3"));
  }

  @Test
  void aMergeOfNothing() {
    refused("no finished load", Spoken.by("merge", folder.toString()));
    refused("one of the parts", Spoken.by("merge", "a", "--out", "a"));
  }
}
