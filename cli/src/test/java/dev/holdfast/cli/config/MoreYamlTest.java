package dev.holdfast.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.load.ScenarioError;
import dev.holdfast.scenarios.model.Dialect;
import dev.holdfast.scenarios.model.Target.Endpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only some say of their server. */
class MoreYamlTest {
  @TempDir Path folder;

  private Config.More read(String text) throws Exception {
    return HoldfastYaml.read(Files.writeString(folder.resolve("holdfast.yaml"), text)).more();
  }

  @Test
  void readsHowItIsStartedAndWhatItSpeaks() throws Exception {
    Files.writeString(
        folder.resolve("dialect.yaml"), "types: {message: chat}\ndata: {content: text}\n");

    Config.More more =
        read(
            """
            profile: resume
            capabilities: [tokens]
            target:
              url: ws://127.0.0.1:8001/ws/chat
              start: [uvicorn, 'app:app']
              env: {DEBUG: '1'}
              ready: http://127.0.0.1:8001/health
              audit: audit.jsonl
              dialect: dialect.yaml
            """);

    assertEquals(Profile.RESUME, more.profile());
    assertEquals(Set.of("tokens"), more.capabilities());
    assertEquals(List.of("uvicorn", "app:app"), more.start());
    assertEquals(Map.of("DEBUG", "1"), more.env());
    assertEquals(URI.create("http://127.0.0.1:8001/health"), more.ready());
    assertEquals(folder.resolve("audit.jsonl"), more.audit());
    assertEquals(Map.of("message", "chat"), more.dialect().types());
    assertEquals(Map.of("content", "text"), more.dialect().data());
  }

  @Test
  void readsWhoSaysWhichUsersAreIn() throws Exception {
    Config.More more = read("rollout: {command: [./who, --all], percent: 12.5}\n");

    assertEquals(
        new Config.Rollout(List.of("./who", "--all"), 12.5, Config.Trial.USUAL), more.rollout());
    refused("rollout: {command: [./who]}\n", ":1:10", "percent beside it");
    refused("rollout: {percent: 101}\n", ":1:20", "from 0 to 100");
  }

  @Test
  void readsHowCohortAndControlAreCompared() throws Exception {
    Config.Trial trial =
        read("rollout: {late_ms: 3000, answer_timeout_ms: 20_000, answers: 400, trial_within_ms: 90000}\n")
            .rollout()
            .trial();

    assertEquals(new Config.Trial(3_000, 20_000, 400, 90_000), trial);
    assertEquals(Config.Trial.USUAL, read("rollout: {percent: 5}\n").rollout().trial());
    assertTrue(
        HoldfastYaml.parse("h", "rollout: {late_ms: 40}\n").json().contains("\"late_ms\" : 40"));
    refused("rollout: {answers: 10}\n", ":1:20", "from 100 to 10000");
    refused("rollout: {late_ms: 0}\n", ":1:20", "from 1 to 600000");
    refused("rollout: {late_ms: 6000}\n", ":1:10", "up to answer_timeout_ms");
    refused("rollout: {latems: 6000}\n", ":1:11", "late_ms");
  }

  @Test
  void httpAloneDeclaresHealthAndEndpointsTheRest() throws Exception {
    String http = "http: 'http://127.0.0.1:8001'";

    assertEquals(Set.of(Endpoint.HEALTH), read("target: {" + http + "}\n").endpoints());
    assertEquals(
        Set.of(Endpoint.READY, Endpoint.CHAT),
        read("target: {" + http + ", endpoints: [/ready, /api/chat]}\n").endpoints());
    assertEquals(Set.of(), read("target: {" + http + ", endpoints: []}\n").endpoints());
    assertEquals(
        Set.of(Endpoint.values()), read("target: {" + http + ", endpoints: all}\n").endpoints());
    refused("target: {" + http + ", endpoints: [/redy]}\n", ":1:53", "/ready");
    refused("target: {" + http + ", endpoints: every}\n", ":1:52", "all");
    refused("target: {endpoints: [/ready]}\n", ":1:21", "target.http");
  }

  @Test
  void whatIsNotSaidIsNotDeclared() throws Exception {
    assertEquals(Config.More.NOTHING, read("target: {url: 'ws://127.0.0.1:8001/ws/chat'}\n"));
    assertEquals(Dialect.NONE, Config.More.NOTHING.dialect());
  }

  @Test
  void aMistakeIsShownWithItsPlaceAndWhatWasExpected() {
    refused("profile: resum\n", ":1:10", "resume");
    refused("capabilities: [tokns]\n", ":1:16", "tokens");
    refused("target: {ready: '127.0.0.1/health'}\n", ":1:17", "http://127.0.0.1:8001/health");
    refused("target: {dialect: nowhere.yaml}\n", ":1:19", "cannot be read");
  }

  private void refused(String text, String place, String expected) {
    ScenarioError e = assertThrows(ScenarioError.class, () -> read(text));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(place), message);
    assertTrue(message.contains(expected), message);
  }
}
