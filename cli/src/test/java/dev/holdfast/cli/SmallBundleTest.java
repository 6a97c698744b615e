package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.gate.SmallBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bundle that is made in seconds: the same deeds, and what only its making allows. */
class SmallBundleTest extends BundleDeeds {

  @Override
  Path bundle() {
    return SmallBundle.made();
  }

  @Test
  void everyKindOfNumberComesFromTheEvidence() throws Exception {
    new EveryNumber(bundle(), folder).isHadAgain(false);
  }

  @Test
  @Tag("ci")
  void everyNumberComesFromTheEvidence() throws Exception {
    new EveryNumber(bundle(), folder).isHadAgain(true);
  }

  @Test
  void aVerdictThatIsNoStandsToo() {
    Spoken spoken = Spoken.by("verify", SmallBundle.failing().toString());
    assertEquals(0, spoken.exitCode(), spoken::out);
    assertTrue(spoken.lastLine().contains("the verdict stands: FAIL"), spoken::out);
  }

  @Test
  void aFailureCannotBeTurnedIntoAnythingElse() throws Exception {
    for (String verdict : new String[] {"pass", "inconclusive", "warn", "not_applicable"}) {
      Path copy = Forgery.copied(SmallBundle.failing(), folder);
      ObjectNode report = EveryNumber.read(copy);
      for (var finding : report.get("findings")) {
        if (finding.get("verdict").asText().equals("fail")) {
          ((ObjectNode) finding).put("verdict", verdict);
        }
      }
      EveryNumber.write(copy, report);
      Forgery.redraw(copy);
      Spoken spoken = Spoken.by("verify", copy.toString());
      assertEquals(1, spoken.exitCode(), verdict);
      assertTrue(spoken.out().contains("cut-mid-run"), spoken::out);
    }
  }

  @Test
  void aFindingOfTheLoadCannotBeLeftOut() throws Exception {
    Path copy = without("load/everybody-comes-back");
    Spoken spoken = Spoken.by("verify", copy.toString());
    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.out().contains("load/everybody-comes-back is pass by its files"));
  }

  /** A run that ended early says less; what it says is true all the same, and never PASS. */
  @Test
  void aPartialBundleMaySayLessButNothingElse() throws Exception {
    Path copy = without("cut-mid-run");
    var report = EveryNumber.read(copy);
    ((ArrayNode) report.get("problems"))
        .addObject()
        .put("exit", "interrupted")
        .put("message", "interrupted by Ctrl-C");
    report.put("partial", "interrupted by Ctrl-C");
    ((ArrayNode) report.get("exhibits").get("timelines")).removeAll();
    EveryNumber.write(copy, report);
    Forgery.redraw(copy);
    Spoken asPass = Spoken.by("verify", copy.toString());
    assertEquals(1, asPass.exitCode(), asPass::out);
    assertTrue(asPass.out().contains("the verdict differ from what the evidence gives"));

    ObjectNode outcome = (ObjectNode) report.get("outcome");
    var judged = dev.holdfast.report.format.JsonFormat.read(copy.resolve("report.json"));
    outcome.setAll(
        (ObjectNode)
            dev.holdfast.report.format.JsonFormat.MAPPER.valueToTree(judged.judgedAgain()));
    EveryNumber.write(copy, report);
    Forgery.redraw(copy);
    Spoken honest = Spoken.by("verify", copy.toString());
    assertEquals(0, honest.exitCode(), honest::out);
    assertTrue(honest.lastLine().contains("of a partial run: INCONCLUSIVE"), honest::lastLine);

    Forgery.edit(copy, "report.json", "\"people\" : 4", "\"people\" : 5");
    Forgery.redraw(copy);
    assertEquals(1, Spoken.by("verify", copy.toString()).exitCode());
  }

  @Test
  void limitsAreThoseThatWereDeclared() throws Exception {
    Path copy = Forgery.copied(bundle(), folder);
    Forgery.edit(
        copy, "evidence/config.json", "\"budgets\" : { }", "\"budgets\" : {\"answer_p50_ms\":1}");
    Forgery.reseal(copy);
    Spoken spoken = Spoken.by("verify", copy.toString());
    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.out().contains("the budgets are not those that were declared"), spoken::out);
  }

  @Test
  void aProblemOfTheLoadCannotBeLeftOut() throws Exception {
    Path copy = Forgery.copied(bundle(), folder);
    Forgery.edit(copy, "evidence/load/measured.json", "\"lateMs\":0", "\"lateMs\":4321");
    Forgery.reseal(copy);
    Spoken spoken = Spoken.by("verify", copy.toString());
    assertEquals(1, spoken.exitCode());
    assertTrue(spoken.out().contains("left out of the report: an injector began"), spoken::out);
  }

  @Test
  void theConfigurationIsKeptWhole() throws Exception {
    String config = Files.readString(bundle().resolve("evidence/config.json"));
    for (String key :
        new String[] {
          "dialect", "audit", "audit_mapping", "rollout_percent", "reference", "ready"
        }) {
      assertTrue(config.contains("\"" + key + "\" :"), key);
    }
    assertTrue(config.contains("\"messages_per_second\" : 1000000"), config);
  }

  private Path without(String address) throws Exception {
    Path copy = Forgery.copied(bundle(), folder);
    ObjectNode report = EveryNumber.read(copy);
    var findings = report.get("findings").elements();
    while (findings.hasNext()) {
      if (findings.next().get("address").asText().equals(address)) {
        findings.remove();
      }
    }
    EveryNumber.write(copy, report);
    Forgery.redraw(copy);
    return copy;
  }
}
