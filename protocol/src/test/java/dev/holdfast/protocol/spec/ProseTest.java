package dev.holdfast.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.ErrorCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProseTest {
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private final String page = Docs.read("protocol.md");

  @Test
  void everyAnchorIsAClauseAndEveryClauseAnAnchor() {
    List<String> anchors = all(ANCHOR);
    assertEquals(
        Clause.all().stream().map(Clause::address).sorted().toList(),
        anchors.stream().sorted().toList());
  }

  @Test
  void statesEachClauseInTheWordsOfTheList() {
    Set<String> lines = new HashSet<>(page.lines().toList());
    assertEquals(
        List.of(),
        Clause.all().stream().map(Clause::asMarkdown).filter(l -> !lines.contains(l)).toList(),
        "lines that docs/protocol.md lacks");
  }

  @Test
  void everyLinkWithinThePageLeadsSomewhere() {
    Set<String> targets = new HashSet<>(all(ANCHOR));
    all(HEADING).forEach(heading -> targets.add(slug(heading)));
    assertEquals(List.of(), all(LINK).stream().filter(link -> !targets.contains(link)).toList());
  }

  @Test
  void everySectionOfTheListHasAHeading() {
    List<String> headings = all(HEADING);
    for (var title : Clause.file().path("sections")) {
      assertTrue(headings.contains(title.asText()), () -> "no heading " + title.asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-states", "server-connection-states", "run-states"})
  void keepsAPlaceForEachGeneratedDiagram(String name) {
    Pattern place =
        Pattern.compile("<!-- generated: " + name + " -->\n.*?<!-- /generated -->", Pattern.DOTALL);
    assertEquals(1, place.matcher(page).results().count());
  }

  @Test
  void explainsEveryCodeThatTheProgramKnows() throws IllegalAccessException {
    List<String> missing = new ArrayList<>();
    for (String code : constants(ErrorCode.class)) {
      if (!page.contains("| `" + code + "` |")) {
        missing.add(code);
      }
    }
    for (String code : constants(CloseCode.class)) {
      if (!Pattern.compile("(?m)^\\|[0-9, ]*\\b" + code + "\\b").matcher(page).find()) {
        missing.add(code);
      }
    }
    assertEquals(List.of(), missing, "codes without a row in docs/protocol.md");
  }

  private static List<String> constants(Class<?> type) throws IllegalAccessException {
    List<String> values = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        values.add(String.valueOf(field.get(null)));
      }
    }
    return values;
  }

  private List<String> all(Pattern pattern) {
    return pattern.matcher(page).results().map(found -> found.group(1)).toList();
  }

  /** The anchor that GitHub gives to a heading. */
  private static String slug(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
