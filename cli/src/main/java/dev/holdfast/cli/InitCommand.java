package dev.holdfast.cli;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a holdfast.yaml to begin with. */
@Command(
    name = "init",
    description =
        "Writes a holdfast.yaml that says of every key what it is for. Nothing is overwritten.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast init",
      "  ./holdfast init ci/holdfast.yaml && ./holdfast gate --config ci/holdfast.yaml"
    })
final class InitCommand implements Callable<Integer> {
  private static final String TEMPLATE = "/dev/holdfast/cli/config/holdfast.yaml";

  private final Shell shell;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to. Default: ${DEFAULT-VALUE}")
  Path file = Path.of("holdfast.yaml");

  InitCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, template(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new UsageError(file + " exists; give another name, or move it away");
    } catch (IOException e) {
      throw new UsageError(file + ": cannot be written: " + e.getMessage());
    }
    shell.out().println("Wrote " + file + ". Next: " + Launcher.with("gate --config ") + file);
    return ExitCode.PASS.code();
  }

  static String template() throws IOException {
    try (InputStream in = Objects.requireNonNull(InitCommand.class.getResourceAsStream(TEMPLATE))) {
      return Launcher.in(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
