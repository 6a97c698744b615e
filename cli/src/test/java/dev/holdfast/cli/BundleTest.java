package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a quick gate leaves behind: its verdict can be had again, and no forgery of it can. */
@Isolated("its times count")
@Tag("lab")
class BundleTest {
  private static final String HISTORY = "evidence/chaos/resume/cut-mid-run/history.jsonl";

  @TempDir Path folder;

  private static Path bundle = Path.of("");
  private static Spoken gate = new Spoken(0, "", "");

  /** Something that somebody does to a bundle. */
  private interface Deed {
    void to(Path bundle) throws IOException;
  }

  @BeforeAll
  static void playTheGate() {
    bundle = QuickGate.played().bundle();
    gate = QuickGate.played().spoken();
  }

  @Test
  void theReferencePassesAndItsVerdictStands() throws Exception {
    assertEquals(0, gate.exitCode(), () -> gate.out() + gate.err());
    Spoken verified = Spoken.by("verify", bundle.toString(), "--seal", Seal.of(bundle));

    assertEquals(0, verified.exitCode(), verified::out);
    assertTrue(verified.lastLine().startsWith("holdfast: PASS the verdict stands"));
    assertTrue(gate.out().contains("Seal:   " + Seal.of(bundle)), gate::out);
  }

  /** The pages are drawn again from figures that are had again; then no other number fits. */
  @Test
  void everyNumberOnThePageComesFromTheEvidence() throws Exception {
    String page = Files.readString(bundle.resolve("index.html"));
    String main = page.substring(page.indexOf("<main"));
    List<Integer> digits = new ArrayList<>();
    var number = Pattern.compile(">[^<]*[0-9]").matcher(main);
    while (number.find()) {
      digits.add(number.end() - 1);
    }
    assertTrue(digits.size() > 300, () -> "only " + digits.size() + " numbers on the page");
    Path copy = copied();
    int step = digits.size() / 5;
    for (int i = 0; i < digits.size(); i += step) {
      int at = page.indexOf("<main") + digits.get(i);
      char other = page.charAt(at) == '9' ? '8' : (char) (page.charAt(at) + 1);
      Files.writeString(
          copy.resolve("index.html"), page.substring(0, at) + other + page.substring(at + 1));
      resealed(copy);
      Spoken spoken = Spoken.by("verify", copy.toString());
      assertEquals(1, spoken.exitCode());
      assertTrue(spoken.out().contains("index.html does not show"), spoken::out);
    }
  }

  @TestFactory
  Stream<DynamicTest> whateverIsDoneToItIsFound() {
    return Stream.of(
        tampered("an edit", b -> edit(b, HISTORY, "\"run_id\":\"r", "\"run_id\":\"x")),
        tampered("a file that is dropped", b -> Files.delete(b.resolve(HISTORY))),
        tampered("a file that is added", b -> Files.writeString(b.resolve("evidence/x"), "x")),
        tampered("two files swapped", BundleTest::swapFiles),
        tampered("a verdict turned", b -> edit(b, "manifest.json", "\"pass\"", "\"fail\"")));
  }

  /** The same by somebody who knows how to make a manifest. */
  @TestFactory
  Stream<DynamicTest> whoSealsItAnewIsFoundToo() {
    return Stream.of(
        forged(
            "an answer that never came",
            b -> edit(b, HISTORY, "\"kind\":\"ok\"", "\"kind\":\"fail\"")),
        forged("records dropped", b -> lines(b, HISTORY, l -> l.subList(0, l.size() / 2))),
        forged(
            "an audit entry edited",
            b ->
                audit(
                    b,
                    l -> {
                      l.set(5, l.get(5).replaceFirst("\"event\":\"", "\"event\":\"x"));
                      return l;
                    })),
        forged(
            "an audit entry dropped",
            b ->
                audit(
                    b,
                    l -> {
                      l.remove(7);
                      return l;
                    })),
        forged(
            "audit entries swapped",
            b ->
                audit(
                    b,
                    l -> {
                      Collections.swap(l, 3, 4);
                      return l;
                    })),
        forged("the audit log's tail cut", b -> audit(b, l -> l.subList(0, l.size() - 2))),
        forged(
            "a suffix forged",
            b ->
                audit(
                    b,
                    l -> {
                      l.set(
                          l.size() - 1, l.getLast().replaceFirst("\"event\":\"", "\"event\":\"x"));
                      return l;
                    })),
        forged(
            "a user moved in the census",
            b -> edit(b, "evidence/rollout/census.jsonl", "\"in\":\"", "\"in\":\"A")),
        forged(
            "a failed answer hidden or made up",
            b -> edit(b, "evidence/rollout/trial.jsonl", "\"failed\":false", "\"failed\":true")),
        forged("a figure improved", b -> edit(b, "report.json", "\"p99_us\" : ", "\"p99_us\" : 1")),
        forged(
            "a verdict improved",
            b -> edit(b, "report.json", "\"exit_code\" : 0", "\"exit_code\" : 4")));
  }

