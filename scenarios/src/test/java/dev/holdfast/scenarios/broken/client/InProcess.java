package dev.holdfast.scenarios.broken.client;

import dev.holdfast.client.adapter.ClientAdapter;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.scenarios.broken.Meddler;
import dev.holdfast.scenarios.broken.client.ClientTwin.Breakage;
import dev.holdfast.scenarios.conformance.client.Adapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reference client, or a twin of it, within this JVM: the same lines, and no process. */
final class InProcess implements Adapter {
  private static final String URL = "HOLDFAST_URL";

  private final Profile profile;
  private final Breakage breakage;

  private InProcess(Profile profile, Breakage breakage) {
    this.profile = profile;
    this.breakage = breakage;
  }

  static InProcess reference(Profile profile) {
    return new InProcess(profile, new Breakage.Bent(ClientMachine::new));
  }

  static InProcess twin(ClientTwin twin) {
    return new InProcess(twin.profile(), twin.breakage());
  }

  @Override
  public Running start(Map<String, String> environment, Output output) throws IOException {
    return switch (breakage) {
      case Breakage.Bent b -> start(environment, b.core(), output::line, null, output);
      case Breakage.Mistold m -> {
        Function<String, List<String>> telling = m.telling().get();
        Consumer<String> out = line -> telling.apply(line).forEach(output::line);
        yield start(environment, ClientMachine::new, out, null, output);
      }
      case Breakage.Meddled m -> {
        URI server = URI.create(environment.getOrDefault(URL, ""));
        Meddler meddler = Meddler.start(0, server.getPort(), m.meddling());
        Map<String, String> there = new HashMap<>(environment);
        there.put(URL, "ws://127.0.0.1:" + meddler.port() + server.getPath());
        yield start(there, ClientMachine::new, output::line, meddler, output);
      }
    };
  }

  private Running start(
      Map<String, String> environment,
      Function<ClientConfig, ClientStep> core,
      Consumer<String> out,
      @Nullable Meddler meddler,
      Output output) {
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
          if (meddler != null) {
            closed(meddler);
          }
          output.ended(0);
        }
      }
    };
  }

  private static void closed(Meddler meddler) {
    try {
      meddler.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
