package dev.holdfast.cli;

import static dev.holdfast.cli.Forgery.audit;
import static dev.holdfast.cli.Forgery.edit;
import static dev.holdfast.cli.Forgery.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.bundle.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What has to be true of each bundle: its verdict can be had again, and no forgery of it can. */
abstract class BundleDeeds {
  private static final String HISTORY = "evidence/chaos/resume/cut-mid-run/history.jsonl";

  @TempDir Path folder;

  abstract Path bundle();

  /** Something that somebody does to a bundle. */
  private interface Deed {
    void to(Path bundle) throws IOException;
  }

  @Test
  void itsVerdictStandsAndWhatCannotBeHadAgainIsSaid() throws Exception {
    Spoken verified = Spoken.by("verify", bundle().toString(), "--seal", Seal.of(bundle()));

    assertEquals(0, verified.exitCode(), verified::out);
    assertTrue(verified.lastLine().startsWith("holdfast: PASS the verdict stands"));
    assertTrue(verified.out().matches("(?s).*– not recomputed: \\d+ conformance cases.*"));
  }

  @TestFactory
  Stream<DynamicTest> whateverIsDoneToItIsFound() {
    return Stream.of(
        tampered("an edit", b -> edit(b, HISTORY, "\"run_id\":\"r", "\"run_id\":\"x")),
        tampered("a file that is dropped", b -> Files.delete(b.resolve(HISTORY))),
        tampered("a file that is added", b -> Files.writeString(b.resolve("evidence/x"), "x")),
        tampered("two files swapped", BundleDeeds::swapFiles),
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
            "a history dropped",
            b -> {
              Files.delete(b.resolve(HISTORY));
              Files.delete(b.resolve(HISTORY).resolveSibling("rules.json"));
            }),
        forged(
            "a user moved in the census",
            b -> edit(b, "evidence/rollout/census.jsonl", "\"in\":\"", "\"in\":\"A")),
        forged("the census dropped", b -> Files.delete(b.resolve("evidence/rollout/census.jsonl"))),
        forged(
            "a failed answer hidden or made up",
            b -> edit(b, "evidence/rollout/trial.jsonl", "\"failed\":false", "\"failed\":true")),
        forged("a figure improved", b -> edit(b, "report.json", "\"p99_us\" : ", "\"p99_us\" : 1")),
        forged(
            "a verdict improved",
            b -> edit(b, "report.json", "\"exit_code\" : 0", "\"exit_code\" : 4")),
        forged(
            "a run said to be partial that nothing cut short",
            b ->
                edit(
                    b,
                    "report.json",
                    "\"environment\" : {",
                    "\"partial\" : \"ended by SIGTERM\", \"environment\" : {")),
        forged(
            "a limit raised",
            b -> edit(b, "report.json", "\"limit\" : 100.0", "\"limit\" : 1000.0")));
  }

  @TestFactory
  Stream<DynamicTest> whoTouchesTheAuditLogIsFound() {
    return Stream.of(
        forged(
            "an entry edited",
            b -> audit(b, l -> set(l, 5, l.get(5).replaceFirst("\"event\":\"", "\"event\":\"x")))),
        forged(
            "an entry dropped",
            b ->
                audit(
                    b,
                    l -> {
                      l.remove(7);
                      return l;
                    })),
        forged(
            "entries swapped",
            b ->
                audit(
                    b,
                    l -> {
                      Collections.swap(l, 3, 4);
                      return l;
                    })),
        forged("the tail cut", b -> audit(b, l -> l.subList(0, l.size() - 2))),
        forged("a suffix that does not follow", b -> audit(b, BundleDeeds::badSuffix)));
  }

  /** A chain that is sound in itself and another one: only the head that was kept tells. */
  @Test
  void aSuffixHashedAnewIsFoundByTheHeadThatWasKept() throws Exception {
    Path copy = Forgery.copied(bundle(), folder);
    audit(
        copy,
        l ->
            Forgery.suffix(
                l, l.size() - 1, e -> e.replace("\"result\":\"ok\"", "\"result\":\"no\"")));
    Forgery.reseal(copy);

    Spoken chain =
        Spoken.by("audit", "verify", dev.holdfast.cli.evidence.AuditEvidence.own(copy).toString());
    assertEquals(0, chain.exitCode(), chain::out);
    Spoken spoken = Spoken.by("verify", copy.toString());
    assertEquals(1, spoken.exitCode(), spoken::out);
    assertTrue(spoken.out().contains("its chain ended at"), spoken::out);
  }

  @Test
  void aBundleForgedAsAWholeIsFoundByItsSeal() throws Exception {
    Path copy = Forgery.copied(bundle(), folder);
    String kept = Seal.of(copy);
    edit(copy, "evidence/config.json", "\"profile\" : \"core\"", "\"profile\" : \"resume\"");
    Forgery.reseal(copy);

    assertEquals(0, Spoken.by("verify", copy.toString()).exitCode());
    Spoken spoken = Spoken.by("verify", copy.toString(), "--seal", kept);
    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.lastLine().contains("is not the one that was sealed"), spoken::out);
  }

  @Test
  void itsPagesAreDrawnAgainElsewhereAndItselfIsLeftAlone() throws Exception {
    Path out = folder.resolve("again");
    Spoken spoken = Spoken.by("report", bundle().toString(), "--out", out.toString());

    assertEquals(0, spoken.exitCode());
    assertEquals(
        Files.readString(bundle().resolve("index.html")),
        Files.readString(out.resolve("index.html")));
    String self = bundle().toString();
    assertEquals(64, Spoken.by("report", self, "--out", self).exitCode());
  }

  @Test
  void aBundleDiffersFromItselfInNothingAndFromAWorseOneInWhatGotWorse() throws Exception {
    Path copy = Forgery.copied(bundle(), folder);
    edit(
        copy,
        "report.json",
        "\"verdict\" : \"pass\",\n    \"duration_ms\"",
        "\"verdict\" : \"fail\",\n    \"duration_ms\"");

    assertEquals(0, Spoken.by("diff", bundle().toString(), bundle().toString()).exitCode());
    Spoken spoken = Spoken.by("diff", bundle().toString(), copy.toString());
    assertEquals(1, spoken.exitCode(), spoken::out);
    assertTrue(spoken.out().contains("pass → fail"), spoken::out);
  }

  private DynamicTest tampered(String what, Deed deed) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Path copy = Forgery.copied(bundle(), folder);
          deed.to(copy);
          assertEquals(1, Spoken.by("verify", copy.toString()).exitCode());
        });
  }

  private DynamicTest forged(String what, Deed deed) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Path copy = Forgery.copied(bundle(), folder);
          deed.to(copy);
          Forgery.redraw(copy);
          Spoken spoken = Spoken.by("verify", copy.toString());
          assertEquals(1, spoken.exitCode(), spoken::out);
          // Not by its hash: "line 6 was changed" is what the audit chain itself says.
          assertFalse(spoken.out().matches("(?s).*✕ \\S+ was changed.*"), spoken::out);
        });
  }

  private static List<String> set(List<String> lines, int at, String line) {
    lines.set(at, line);
    return lines;
  }

  private static List<String> badSuffix(List<String> l) {
    return set(l, l.size() - 1, l.getLast().replaceFirst("\"event\":\"", "\"event\":\"x"));
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
