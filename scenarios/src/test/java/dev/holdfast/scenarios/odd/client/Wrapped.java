package dev.holdfast.scenarios.odd.client;

import dev.holdfast.scenarios.conformance.client.Adapter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Adapters round another one. */
final class Wrapped {
  private Wrapped() {}

  /** Some variables are changed before it starts. */
  static Adapter environment(Adapter inner, Consumer<Map<String, String>> change) {
    return (environment, output) -> {
      Map<String, String> changed = new HashMap<>(environment);
      change.accept(changed);
      return inner.start(changed, output);
    };
  }

  /** Each line becomes these. */
  static Adapter lines(Adapter inner, Function<String, List<String>> change) {
    return (environment, output) ->
        inner.start(
            environment, new Lines(output, line -> change.apply(line).forEach(output::line)));
  }

  /** Each command becomes these. */
  static Adapter commands(Adapter inner, Function<String, List<String>> change) {
    return (environment, output) -> new Commands(inner.start(environment, output), change);
  }

  /** Frames reach the application some time later, several at once. */
  static Adapter batches(Adapter inner, long everyMs) {
    return (environment, output) -> {
      Batch batch = new Batch(output, everyMs);
      return inner.start(environment, new Lines(output, batch::line));
    };
  }

  /** It takes its time to exit. */
  static Adapter leavingAfter(Adapter inner, long ms) {
    return (environment, output) -> {
      Adapter.Running running = inner.start(environment, output);
      return new Adapter.Running() {
        @Override
        public void write(String line) {
          running.write(line);
        }

        @Override
        public void endInput() {
          CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS).execute(running::endInput);
        }

        @Override
        public void close() {
          running.close();
        }
      };
    };
  }

  /** Deliveries are held back until the next beat. */
  private static final class Batch {
    private final Adapter.Output output;
    private final long everyMs;
    private final List<String> held = new ArrayList<>();

    Batch(Adapter.Output output, long everyMs) {
      this.output = output;
      this.everyMs = everyMs;
    }

    synchronized void line(String line) {
      if (!line.contains("\"received\"")) {
        output.line(line);
        return;
      }
      if (held.isEmpty()) {
        CompletableFuture.delayedExecutor(everyMs, TimeUnit.MILLISECONDS).execute(this::deliver);
      }
      held.add(line);
    }

    private synchronized void deliver() {
      held.forEach(output::line);
      held.clear();
    }
  }

  /** One that runs, of which only the commands are changed. */
  private record Commands(Adapter.Running running, Function<String, List<String>> change)
      implements Adapter.Running {
    @Override
    public void write(String line) {
      change.apply(line).forEach(running::write);
    }

    @Override
    public void endInput() {
      running.endInput();
    }

    @Override
    public void close() {
      running.close();
    }
  }

  /** An output of which only the lines are changed. */
  private record Lines(Adapter.Output output, Consumer<String> each) implements Adapter.Output {
    @Override
    public void line(String line) {
      each.accept(line);
    }

    @Override
    public void evidence(String line) {
      output.evidence(line);
    }

    @Override
    public void broke(String how) {
      output.broke(how);
    }

    @Override
    public void ended(int exit) {
      output.ended(exit);
    }
  }
}
