package dev.holdfast.cli;

import dev.holdfast.cli.gate.LoadShape;
import dev.holdfast.cli.gate.LoadStage;
import dev.holdfast.cli.load.DurationText;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.TargetOptions;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.load.LoadProfile;
import dev.holdfast.report.result.Stage;
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
      "  ./holdfast load --config holdfast.yaml      judged by the budgets declared there"
    })
final class LoadCommand implements Callable<Integer> {
  private static final URI ANYWHERE = URI.create("ws://127.0.0.1:1/ws/chat");

  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin TargetOptions target = new TargetOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(
      names = "--profile",
      paramLabel = "smoke|steady|spike|soak|storm",
      description = "The shape of the load. Default: smoke, ten people for ten seconds")
  LoadProfile profile = LoadProfile.SMOKE;

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

  LoadCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    LoadShape shape = new LoadShape(profile, users, durationMs);
    refuseUnlessPossible(shape);
    return Run.of(
        shell, spec, target, report, run -> run.during(Stage.LOAD, new LoadStage(shape)::run));
  }

  private static void refuseUnlessPossible(LoadShape shape) {
    try {
      shape.against(ANYWHERE);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
