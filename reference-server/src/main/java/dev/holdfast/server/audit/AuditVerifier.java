package dev.holdfast.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads audit files from the oldest to the newest and finds the first line that is not sound. */
public final class AuditVerifier {

  /** What verification found. */
  public sealed interface Verdict {
    /**
     * Every line follows the one before.
     *
     * @param from the first entry that is there; more than 1 when older files were left out
     */
    record Sound(long from, AuditHead head) implements Verdict {}

    /** The first line at fault, counted from 1; 0 when no line is, but something is missing. */
    record Broken(Path file, long line, String why) implements Verdict {}
  }

  private final @Nullable AuditHead kept;
  private @Nullable AuditHead head;
  private long from;
  private boolean keptSeen;

  private AuditVerifier(@Nullable AuditHead kept) {
    this.kept = kept;
  }

  public static Verdict verify(List<Path> files) throws IOException {
    return verify(files, null);
  }

  /**
   * Verifies files, and that a head kept elsewhere is among their entries.
   *
   * @param files in any order; their names tell their days. A directory stands for its files
   */
  public static Verdict verify(List<Path> files, @Nullable AuditHead kept) throws IOException {
    List<Path> sorted = inOrder(files);
    if (sorted.isEmpty()) {
      throw new IOException("there is no audit file to verify");
    }
    return new AuditVerifier(kept).verifySorted(sorted);
  }

  /** The files meant, a directory standing for its own, from the oldest day to the newest. */
  public static List<Path> inOrder(List<Path> files) throws IOException {
    List<Path> sorted = new ArrayList<>();
    for (Path file : files) {
      sorted.addAll(Files.isDirectory(file) ? AuditFiles.in(file) : List.of(file));
    }
    sorted.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return sorted;
  }

  private Verdict verifySorted(List<Path> files) throws IOException {
    for (Path file : files) {
      Verdict broken = verifyFile(file);
      if (broken != null) {
        return broken;
      }
    }
    Path last = files.get(files.size() - 1);
    if (head == null) {
      return new Verdict.Broken(last, 0, "there is no entry at all");
    }
    if (kept != null && !keptSeen) {
      return new Verdict.Broken(
          last, 0, "the chain ends at entry " + head.entry() + " and does not hold the kept head");
    }
    return new Verdict.Sound(from, head);
  }

  private @Nullable Verdict verifyFile(Path file) throws IOException {
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        number++;
        take(line);
        line = lines.readLine();
      }
      return null;
    } catch (AuditChain.Unsound e) {
      return new Verdict.Broken(file, number, "line " + number + " " + e.getMessage());
    } catch (MalformedInputException e) {
      return new Verdict.Broken(file, number + 1, "line " + (number + 1) + " is no UTF-8 text");
    }
  }

  private void take(String line) throws AuditChain.Unsound {
    AuditHead before = head;
    if (before == null) {
      before = AuditChain.before(line);
      from = before.entry() + 1;
      if (before.entry() <= 0) {
        before = AuditHead.GENESIS;
      }
    }
    head = AuditChain.follow(before, line);
    if (kept != null && kept.entry() == head.entry()) {
      keptSeen = true;
      if (!kept.equals(head)) {
        throw new AuditChain.Unsound("is not the entry whose hash was kept");
      }
    }
  }
}
