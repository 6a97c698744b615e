package dev.holdfast.cli.evidence;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.AuditSummary;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.audit.AuditEntries;
import dev.holdfast.scenarios.audit.AuditMapping;
import dev.holdfast.scenarios.audit.AuditProof;
import dev.holdfast.server.audit.AuditVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds an audit log against the histories that lie beside it in the evidence. */
public final class AuditEvidence {
  private static final int MOST_SAID = 3;

  /** Folder, in the evidence, of the log of the reference that chaos is played on. */
  public static final String CHAOS = "audit-chaos";

  private static final String THEIRS = "evidence/audit-theirs";
  private static final String MAPPING = "mapping.json";

  private AuditEvidence() {}

  /** What was found, and the figures behind it. */
  public record Found(List<Finding> findings, AuditSummary summary) {
    public Found {
      findings = List.copyOf(findings);
    }
  }

  /** All histories of a stage's folder whose server wrote the log in question. */
  public static List<HistoryRecord> histories(Path stage) throws IOException {
    List<HistoryRecord> all = new ArrayList<>();
    if (!Files.isDirectory(stage)) {
      return all;
    }
    try (Stream<Path> files = Files.walk(stage)) {
      for (Path file : files.filter(f -> f.endsWith(Rules.HISTORY)).sorted().toList()) {
        Path folder = file.getParent();
        if (folder != null && !Rules.read(folder).ownServer()) {
          all.addAll(Rules.history(folder));
        }
      }
    }
    return all;
  }

  /** The proof of a log. */
  public static Found prove(Path log, AuditMapping mapping, List<HistoryRecord> histories)
      throws IOException {
    AuditEntries entries = AuditEntries.read(log, mapping);
    AuditProof proof = AuditProof.of(histories, entries.all());
    List<Finding> findings = new ArrayList<>();
    String head = "";
    if (mapping.standard()) {
      AuditVerifier.Verdict chain = AuditVerifier.verify(List.of(log));
      findings.add(chain(chain));
      head = chain instanceof AuditVerifier.Verdict.Sound sound ? sound.head().toString() : "";
    }
    findings.add(recorded(proof));
    findings.add(caused(proof, entries));
    return new Found(
        findings,
        new AuditSummary(
            entries.lines(),
            head,
            proof.observed(),
            proof.recorded(),
            proof.entries(),
            proof.explained()));
  }

  private static Finding chain(AuditVerifier.Verdict verdict) {
    var finding =
        Finding.about(
                Stage.AUDIT,
                "audit/chain-is-sound",
                "Every entry follows the one before it, and none was changed.")
            .clause("audit/hash-covers-entry-and-prev")
            .rerun("./holdfast audit verify");
    return switch (verdict) {
      case AuditVerifier.Verdict.Sound sound ->
          finding.expected("a chain from entry " + sound.from()).pass();
      case AuditVerifier.Verdict.Broken broken -> finding.violated(broken.why());
    };
  }

  private static Finding recorded(AuditProof proof) {
    var finding =
        Finding.about(
                Stage.AUDIT,
                "audit/each-event-has-one-entry",
                "What a client saw happen is on record, once.")
            .clause("audit/handed-over-before-the-effect")
            .likelyCause("an entry that is written after its effect, or by only one of two paths")
            .expected(
                "%d events that clients saw, each on record once".formatted(proof.observed()));
    if (proof.nothing()) {
      return finding.inconclusive("no client was watched on a server whose log this is");
    }
    return proof.missing().isEmpty() ? finding.pass() : finding.violated(some(proof.missing()));
  }

  private static Finding caused(AuditProof proof, AuditEntries entries) {
    var finding =
        Finding.about(
                Stage.AUDIT,
                "audit/each-entry-has-a-cause",
                "What is on record about a client that was watched, it did or saw.")
            .clause("audit/entry-fields")
            .likelyCause("an entry about another session, written twice, or made up")
            .expected("%d entries, each with a cause".formatted(proof.entries()));
    if (proof.nothing()) {
      return finding.inconclusive("no client was watched on a server whose log this is");
    }
    List<String> wrong = new ArrayList<>(entries.unread());
    wrong.addAll(proof.uncaused());
    return wrong.isEmpty() ? finding.pass() : finding.violated(some(wrong));
  }

  /** What is said of a log that is not there, or no text. */
  public static Finding unreadable(String why) {
    return Finding.about(
            Stage.AUDIT,
            "audit/each-event-has-one-entry",
            "What a client saw happen is on record, once.")
        .clause("audit/handed-over-before-the-effect")
        .inconclusive(why);
  }

  private static String some(List<String> all) {
    String first = String.join("; ", all.subList(0, Math.min(MOST_SAID, all.size())));
    return all.size() > MOST_SAID ? first + "; and " + (all.size() - MOST_SAID) + " more" : first;
  }

  /** Keeps somebody else's log, and what its words mean, as evidence; gives where. */
  public static Path copy(Path log, AuditMapping mapping, Path bundle) throws IOException {
    Path folder = bundle.resolve(THEIRS);
    Files.createDirectories(folder);
    List<Path> files;
    try (Stream<Path> inside = Files.walk(log, 1)) {
      files = inside.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        folder.resolve(MAPPING), JsonFormat.MAPPER.writeValueAsString(mapping) + "\n");
    return folder;
  }

  /** Proves the log in a bundle again; null where there is none. */
  static @Nullable Found again(Path bundle) throws IOException {
    List<HistoryRecord> seen = histories(bundle.resolve("evidence/chaos"));
    Path theirs = bundle.resolve(THEIRS);
    if (Files.isDirectory(theirs)) {
      String mapping = Files.readString(theirs.resolve(MAPPING));
      return prove(theirs, JsonFormat.MAPPER.readValue(mapping, AuditMapping.class), seen);
    }
    Path own = own(bundle);
    return Files.isDirectory(own) ? prove(own, AuditMapping.STANDARD, seen) : null;
  }

  /** The log of the reference that chaos was played on, which has a server of its own there. */
  public static Path own(Path bundle) {
    Path chaos = bundle.resolve("evidence").resolve(CHAOS);
    return Files.isDirectory(chaos) ? chaos : bundle.resolve("evidence/audit");
  }

  /** Where the chain of each audit log in the evidence ends, by its folder. */
  public static Map<String, String> heads(Path bundle) {
    Map<String, String> heads = new TreeMap<>();
    Path evidence = bundle.resolve("evidence");
    if (!Files.isDirectory(evidence)) {
      return heads;
    }
    try (Stream<Path> files = Files.walk(evidence)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        Path folder = file.getParent();
        if (folder != null && file.getFileName().toString().matches("actions_[0-9]{8}\\.jsonl")) {
          head(bundle, folder, heads);
        }
      }
    } catch (IOException e) {
      heads.put("evidence", "cannot be read: " + e.getMessage());
    }
    return heads;
  }

  private static void head(Path bundle, Path folder, Map<String, String> heads) throws IOException {
    String name = bundle.relativize(folder).toString().replace('\\', '/');
    heads.put(
        name,
        switch (AuditVerifier.verify(List.of(folder))) {
          case AuditVerifier.Verdict.Sound sound -> sound.head().toString();
          case AuditVerifier.Verdict.Broken broken -> "broken: " + broken.why();
        });
  }
}
