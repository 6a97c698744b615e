package dev.holdfast.cli;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.cli.serve.FaultButtons;
import dev.holdfast.cli.serve.ServeFlags;
import dev.holdfast.cli.serve.ServerSetup;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Runs the reference server until it is told to stop. */
@Command(
    name = "serve",
    description =
        "Runs the reference server: /ws/chat, POST /api/chat, /health and more. SIGTERM or"
            + " Ctrl-C lets runs finish, closes all connections with 1012 and exits 0.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast serve",
      "  ./holdfast serve --port 0 --json --store memory       a free port, told as JSON",
      "  ./holdfast serve --audit audit --agent echo",
      "  ./holdfast serve --inspect                            watch a conversation recover",
      "  ./holdfast serve --rollout-percent 25 --config holdfast.yaml --print-config",
      "  ./holdfast serve --misbehave drops-queue              to see whether a client notices",
      "  ./holdfast serve --agent openai --base-url http://127.0.0.1:11434/v1 --model llama3",
      "",
      "A flag counts before the environment (HOLDFAST_ and the setting's name, as in HOLDFAST_PORT;",
      "also ENABLE_WEBSOCKET, WEBSOCKET_ROLLOUT_PERCENT, WS_HEARTBEAT_INTERVAL,",
      "WS_RECONNECT_INTERVAL, WS_MAX_RECONNECT_ATTEMPTS), that before the file, that before the",
      "default. Only the environment holds secrets: HOLDFAST_ADMIN_TOKEN for /admin,",
      "HOLDFAST_ACCESS_TOKEN for --require-token, OPENAI_API_KEY for the openai agent."
    })
final class ServeCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file whose section 'server' counts where flag and environment are silent")
  @Nullable Path config;

  @Option(
      names = "--print-config",
      description = "Say each setting and where it came from, as JSON, and stop.")
  boolean printConfig;

  @Option(
      names = "--inspect",
      description =
          "Show sessions, runs and audit live at /inspect, with buttons for faults between the"
              + " page and the server. For this machine alone.")
  boolean inspect;

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    ParseResult parsed = spec.commandLine().getParseResult();
    ServerSetup setup = ServeFlags.read(parsed, shell.env(), config);
    if (printConfig) {
      shell.out().println(setup.print());
      return 0;
    }
    ServerOptions options = setup.options();
    CountDownLatch told = new CountDownLatch(1);
    Signals.Watch watch = shell.signals().watch(signal -> tell(told, signal));
    try {
      if (inspect) {
        serveInspected(setup, options, told);
      } else {
        serve(options, told);
      }
      return 0;
    } finally {
      watch.close();
    }
  }

  /** A second signal does not wait for the drain. */
  private void tell(CountDownLatch told, ExitCode signal) {
    if (told.getCount() == 0) {
      shell.signals().halt(signal.code());
    }
    told.countDown();
  }

  private void serve(ServerOptions options, CountDownLatch told)
      throws IOException, InterruptedException {
    ReferenceServer server = start(options);
    try {
      say(server.wsUrl(), server.httpUrl(), null);
      told.await();
    } finally {
      server.stop();
    }
  }

  /** The server listens on a port of its own; peers come through the proxy with the buttons. */
  private void serveInspected(ServerSetup setup, ServerOptions options, CountDownLatch told)
      throws IOException, InterruptedException {
    try (FaultButtons buttons = FaultButtons.start()) {
      ReferenceServer server = start(setup.inspected(buttons));
      try {
        int port = buttons.listen(options.host(), options.port(), server.port());
        String front = options.host() + ":" + port;
        String inspect = server.httpUrl() + "/inspect";
        say("ws://" + front + "/ws/chat", "http://" + front, inspect);
        told.await();
      } finally {
        server.stop();
      }
    } catch (UncheckedIOException e) {
      throw new UsageError(e.getMessage() + "; give another --port, or 0 for a free one");
    }
  }

  private ReferenceServer start(ServerOptions options) throws IOException {
    try {
      return ReferenceServer.start(options);
    } catch (BindException e) {
      throw new UsageError(e.getMessage() + "; give another --port, or 0 for a free one");
    } catch (IOException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private void say(String ws, String http, @Nullable String inspect) {
    if (output.json()) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "serving");
      event.put("ws", ws).put("http", http);
      shell.out().println(inspect == null ? event : event.put("inspect", inspect));
    } else if (!output.quiet()) {
      shell.out().println("serving " + ws + " and " + http);
      if (inspect != null) {
        shell.out().println("from inside: " + inspect);
      }
    }
    shell.out().flush();
  }
}