  @Test
  void aBundleForgedAsAWholeIsFoundByItsSeal() throws Exception {
    Path copy = copied();
    String kept = Seal.of(copy);
    edit(copy, "evidence/config.json", "\"profile\" : \"core\"", "\"profile\" : \"resume\"");
    resealed(copy);

    assertEquals(0, Spoken.by("verify", copy.toString()).exitCode());
    Spoken spoken = Spoken.by("verify", copy.toString(), "--seal", kept);
    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.lastLine().contains("is not the one that was sealed"), spoken::out);
  }

  @Test
  void itsPagesAreDrawnAgainElsewhereAndItselfIsLeftAlone() throws Exception {
    Path out = folder.resolve("again");
    Spoken spoken = Spoken.by("report", bundle.toString(), "--out", out.toString());

    assertEquals(0, spoken.exitCode());
    assertEquals(
        Files.readString(bundle.resolve("index.html")),
        Files.readString(out.resolve("index.html")));
    assertEquals(64, Spoken.by("report", bundle.toString(), "--out", bundle.toString()).exitCode());
  }

  @Test
  void aBundleDiffersFromItselfInNothingAndFromAWorseOneInWhatGotWorse() throws Exception {
    Path copy = copied();
    edit(
        copy,
        "report.json",
        "\"verdict\" : \"pass\",\n    \"duration_ms\"",
        "\"verdict\" : \"fail\",\n    \"duration_ms\"");

    assertEquals(0, Spoken.by("diff", bundle.toString(), bundle.toString()).exitCode());
    Spoken spoken = Spoken.by("diff", bundle.toString(), copy.toString());
    assertEquals(1, spoken.exitCode(), spoken::out);
    assertTrue(spoken.out().contains("pass → fail"), spoken::out);
  }

  private DynamicTest tampered(String what, Deed deed) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Path copy = copied();
          deed.to(copy);
          assertEquals(1, Spoken.by("verify", copy.toString()).exitCode());
        });
  }

  private DynamicTest forged(String what, Deed deed) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Path copy = copied();
          deed.to(copy);
          resealed(copy);
          Spoken spoken = Spoken.by("verify", copy.toString());
          assertEquals(1, spoken.exitCode(), spoken::out);
          // Not by its hash: "line 6 was changed" is what the audit chain itself says.
          assertFalse(spoken.out().matches("(?s).*✕ \\S+ was changed.*"), spoken::out);
        });
  }

  private Path copied() throws IOException {
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
  private static void resealed(Path copy) throws IOException {
    Manifest before = Manifest.read(copy);
    RunReport report = JsonFormat.read(copy.resolve("report.json"));
    Files.writeString(copy.resolve("manifest.json"), Seal.of(copy, report, before.auditHeads()));
  }

  private static void edit(Path bundle, String file, String what, String by) throws IOException {
    String text = Files.readString(bundle.resolve(file));
    int at = text.indexOf(what);
    assertTrue(at >= 0, () -> what + " is not in " + file);
    Files.writeString(
        bundle.resolve(file), text.substring(0, at) + by + text.substring(at + what.length()));
  }

  private static void lines(
      Path bundle, String file, java.util.function.UnaryOperator<List<String>> change)
      throws IOException {
    List<String> all = new ArrayList<>(Files.readAllLines(bundle.resolve(file)));
    Files.write(bundle.resolve(file), change.apply(all));
  }

  private static void audit(Path bundle, java.util.function.UnaryOperator<List<String>> change)
      throws IOException {
    try (Stream<Path> logs = Files.list(bundle.resolve("evidence/audit"))) {
      for (Path log : logs.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        lines(bundle, bundle.relativize(log).toString(), change);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void swapFiles(Path bundle) throws IOException {
    Path one = bundle.resolve(HISTORY);
    Path other = bundle.resolve(HISTORY.replace("resume", "core"));
    Path aside = bundle.resolve("aside.tmp");
    Files.move(one, aside);
    Files.move(other, one);
    Files.move(aside, other);
  }
}
