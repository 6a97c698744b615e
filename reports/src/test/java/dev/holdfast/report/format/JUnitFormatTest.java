package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Glob;
import dev.holdfast.report.result.KnownFailures;
import dev.holdfast.report.result.RunReport;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class JUnitFormatTest {

  @Test
  void aSuiteAStageAndACaseAFinding() throws Exception {
    Document xml = parsed(Sample.failing());

    assertEquals(29, count(xml, "//testsuite[@name='conformance']/testcase"));
    assertEquals(5, count(xml, "//testsuite[@name='chaos']/testcase"));
    assertEquals(1, count(xml, "//testsuite[@name='load']/testcase"));
    assertEquals(6, count(xml, "//testsuite[@name='budgets']/testcase"));
    assertEquals(4, count(xml, "//testcase/skipped"));
    assertEquals(1, count(xml, "//property[../../@name='chaos'][@name='holdfast.seed']"));
  }

  @Test
  void totalsAreTheSumOfWhatIsThere() throws Exception {
    Document xml = parsed(Sample.failing());

    assertEquals(count(xml, "//testcase"), attribute(xml, "/testsuites/@tests"));
    assertEquals(count(xml, "//failure"), attribute(xml, "/testsuites/@failures"));
    assertEquals(count(xml, "//error"), attribute(xml, "/testsuites/@errors"));
    assertEquals(count(xml, "//skipped"), attribute(xml, "/testsuites/@skipped"));
  }

  @Test
  void aCaseThatWasPlayedAgainHasANameOfItsOwn() throws Exception {
    var report = RunReport.begin("check server", "ws://x", Instant.EPOCH);
    for (int i = 0; i < 3; i++) {
      report.add(Sample.about("queue/retained").pass());
    }
    Document xml = parsed(report.build(Instant.EPOCH));

    assertEquals(1, count(xml, "//testcase[@name='queue/retained']"));
    assertEquals(1, count(xml, "//testcase[@name='queue/retained #2']"));
    assertEquals(1, count(xml, "//testcase[@name='queue/retained #3']"));
  }

  @Test
  void aFailureSaysWhatWasExpectedAndSeenAndShowsTheFrames() throws Exception {
    String failure =
        text(
            parsed(Sample.failing()),
            "//testcase[@name='session/stale-close-is-harmless']/failure");

    assertTrue(failure.contains("expected          the answer to"), failure);
    assertTrue(failure.contains("seen              no frame on the second"), failure);
    assertTrue(failure.contains("← b        {\"type\":\"pong\""), failure);
    assertTrue(failure.contains("again             ./holdfast check server"), failure);
  }

  @Test
  void aFailureNamesItsGroup() throws Exception {
    Document xml = parsed(Sample.failing());
    String group = "/properties/property[@name='group']/@value";

    assertEquals(
        "session/stale-close-is-harmless:nothing",
        text(xml, "//testcase[@name='session/stale-close-is-harmless']" + group));
    assertEquals(2, count(xml, "//testcase/properties"));
  }

  @Test
  void itIsGreenExactlyWhenTheRunPasses() throws Exception {
    List<RunReport> red =
        List.of(
            Sample.failing(),
            Hostile.report(),
            Sample.begin("x").build(Instant.EPOCH),
            Sample.begin("x").add(Sample.load(0)).known(stale(), List.of()).build(Instant.EPOCH),
            Sample.begin("x").add(Sample.load(1)).build(Instant.EPOCH),
            Sample.begin("x").problem(ExitCode.INCONCLUSIVE, "nothing").build(Instant.EPOCH),
            Sample.begin("x").add(Sample.about("a").inconclusive("?")).build(Instant.EPOCH),
            Sample.begin("x").add(Sample.about("a").notApplicable("-")).build(Instant.EPOCH));

    assertEquals(0, count(parsed(Sample.passing()), "//failure|//error"));
    for (RunReport report : red) {
      assertTrue(report.outcome().exitCode() != 0, report.outcome().line());
      assertTrue(count(parsed(report), "//failure|//error") > 0, report.outcome().line());
    }
  }

  @Test
  void aKnownFailureIsSkippedAndSaysWhy() throws Exception {
    RunReport report =
        Sample.begin("x")
            .add(Sample.about("a/fails").violated("gone").knownBecause("next release"))
            .add(Sample.about("a/passes").pass())
            .known(KnownFailures.none(), List.of())
            .build(Instant.EPOCH);

    assertEquals("known to fail: next release", text(parsed(report), "//skipped/@message"));
    assertEquals(0, report.outcome().exitCode());
  }

  @Test
  void hostileTextIsStillWellFormedAndStillReadable() throws Exception {
    String text = text(parsed(Hostile.report()), "//failure[1]");

    assertTrue(text.contains("<img src=x onerror=alert(1)>"), text);
    assertTrue(text.contains("␛[2J\\u202egnp.exe\\ud800\\uffff"), text);
    assertFalse(text.contains("\u001b"), text);
  }

  private static KnownFailures stale() {
    return new KnownFailures(
        List.of(new KnownFailures.Entry("list:1", new Glob("z"), "gone", false)));
  }

  private static Document parsed(RunReport report) throws Exception {
    String xml = Hostile.written(new JUnitFormat(), report);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static int count(Document xml, String path) throws Exception {
    return Integer.parseInt(text(xml, "count(" + path + ")"));
  }

  private static int attribute(Document xml, String path) throws Exception {
    return Integer.parseInt(text(xml, path));
  }

  private static String text(Document xml, String path) throws Exception {
    return XPathFactory.newInstance().newXPath().evaluate(path, xml);
  }
}
