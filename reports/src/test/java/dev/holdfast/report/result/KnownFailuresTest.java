package dev.holdfast.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFailuresTest {
  private static final Finding FAILED = Sample.about("queue/retained").violated("gone");
  private static final Finding PASSED = Sample.about("queue/in-order").pass();

  @Test
  void anExpectedFailureCarriesItsReasonAndDoesNotFail() {
    KnownFailures.Applied applied =
        failing("# a comment", "", "queue/retained  # fixed in 2.1").applyTo(all(), List.of());

    assertEquals("fixed in 2.1", applied.findings().getFirst().known());
    assertEquals(false, applied.findings().getFirst().fails());
    assertEquals(List.of(), applied.notes());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() {
    KnownFailures.Applied applied =
        failing("\uFEFFqueue/retained  # fixed in 2.1").applyTo(all(), List.of());

    assertEquals(List.of(), applied.notes());
    assertTrue(applied.findings().getFirst().isKnown());
  }

  @Test
  void anUnexpectedPassIsNoted() {
    KnownFailures.Applied applied =
        failing("queue/in-order # was broken").applyTo(all(), List.of());

    KnownFailureNote note = applied.notes().getFirst();
    assertEquals(KnownFailureNote.Kind.UNEXPECTED_PASS, note.kind());
    assertEquals("list.txt:1", note.where());
    assertEquals("queue/in-order passes now; delete the line", note.message());
  }

  @Test
  void aGlobThatAlsoCoversAPassIsNoted() {
    KnownFailures.Applied applied = failing("queue/* # all broken").applyTo(all(), List.of());

    assertEquals(1, applied.notes().size());
    assertTrue(applied.findings().getFirst().isKnown());
  }

  @Test
  void aFlakyOneMayPass() {
    KnownFailures flaky = KnownFailures.parse("flaky.txt", List.of("queue/* # timing"), true);

    assertEquals(List.of(), flaky.applyTo(all(), List.of()).notes());
  }

  @Test
  void aLineThatNamesNothingIsNoted() {
    KnownFailures.Applied applied =
        failing("queue/retained # ok", "queue/typo # hm").applyTo(all(), List.of());

    assertEquals(KnownFailureNote.Kind.UNMATCHED, applied.notes().getFirst().kind());
    assertEquals("list.txt:2", applied.notes().getFirst().where());
  }

  @Test
  void aLineForACaseThatWasNotRunIsNotNoted() {
    KnownFailures list = failing("resume/token # later");

    assertEquals(List.of(), list.applyTo(all(), List.of("resume/token")).notes());
  }

  @Test
  void onlyAFailureCanBeExpected() {
    Finding open = Sample.about("queue/open").inconclusive("no fault");

    assertEquals(
        false,
        failing("queue/open # x")
            .applyTo(List.of(open), List.of())
            .findings()
            .getFirst()
            .isKnown());
  }

  @Test
  void aLineWithoutAReasonIsRefused() {
    assertEquals(
        "list.txt:2: queue/retained has no reason; write it after the address: # why it fails",
        refusal("", "queue/retained"));
    assertTrue(refusal("queue/retained #  ").contains("has no reason"));
  }

  @Test
  void twoAddressesOnALineAreRefused() {
    assertTrue(refusal("a/b c/d # why").startsWith("list.txt:1: one address a line"));
  }

  @Test
  void whatItWritesItReads() {
    List<String> lines = KnownFailures.linesFor(all(), false);

    assertEquals(List.of("queue/retained  # gone"), lines);
    assertEquals(1, failing(lines.getFirst()).entries().size());
  }

  @Test
  void globsMatchWholeAddressesLiterally() {
    assertTrue(new Glob("a/*").matches("a/b/c"));
    assertTrue(new Glob("a/?").matches("a/b"));
    assertEquals(false, new Glob("a/b").matches("a/bc"));
    assertEquals(false, new Glob("a.b").matches("a/b"));
    assertEquals(false, new Glob("\\Q[").matches("["));
  }

  private static List<Finding> all() {
    return List.of(FAILED, PASSED);
  }

  private static KnownFailures failing(String... lines) {
    return KnownFailures.parse("list.txt", List.of(lines), false);
  }

  private static String refusal(String... lines) {
    return String.valueOf(
        assertThrows(KnownFailuresException.class, () -> failing(lines)).getMessage());
  }

  @Test
  void aLineMayNameAGroupWhichIsAllThatSawTheSameOfOneClause() {
    KnownFailures known =
        KnownFailures.parse("list", List.of("a/b:close-1002-ping # ticket 7"), false);
    Finding same = of("a/b/one").violated("close 1002 ping");
    Finding other = of("a/b/two").violated("nothing came");

    var applied = known.applyTo(List.of(same, other), List.of("a/b/one", "a/b/two"));

    assertEquals("ticket 7", applied.findings().get(0).known());
    assertFalse(applied.findings().get(1).isKnown());
    assertEquals(List.of(), applied.notes());
  }

  @Test
  void aGroupPassesWhenAllCasesOfItsClausePassed() {
    KnownFailures known = KnownFailures.parse("list", List.of("a/b:nothing # ticket"), false);
    Finding one = of("a/b/one").pass();

    assertEquals(
        "this group passes now; delete the line",
        known.applyTo(List.of(one), List.of("a/b/one")).notes().getFirst().message());
    assertEquals(List.of(), known.applyTo(List.of(one), List.of("a/b/one", "a/b/two")).notes());
    assertEquals(
        KnownFailureNote.Kind.UNMATCHED,
        known.applyTo(List.of(), List.of("z/z")).notes().getFirst().kind());
  }

  private static FindingBuilder of(String address) {
    return Finding.about(Stage.CONFORMANCE, address, "Something holds.").clause("a/b");
  }
}
