package dev.holdfast.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The diagrams in {@code docs/protocol.md} show what the machines do. */
final class StateDiagramsTest {
  private static final String WRITE = "holdfast.write-diagrams";

  @Test
  void areWhatTheMachinesDo() {
    String page = Docs.read("protocol.md");
    String fresh = page;
    for (var diagram : diagrams().entrySet()) {
      fresh = replaced(fresh, diagram.getKey(), diagram.getValue().mermaid());
    }
    if (Boolean.getBoolean(WRITE)) {
      Docs.write("protocol.md", fresh);
    } else {
      assertEquals(
          fresh,
          page,
          "a diagram is stale; write them anew with: mvn -pl protocol test"
              + " -Dtest=StateDiagramsTest -D"
              + WRITE
              + "=true");
    }
  }

  private static Map<String, Diagram> diagrams() {
    Map<String, Diagram> diagrams = new LinkedHashMap<>();
    diagrams.put("client-states", ClientStates.explored());
    diagrams.put("server-connection-states", ServerStates.connections());
    diagrams.put("run-states", ServerStates.runs());
    return diagrams;
  }

  private static String replaced(String page, String name, String diagram) {
    String open = "<!-- generated: " + name + " -->\n";
    int from = page.indexOf(open) + open.length();
    int to = page.indexOf("<!-- /generated -->", from);
    return page.substring(0, from) + diagram + page.substring(to);
  }
}
