package dev.holdfast.cli;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.cli.serve.AgentChoice;
import dev.holdfast.cli.serve.RolloutOptions;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the reference server until it is told to stop. */
@Command(
    name = "serve",
    description =
        "Runs the reference server: /ws/chat, POST /api/chat, /health and more. SIGTERM or"
            + " Ctrl-C lets runs finish, closes all connections with 1012 and exits 0.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast serve",
      "  ./holdfast serve --port 0 --json           a free port, told as JSON",
      "  ./holdfast serve --audit audit --agent echo",
      "  ./holdfast serve --rollout-percent 25",
      "",
      "Environment: ENABLE_WEBSOCKET and WEBSOCKET_ROLLOUT_PERCENT where the options are not given,",
      "HOLDFAST_ADMIN_TOKEN for /admin; without it only this machine administers."
    })
final class ServeCommand implements Callable<Integer> {
  private static final String ADMIN_TOKEN = "HOLDFAST_ADMIN_TOKEN";
  private static final int MOST_PORT = 65_535;

  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin RolloutOptions rollout = new RolloutOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen, 0 for a free port. Default: ${DEFAULT-VALUE}")
  int port = 8_001;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}, this machine alone")
  String host = "127.0.0.1";

  @Option(
      names = "--audit",
      paramLabel = "DIR",
      description = "Write the audit log here, one file a day. Default: none is kept")
  @Nullable Path audit;

  @Option(
      names = "--agent",
      paramLabel = "scripted|echo",
      description =
          "Who answers: one that does what a line '#agent slow_ms=500 tools=2 tokens=40"
              + " fail' says, or one that repeats. Default: ${DEFAULT-VALUE}")
  AgentChoice agent = AgentChoice.SCRIPTED;

  @Option(names = "--print-config", description = "Say what would be run, as JSON, and do not.")
  boolean printConfig;

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    ServerOptions options = options();
    if (printConfig) {
      shell.out().println(config(options));
      return 0;
    }
    CountDownLatch told = new CountDownLatch(1);
    Signals.Watch watch = shell.signals().watch(signal -> tell(told, signal));
    try {
      serve(options, told);
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
      say(server);
      told.await();
    } finally {
      server.stop();
    }
  }

  private ReferenceServer start(ServerOptions options) throws IOException {
    try {
      return ReferenceServer.start(options);
    } catch (BindException e) {
      throw new UsageError(e.getMessage() + "; give another --port, or 0 for a free one");
    }
  }

  private void say(ReferenceServer server) {
    if (output.json()) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "serving");
      shell.out().println(event.put("ws", server.wsUrl()).put("http", server.httpUrl()));
    } else if (!output.quiet()) {
      shell.out().println("serving " + server.wsUrl() + " and " + server.httpUrl());
    }
    shell.out().flush();
  }

  private ServerOptions options() {
    if (port < 0 || port > MOST_PORT) {
      throw new UsageError("--port " + port + ": expected a number from 0 to " + MOST_PORT);
    }
    return ServerOptions.builder()
        .host(host)
        .port(port)
        .agent(agent.agent())
        .auditDirectory(audit)
        .rollout(rollout.enabled(shell.env()), rollout.percent(shell.env()))
        .adminToken(shell.env().get(ADMIN_TOKEN))
        .build();
  }

  private String config(ServerOptions options) {
    var config = JsonFormat.MAPPER.createObjectNode();
    config.put("host", options.host()).put("port", options.port()).put("agent", agent.toString());
    config.put("audit", audit == null ? null : audit.toString());
    config.put("enable_websocket", options.rollout().enabled());
    config.put("rollout_percent", options.rollout().percent());
    config.put("admin_token", options.adminToken() == null ? null : "***");
    config.set("protocol", JsonFormat.MAPPER.valueToTree(options.config()));
    config.set("limits", JsonFormat.MAPPER.valueToTree(options.limits()));
    return config.toPrettyString();
  }
}
