package dev.holdfast.cli.checkclient;

import dev.holdfast.client.adapter.ClientAdapter;
import dev.holdfast.protocol.Profile;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.tyrus.client.ClientManager;
import org.pcollections.PVector;
import org.slf4j.Logger;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/** How the reference client is started as a process of its own. */
final class ReferenceClient {
  /**
   * One class of each jar that it needs. Holdfast's own class path has a hundred more, and Tyrus
   * opens every jar there is to look for its services.
   */
  private static final List<Class<?>> NEEDED =
      List.of(ClientAdapter.class, Profile.class, ClientManager.class, PVector.class, Logger.class);

  private ReferenceClient() {}

  /**
   * The words of the command. A JVM that lives for seconds need not optimise for hours, and one of
   * hundreds need not load its classes from scratch.
   *
   * @param note is told what takes its time
   */
  static List<String> words(Profile profile, Consumer<String> note) {
    return ClassArchive.ofReferenceClient(note)
        .map(file -> command(ClassArchive.use(file), profile))
        .orElseGet(() -> command(List.of(), profile));
  }

  /** The same with more options for the JVM. */
  static List<String> command(List<String> options, Profile profile) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=10", "-XX:+UseSerialGC"));
    words.add("-Dslf4j.provider=" + NOP_FallbackServiceProvider.class.getName());
    words.addAll(options);
    words.add("-cp");
    words.add(classPath().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    words.add(ClientAdapter.class.getName());
    words.add(profile.word());
    return List.copyOf(words);
  }

  /** Where its classes are: jars, or folders in a build under way. */
  static Stream<Path> classPath() {
    return NEEDED.stream()
        .map(one -> one.getProtectionDomain().getCodeSource().getLocation())
        .map(url -> Path.of(URI.create(url.toString())));
  }
}
