package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.report.result.Glob;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.server.ServerOptions;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A server that is wrong in one way.
 *
 * @param name what to call it on a command line
 * @param sentence what it does wrong
 * @param fails the cases that look for this, as addresses or globs; the first must notice
 */
public record BrokenTwin(String name, String sentence, List<String> fails, Breakage breakage) {
  public BrokenTwin {
    fails = List.copyOf(fails);
  }

  /** Where it is wrong. */
  public sealed interface Breakage {
    /**
     * The machine of each session is bent.
     *
     * @param bend asked once a server: what the operators of one server share, its sessions share
     */
    record Bent(Supplier<UnaryOperator<ServerStep>> bend) implements Breakage {}

    /**
     * Somebody in front of a sound server changes what passes.
     *
     * @param meddling asked once a server
     */
    record Meddled(Supplier<Meddling> meddling) implements Breakage {}

    /**
     * Its audit log lacks something.
     *
     * @param line what is written in place of an entry; empty for nothing
     */
    record Logged(UnaryOperator<String> line) implements Breakage {}

    /** It is set up in a way that its owner does not tell. */
    record SetUp(UnaryOperator<ServerOptions.Builder> options, boolean readsEnvironment)
        implements Breakage {}
  }

  /**
   * Whether a case looks for what is wrong with it; one that plays a core case on resume
   * connections looks for the same.
   */
  public boolean isLookedForBy(String address) {
    String core = ServerCases.inCore(address);
    return fails.stream()
        .map(Glob::new)
        .anyMatch(glob -> glob.matches(address) || glob.matches(core));
  }

  /** Where it is wrong, in two words for the kill table. */
  public String place() {
    return switch (breakage) {
      case Breakage.Bent b -> "machine";
      case Breakage.Meddled m -> "wire";
      case Breakage.Logged l -> "audit log";
      case Breakage.SetUp s -> "settings";
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
