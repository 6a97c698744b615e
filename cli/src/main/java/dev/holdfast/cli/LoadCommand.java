package dev.holdfast.cli;

import dev.holdfast.cli.gate.LimitOptions;
import dev.holdfast.cli.gate.LoadCrew;
import dev.holdfast.cli.gate.LoadShape;
import dev.holdfast.cli.gate.LoadStage;
import dev.holdfast.cli.load.CrewOptions;
import dev.holdfast.cli.load.DurationText;
import dev.holdfast.cli.load.MixText;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.load.LoadProfile;
import dev.holdfast.load.Mix;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.model.Target;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets many people talk to a server at once. */
@Command(
    name = "load",
    description =
        "Lets many people talk to a server at once, times what they see and checks every"
            + " conversation.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast load",
      "  ./holdfast load ws://127.0.0.1:8001/ws/chat --users 50 --duration 30s",
      "  ./holdfast load ws://127.0.0.1:8001/ws/chat --profile storm",
      "  ./holdfast load --profile steady --users 1000 --mix talk=80,idle=20",
      "  ./holdfast load --profile steady --find-limit",
      "  ./holdfast load --profile steady --users 4000 --injectors 4",
      "  ./holdfast load --config holdfast.yaml      judged by the budgets declared there"
    })
final class LoadCommand implements Callable<Integer> {
  private static final URI ANYWHERE = URI.create("ws://127.0.0.1:1/ws/chat");

  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin ReportOptions report = new ReportOptions();
  @Mixin CrewOptions injectors = new CrewOptions();

  /** Whether messages are due on a schedule, or each waits for the answer before. */
  enum Model {
    OPEN,
    CLOSED
  }

  @Option(
      names = "--profile",
      paramLabel = "smoke|steady|spike|soak|storm",
      description = "The shape of the load. Default: smoke, ten people for ten seconds")
  LoadProfile profile = LoadProfile.SMOKE;

  @Option(
      names = "--model",
      paramLabel = "open|closed",
      description =
          "Whether messages are due on a schedule whatever the server does, or each person waits"
              + " for an answer first. Default: closed for smoke, else open")
  @Nullable Model model;

  @Option(
      names = "--mix",
      paramLabel = "KIND=N,…",
      converter = MixText.class,
      description =
          "Who they are: talk, stream, idle, drop and poll (over HTTP, the control). Default: all"
              + " that the target is known to serve, most of them talking")
  @Nullable Mix mix;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "How many people at once. Default: what the profile says")
  @Nullable Integer users;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long, as in 500ms, 60s, 10m or 2h. Default: what the profile says")
  @Nullable Long durationMs;

  @Option(
      names = "--find-limit",
      description =
          "Begin with --users (default: 50), double them until a budget or a conversation breaks,"
              + " and close in on the number. Each step takes --duration, by default ten seconds.")
  boolean findLimit;

  LoadCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Boolean open = model == null ? null : model == Model.OPEN;
    LoadShape shape = new LoadShape(profile, users, durationMs, open, mix);
    LoadCrew crew = injectors.crew(shell.env());
    refuseUnlessPossible(shape, crew);
    LimitOptions limit = findLimit ? LimitOptions.USUAL : LimitOptions.NONE;
    LoadStage stage = new LoadStage(shape, crew, limit);
    return Run.of(shell, spec, target, report, run -> run.during(Stage.LOAD, stage::run));
  }

  private void refuseUnlessPossible(LoadShape shape, LoadCrew crew) {
    if (findLimit && (profile == LoadProfile.STORM || crew.only() != null)) {
      throw new UsageError("--find-limit needs all injectors here, and no storm");
    }
    URI http = target.declared().url() == null ? ANYWHERE : target.declared().http();
    try {
      shape.against(Target.scripted(ANYWHERE, http, Profile.CORE), false);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
