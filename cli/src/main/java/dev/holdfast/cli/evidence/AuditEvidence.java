package dev.holdfast.cli.evidence;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.AuditSummary;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
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
import java.util.Locale;
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
  private static final String NOT_KEPT = "not-kept.txt";

  /** A log beyond this is proven where it lies, and not kept. */
  private static final long MOST_BYTES = 64 << 20;

  private AuditEvidence() {}

  private static final String NO_ENTRIES = "the log has no entries: is target.audit right?";

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
    AuditEntries entries = AuditEntries.read(log, mapping, AuditProof.about(histories));
    AuditProof proof = AuditProof.of(histories, entries.all());
    List<Finding> findings = new ArrayList<>();
    String head = "";
    if (mapping.standard() && entries.lines() == 0) {
      findings.add(chainFinding().inconclusive(NO_ENTRIES));
    } else if (mapping.standard()) {
      AuditVerifier.Verdict chain = AuditVerifier.verify(AuditEntries.files(log));
      findings.add(chain(chain));
      head = chain instanceof AuditVerifier.Verdict.Sound sound ? sound.head().toString() : "";
    }
    findings.add(recorded(proof, entries));
    findings.add(caused(proof, entries, mapping));
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

  private static FindingBuilder chainFinding() {
    return Finding.about(
            Stage.AUDIT,
            "audit/chain-is-sound",
            "Every entry follows the one before it, and none was changed.")
        .clause("audit/hash-covers-entry-and-prev")
        .rerun(Launcher.with("audit verify"));
  }

  private static Finding chain(AuditVerifier.Verdict verdict) {
    FindingBuilder finding = chainFinding();
    return switch (verdict) {
      case AuditVerifier.Verdict.Sound sound ->
          finding.expected("a chain from entry " + sound.from()).pass();
      case AuditVerifier.Verdict.Broken broken -> finding.violated(broken.why());
    };
  }

  private static Finding recorded(AuditProof proof, AuditEntries entries) {
    var finding =
        Finding.about(
                Stage.AUDIT,
                "audit/each-event-has-one-entry",
                "What a client saw happen is on record, once.")
            .clause("audit/handed-over-before-the-effect")
            .likelyCause("an entry that is written after its effect, or by only one of two paths")
            .expected(
                String.format(
                    Locale.ROOT,
                    "%d events that clients saw, each on record once",
                    proof.observed()));
    String open = open(proof, entries);
    if (open != null) {
      return finding.inconclusive(open);
    }
    return proof.missing().isEmpty() ? finding.pass() : finding.violated(some(proof.missing()));
  }

  private static Finding caused(AuditProof proof, AuditEntries entries, AuditMapping mapping) {
    String others = proof.others() == 0 ? "" : "; %d more of which no client sees the cause";
    String skipped = mapping.standard() || entries.unread() == 0 ? "" : "; %d lines are no JSON";
    var finding =
        Finding.about(
                Stage.AUDIT,
                "audit/each-entry-has-a-cause",
                "What is on record about a client that was watched, it did or saw.")
            .clause("audit/entry-fields")
            .likelyCause("an entry about another session, written twice, or made up")
            .expected(
                String.format(Locale.ROOT, "%d entries, each with a cause", proof.entries())
                    + String.format(Locale.ROOT, others, proof.others())
                    + String.format(Locale.ROOT, skipped, entries.unread()));
    String open = open(proof, entries);
    if (open == null && proof.noEntries() && wrong(entries, mapping).isEmpty()) {
      open =
          String.format(
              Locale.ROOT,
              "of %d lines in the log none is about a session that was watched: no entry was judged",
              entries.lines());
    }
    if (open != null) {
      return finding.inconclusive(open);
    }
    List<String> wrong = new ArrayList<>(wrong(entries, mapping));
    wrong.addAll(proof.uncaused());
    return wrong.isEmpty() ? finding.pass() : finding.violated(some(wrong));
  }

  /** A log of another form may hold other lines; that of the protocol is JSON from end to end. */
  private static List<String> wrong(AuditEntries entries, AuditMapping mapping) {
    return mapping.standard() ? entries.firstUnread() : List.of();
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

  /** Why nothing can be said of a log; null where something can. */
  private static @Nullable String open(AuditProof proof, AuditEntries entries) {
    if (entries.lines() == 0) {
      return NO_ENTRIES;
    }
    if (entries.beyond() > 0) {
      return String.format(
          Locale.ROOT,
          "the log has more than %,d entries about those who were watched; %,d were not read",
          AuditEntries.MOST,
          entries.beyond());
    }
    return proof.nothing() ? "no client was watched on a server whose log this is" : null;
  }

  private static String some(List<String> all) {
    String first = String.join("; ", all.subList(0, Math.min(MOST_SAID, all.size())));
    return all.size() > MOST_SAID ? first + "; and " + (all.size() - MOST_SAID) + " more" : first;
  }

  /**
   * Keeps somebody else's log, and what its words mean, as evidence: the files that are read and no
   * others, and of those no more than a bundle should carry.
   *
   * @return where to read it: in the bundle, or where it was if it is too large to be kept
   */
  public static Path copy(Path log, AuditMapping mapping, Path bundle) throws IOException {
    return copy(log, mapping, bundle, MOST_BYTES);
  }

  static Path copy(Path log, AuditMapping mapping, Path bundle, long most) throws IOException {
    Path folder = Files.createDirectories(bundle.resolve(THEIRS));
    long bytes = 0;
    List<Path> files = AuditEntries.files(log);
    for (Path file : files) {
      bytes += Files.size(file);
    }
    Files.writeString(
        folder.resolve(MAPPING), JsonFormat.MAPPER.writeValueAsString(mapping) + "\n");
    if (bytes > most) {
      Files.writeString(
          folder.resolve(NOT_KEPT),
          String.format(
              Locale.ROOT,
              "The log, %,d bytes, is not kept here: the most is %,d.\n",
              bytes,
              most));
      return log;
    }
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  /** Why the log that a bundle's proof was about cannot be read again; null if it can. */
  static @Nullable String notKept(Path bundle) throws IOException {
    Path note = bundle.resolve(THEIRS).resolve(NOT_KEPT);
    return Files.exists(note) ? Files.readString(note).strip() : null;
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
