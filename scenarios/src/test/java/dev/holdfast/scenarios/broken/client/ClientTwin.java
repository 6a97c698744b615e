package dev.holdfast.scenarios.broken.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.scenarios.broken.Meddling;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client that is wrong in one way.
 *
 * @param name what to call it on a command line
 * @param sentence what it does wrong
 * @param profile what it speaks
 * @param fails the addresses of the cases that must notice
 */
public record ClientTwin(
    String name, String sentence, Profile profile, List<String> fails, Breakage breakage) {
  public ClientTwin {
    fails = List.copyOf(fails);
  }

  /** Where it is wrong. */
  public sealed interface Breakage {
    /** Its core is bent; made anew for each client. */
    record Bent(Function<ClientConfig, ClientStep> core) implements Breakage {}

    /** Something between it and the server changes what passes. */
    record Meddled(Supplier<Meddling> meddling) implements Breakage {}

    /** What it tells the application is changed: the lines instead of one line. */
    record Mistold(Supplier<Function<String, List<String>>> telling) implements Breakage {}
  }

  /** Where it is wrong, in a word for the kill table. */
  public String place() {
    return switch (breakage) {
      case Breakage.Bent b -> "core";
      case Breakage.Meddled m -> "wire";
      case Breakage.Mistold m -> "application";
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
