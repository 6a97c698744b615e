package dev.holdfast.scenarios.broken.client;

import dev.holdfast.client.adapter.ClientAdapter;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.scenarios.conformance.client.Adapter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The reference client, or a twin of it, within this JVM: the same lines, and no process. */
final class InProcess implements Adapter {
  private final Profile profile;
  private final Function<ClientConfig, ClientStep> core;

  InProcess(Profile profile, Function<ClientConfig, ClientStep> core) {
    this.profile = profile;
    this.core = core;
  }

  @Override
  public Running start(Map<String, String> environment, Output output) {
    Consumer<String> out = output::line;
    ClientAdapter adapter = ClientAdapter.start(environment, profile, core, out);
    AtomicBoolean ended = new AtomicBoolean();
    return new Running() {
      @Override
      public void write(String line) {
        adapter.command(line);
      }

      @Override
      public void endInput() {
        close();
      }

      @Override
      public void close() {
        if (ended.compareAndSet(false, true)) {
          adapter.close();
          output.ended(0);
        }
      }
    };
  }
}
