package dev.holdfast.cli;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.proxy.wire.Address;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the fault proxy alone until it is told to stop. */
@Command(
    name = "proxy",
    description = "Runs the fault proxy alone, driven by any client of Toxiproxy's HTTP API.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast proxy",
      "  ./holdfast proxy --listen 127.0.0.1:9001 --upstream 127.0.0.1:8001",
      "  curl -d '{\"type\":\"latency\",\"attributes\":{\"latency\":500}}' \\",
      "       http://127.0.0.1:8474/proxies/holdfast/toxics"
    })
final class ProxyCommand implements Callable<Integer> {
  private static final String LINK = "holdfast";

  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--api-port",
      paramLabel = "N",
      description =
          "Where the HTTP API listens on loopback, 0 for a free port. Default:"
              + " ${DEFAULT-VALUE}")
  int apiPort = 8_474;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Open a link named holdfast that listens here; needs --upstream.")
  @Nullable String listen;

  @Option(
      names = "--upstream",
      paramLabel = "HOST:PORT",
      description = "Where that link leads; needs --listen.")
  @Nullable String upstream;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw all chance from this number. Default: another one each time")
  long seed = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);

  ProxyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    refuseHalfALink();
    CompletableFuture<ExitCode> told = new CompletableFuture<>();
    Signals.Watch watch = shell.signals().watch(told::complete);
    try (EmbeddedEngine engine = start()) {
      String link = listen == null || upstream == null ? "" : open(engine, listen, upstream);
      say(engine.api(), link);
      return told.get().code();
    } finally {
      watch.close();
    }
  }

  private void refuseHalfALink() {
    if ((listen == null) != (upstream == null)) {
      throw new UsageError("--listen and --upstream come together; the API opens links too");
    }
    refuseNoAddress("--listen", listen);
    refuseNoAddress("--upstream", upstream);
  }

  private static void refuseNoAddress(String option, @Nullable String text) {
    try {
      if (text != null) {
        Address.parse(text);
      }
    } catch (UnknownHostException e) {
      throw new UsageError(option + " " + text + ": expected HOST:PORT, as in 127.0.0.1:9001");
    }
  }

  private EmbeddedEngine start() {
    if (apiPort < 0 || apiPort > 65_535) {
      throw new UsageError("--api-port " + apiPort + ": expected a number from 0 to 65535");
    }
    try {
      return EmbeddedEngine.start(apiPort, seed);
    } catch (IOException e) {
      throw new UsageError(e.getMessage() + "; give another --api-port, or 0 for a free one");
    }
  }

  private static String open(EmbeddedEngine engine, String listen, String upstream) {
    try {
      Link link = engine.open(LINK, listen, upstream);
      return Address.format(link.listen());
    } catch (UncheckedIOException e) {
      throw new UsageError(e.getMessage() + "; give another --listen");
    }
  }

  private void say(URI api, String link) {
    if (output.json()) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "proxying");
      event.put("api", api.toString()).put("seed", seed);
      if (!link.isEmpty()) {
        event.put("listen", link).put("upstream", upstream);
      }
      shell.out().println(event);
    } else if (!output.quiet()) {
      String leads = link.isEmpty() ? "" : ", and " + link + " leads to " + upstream;
      shell.out().println("fault proxy with its API at " + api + leads + " (seed " + seed + ")");
    }
    shell.out().flush();
  }
}
