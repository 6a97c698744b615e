package dev.holdfast.cli.audit;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.server.audit.AuditHead;
import dev.holdfast.server.audit.AuditVerifier;
import dev.holdfast.server.audit.AuditVerifier.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the first line of an audit log that is not sound. */
@Command(
    name = "verify",
    description =
        "Follows the chain of an audit log and names the first line that was changed, dropped,"
            + " added or moved. A cut end is noticed only against a head that was kept elsewhere:"
            + " the server logs one each minute and when it stops.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast audit verify audit/",
      "  ./holdfast audit verify audit/actions_20260131.jsonl --head 4711:5d1f…",
      "",
      "Exit codes: 0 sound, 1 not sound, 64 nothing to verify."
    })
public final class AuditVerify implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or folders of them.")
  List<Path> files = List.of();

  @Option(
      names = "--head",
      paramLabel = "ENTRY:HASH",
      description = "A head that was kept elsewhere and must be in the chain.")
  @Nullable String head;

  public AuditVerify(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Verdict verdict = verdict();
    switch (verdict) {
      case Verdict.Sound sound -> say(sound);
      case Verdict.Broken broken -> say(broken);
    }
    return (verdict instanceof Verdict.Sound ? ExitCode.PASS : ExitCode.NONCONFORMANCE).code();
  }

  private Verdict verdict() {
    LogFiles.refuseMissing(files);
    try {
      return AuditVerifier.verify(files, head == null ? null : AuditHead.parse(head));
    } catch (IllegalArgumentException e) {
      throw new UsageError("--head " + head + ": expected ENTRY:HASH, as the server logs it");
    } catch (IOException e) {
      throw new UsageError(files + ": " + e.getMessage() + "; give files of an audit log");
    }
  }

  private void say(Verdict.Sound sound) {
    String to = sound.head().entry() + ":" + sound.head().hash();
    if (output.json()) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "audit").put("sound", true);
      shell.out().println(event.put("from", sound.from()).put("head", to));
    } else {
      String from = sound.from() == 1 ? "" : " from entry " + sound.from();
      shell.out().println("holdfast: PASS audit log sound" + from + " to " + to);
    }
  }

  private void say(Verdict.Broken broken) {
    if (output.json()) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "audit").put("sound", false);
      event.put("file", broken.file().toString()).put("line", broken.line());
      shell.out().println(event.put("why", broken.why()));
    } else {
      String where = broken.file() + (broken.line() == 0 ? "" : ":" + broken.line());
      shell.out().println("holdfast: FAIL " + where + ": " + broken.why());
    }
  }
}
