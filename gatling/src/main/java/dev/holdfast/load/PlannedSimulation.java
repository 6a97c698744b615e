package dev.holdfast.load;

import java.io.IOException;
import java.nio.file.Path;

/** The load whose plan lies in the folder that {@link Injector} was given; made by Gatling. */
public final class PlannedSimulation extends LoadSimulation {
  static final String FOLDER = "holdfast.load.folder";

  public PlannedSimulation() throws IOException {
    this(new LoadFiles(Path.of(System.getProperty(FOLDER, "."))));
  }

  private PlannedSimulation(LoadFiles files) throws IOException {
    super(files.readPlan(), files);
    people();
  }
}
