package dev.holdfast.cli.checkclient;

import dev.holdfast.client.adapter.ClientAdapter;
import dev.holdfast.protocol.Profile;
import java.nio.file.Path;
import java.util.List;

/** How the reference client is started as a process of its own. */
final class ReferenceClient {
  private ReferenceClient() {}

  /** The words of the command: a JVM that lives for seconds need not optimise for hours. */
  static List<String> words(Profile profile) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        ClientAdapter.class.getName(),
        profile.word());
  }
}
