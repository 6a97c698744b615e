package dev.holdfast.cli.checkclient;

import dev.holdfast.client.adapter.ClientAdapter;
import dev.holdfast.protocol.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/** How the reference client is started as a process of its own. */
final class ReferenceClient {
  private ReferenceClient() {}

  /**
   * The words of the command. A JVM that lives for seconds need not optimise for hours, and one of
   * hundreds need not load its classes from scratch.
   */
  static List<String> words(Profile profile) {
    return ClassArchive.ofReferenceClient()
        .map(file -> command(ClassArchive.use(file), profile))
        .orElseGet(() -> command(List.of(), profile));
  }

  /** The same with more options for the JVM. */
  static List<String> command(List<String> options, Profile profile) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-XX:+UseSerialGC");
    words.add("-Dslf4j.provider=" + NOP_FallbackServiceProvider.class.getName());
    words.addAll(options);
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(ClientAdapter.class.getName());
    words.add(profile.word());
    return List.copyOf(words);
  }
}
