package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.Format;
import dev.holdfast.report.format.Formats;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What somebody can do to a bundle who would like it to say something else. */
final class Forgery {
  private static final Pattern HASH = Pattern.compile(",\"hash\":\"([0-9a-f]{64})\"}$");

  private Forgery() {}

  /** A copy of a bundle to be tampered with. */
  static Path copied(Path bundle, Path folder) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> all = Files.walk(bundle)) {
      for (Path from : all.sorted().toList()) {
        Path to = copy.resolve(bundle.relativize(from).toString());
        if (!Files.isDirectory(from)) {
          Files.createDirectories(to.getParent());
          Files.copy(from, to);
        }
      }
    }
    return copy;
  }

  /** With the heads of the audit logs as they were: nobody can make those. */
  static void reseal(Path copy) throws IOException {
    Manifest before = Manifest.read(copy);
    RunReport report = JsonFormat.read(copy.resolve("report.json"));
    Files.writeString(copy.resolve("manifest.json"), Seal.of(copy, report, before.auditHeads()));
  }

  /** Draws all pages of what report.json says now, and seals. */
  static void redraw(Path copy) throws IOException {
    RunReport report = JsonFormat.read(copy.resolve("report.json"));
    for (Format format : Formats.FILES) {
      StringWriter drawn = new StringWriter();
      format.write(report, drawn);
      Files.writeString(copy.resolve(format.fileName()), drawn.toString());
    }
    reseal(copy);
  }

  static void edit(Path bundle, String file, String what, String by) throws IOException {
    String text = Files.readString(bundle.resolve(file));
    int at = text.indexOf(what);
    assertTrue(at >= 0, () -> what + " is not in " + file);
    Files.writeString(
        bundle.resolve(file), text.substring(0, at) + by + text.substring(at + what.length()));
  }

  static void lines(Path bundle, String file, UnaryOperator<List<String>> change)
      throws IOException {
    List<String> all = new ArrayList<>(Files.readAllLines(bundle.resolve(file)));
    Files.write(bundle.resolve(file), change.apply(all));
  }

  /** Changes the log that the proof of the audit reads. */
  static void audit(Path bundle, UnaryOperator<List<String>> change) throws IOException {
    try (Stream<Path> logs = Files.list(AuditEvidence.own(bundle))) {
      for (Path log : logs.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        lines(bundle, bundle.relativize(log).toString(), change);
      }
    }
  }

  /** Another entry in place of one, and all after it hashed anew, so that the chain is sound. */
  static List<String> suffix(List<String> lines, int from, UnaryOperator<String> change) {
    List<String> forged = new ArrayList<>(lines.subList(0, from));
    String before = hash(lines.get(from - 1));
    for (int i = from; i < lines.size(); i++) {
      String body = HASH.matcher(lines.get(i)).replaceFirst("}");
      body = body.replace(hash(lines.get(i - 1)), before);
      body = i == from ? change.apply(body) : body;
      before = Seal.sha256(body);
      forged.add(body.substring(0, body.length() - 1) + ",\"hash\":\"" + before + "\"}");
    }
    return forged;
  }

  private static String hash(String line) {
    var hash = HASH.matcher(line);
    assertTrue(hash.find(), line);
    return hash.group(1);
  }
}
