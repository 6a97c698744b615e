package dev.holdfast.scenarios.honest;

import dev.holdfast.report.result.Glob;
import dev.holdfast.scenarios.broken.Meddling;
import java.util.List;
import java.util.function.Supplier;

/**
 * A server that keeps every MUST of core in an unusual manner.
 *
 * @param name what to call it on a command line
 * @param odd what is unusual
 * @param legitimate why no clause forbids it
 * @param warnings the SHOULDs that it does not keep, each with the reason
 */
public record Oddity(
    String name, String odd, String legitimate, Manner manner, List<Warning> warnings) {
  public Oddity {
    warnings = List.copyOf(warnings);
  }

  /** Cases, as a glob, that warn of it truly, and why. */
  public record Warning(String glob, String reason) {}

  /** Where it is odd. */
  public sealed interface Manner {
    /** Something in front of the reference server changes what passes. */
    record Wire(Supplier<Meddling> meddling) implements Manner {}

    /**
     * A program of its own.
     *
     * @param path below examples/odd-servers
     * @param says what its agent understands
     */
    record Program(Language language, String path, Says says) implements Manner {}
  }

  /** In what a program is written. */
  public enum Language {
    PYTHON,
    NODE,
    GO
  }

  /** Which kinds of answers a program has words for. */
  public enum Says {
    EVERYTHING,
    NO_TOOLS,
    ONE_FRAME
  }

  /** Whether a warning of this case or clause is true. */
  public boolean mayWarn(String address) {
    return warnings.stream().anyMatch(w -> new Glob(w.glob()).matches(address));
  }

  boolean isJava() {
    return manner instanceof Manner.Wire;
  }

  @Override
  public String toString() {
    return name;
  }
}
