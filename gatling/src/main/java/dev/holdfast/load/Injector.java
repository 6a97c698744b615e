package dev.holdfast.load;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of a load's own JVM; {@link LoadRun} starts it.
 *
 * <p>It ends with its load, or with whoever holds the other end of its standard input.
 */
public final class Injector {
  private static final int ABANDONED = 75;

  private Injector() {}

  public static void main(String[] args) {
    LoadFiles files = new LoadFiles(Path.of(args[0]));
    System.setProperty(PlannedSimulation.FOLDER, files.folder().toString());
    Thread.ofPlatform().daemon().name("holdfast-load-parent").start(Injector::endWithParent);
    System.exit(
        Gatling$.MODULE$.fromArgs(
            new String[] {
              "--simulation", PlannedSimulation.class.getName(),
              "--results-folder", files.gatlingRuns().toString()
            }));
  }

  private static void endWithParent() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Then nobody is there any more, either.
    }
    Runtime.getRuntime().halt(ABANDONED);
  }
}
