package dev.holdfast.load;

import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A load as Gatling runs it; leaves what was measured in its folder. */
abstract class LoadSimulation extends Simulation {
  private final Load load;
  private final LoadFiles files;

  LoadSimulation(LoadPlan plan, LoadFiles files) {
    this.files = files;
    load = new Load(plan, new Court(new Checks(), files.broken()), files);
  }

  SetUp people() {
    return setUp(new Populations(load).all());
  }

  @Override
  public void before() {
    new WarmUp(load.plan(), load.court()).run();
    try {
      load.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void after() {
    try {
      Measured measured = load.stop();
      files.write(measured);
      over(measured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All is over, and this was measured. */
  void over(Measured measured) {}
}
