package dev.holdfast.scenarios.world;

import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long all judges take for a history of 10,000 operations, measured by JMH. Profile {@code jmh}
 * makes the harness around it; without it this is a class that does nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CheckersBenchmark {
  private History read = LongHistory.played();

  /** A fresh one, since a history remembers what its judges gathered. */
  private History history() {
    return History.of(read.events(), read.terms(), read.calm());
  }

  @Setup
  public void play() {
    read = LongHistory.played();
  }

  @Benchmark
  public void everyChecker(Blackhole seen) {
    History history = history();
    for (Checker checker : Checkers.all()) {
      seen.consume(checker.judge(history));
    }
  }

  @Test
  @Tag("jmh")
  void measured() throws RunnerException {
    main(new String[0]);
  }

  public static void main(String[] args) throws RunnerException {
    var unused =
        new Runner(
                new OptionsBuilder()
                    .include(CheckersBenchmark.class.getName())
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(3))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(3))
                    .build())
            .run();
  }
}
