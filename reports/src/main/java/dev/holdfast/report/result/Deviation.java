package dev.holdfast.report.result;

import static java.util.Objects.requireNonNullElse;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came instead of what was expected, without what differs from run to run: no session id, no
 * time, no port.
 *
 * @param slug its name in a group's id, in lower case and hyphens
 * @param mark the text that another finding shows when it has the same cause; empty where what came
 *     is too common to tell a cause
 * @param path the path of the HTTP request that was answered so; empty for all else
 */
public record Deviation(String slug, String mark, String path) {
  /** Nothing came, or the connection stayed open. */
  public static final Deviation NOTHING = new Deviation("nothing", "", "");

  private static final int LONGEST_TEXT = 300;
  private static final int LONGEST_SLUG = 48;
  private static final String VALUE = "\\s*:\\s*\"([A-Za-z0-9_.-]{1,60})\"";
  private static final Pattern ABSENT =
      Pattern.compile("(nothing|none|neither|no|the connection stayed open)\\b.*");
  private static final Pattern CLOSE = Pattern.compile("close (\\d{4})\\b(.*)");
  private static final Pattern HTTP = Pattern.compile("HTTP (\\d{3})\\b.*");
  private static final Pattern REQUEST =
      Pattern.compile("\\b(?:GET|POST|PUT|PATCH|DELETE) (/[^\\s?]*)");
  private static final Pattern SCHEMA = Pattern.compile("(/[\\w/~.-]*): (.+)");
  private static final Pattern TYPE = Pattern.compile("^\\{[^{]*?\"type\"" + VALUE);
  private static final Pattern CODE = Pattern.compile("\"code\"" + VALUE);
  private static final Pattern WORDS = Pattern.compile("\"(?:error|message)\"\\s*:\\s*\"[^\"]+\"");
  private static final Pattern STATUS = Pattern.compile("\"status\"" + VALUE);
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"?|'[^']*'|\\[[^\\]]*\\]?");
  private static final Pattern NUMBERED =
      Pattern.compile("[\\p{Alnum}._:,-]*\\d[\\p{Alnum}._:,-]*");

  /** What a finding saw. */
  public static Deviation of(Finding finding) {
    String seen = requireNonNullElse(finding.seen(), "");
    String text = OneLine.of(seen.replaceFirst("^only beside other cases: ", ""), LONGEST_TEXT);
    Matcher close = CLOSE.matcher(text);
    Matcher http = HTTP.matcher(text);
    if (ABSENT.matcher(text).matches()) {
      return NOTHING;
    }
    if (close.matches()) {
      return closed(close.group(1), plain(close.group(2).replaceFirst(", after .*", "")));
    }
    if (http.matches()) {
      return answered(http.group(1), first(CODE, text), path(finding));
    }
    int brace = text.indexOf('{');
    Matcher schema =
        SCHEMA.matcher(brace < 0 ? text : text.substring(0, brace).replaceFirst(" in $", ""));
    if (schema.matches()) {
      return new Deviation(slug(schema.group(1) + " " + plain(schema.group(2))), "", "");
    }
    return brace < 0
        ? new Deviation(slug(plain(text)), "", "")
        : frame(plain(text.substring(0, brace)), text.substring(brace));
  }

  private static Deviation closed(String code, String reason) {
    String mark = "close " + code + (reason.isEmpty() ? "" : " " + reason);
    return new Deviation(slug(mark), reason.isEmpty() ? "" : mark, "");
  }

  private static Deviation answered(String status, String code, String path) {
    String mark = path.isEmpty() ? "" : "HTTP " + status;
    return new Deviation(slug("http " + status + " " + code), mark, path);
  }

  /** A frame, or a JSON body; the words before it, "a second" for example, tell it apart. */
  private static Deviation frame(String before, String json) {
    String code = first(CODE, json);
    String type = first(TYPE, json);
    if (!code.isEmpty() && (type.isEmpty() || type.equals("error"))) {
      boolean tells = before.isEmpty() && !code.startsWith("internal");
      Matcher words = WORDS.matcher(json);
      String mark = words.find() ? words.group() : "\"code\":\"" + code + "\"";
      return new Deviation(slug(before + " error " + code), tells ? mark : "", "");
    }
    String word =
        switch (type) {
          case "status" -> "status " + first(STATUS, json.replaceFirst("\"type\"" + VALUE, ""));
          case "" -> "json";
          default -> "frame " + type;
        };
    return new Deviation(slug(before + " " + word), "", "");
  }

  /** Whether a text, the reason of an inconclusive finding for example, shows the same. */
  boolean isIn(String text) {
    if (mark.isEmpty()) {
      return false;
    }
    return path.isEmpty() ? text.contains(mark) : text.contains(mark) && text.contains(path);
  }

  private static String path(Finding finding) {
    Matcher inSeen = REQUEST.matcher(requireNonNullElse(finding.seen(), ""));
    if (inSeen.find()) {
      return inSeen.group(1);
    }
    return finding.trace().reversed().stream()
        .map(line -> REQUEST.matcher(line.text()))
        .filter(Matcher::find)
        .map(m -> m.group(1))
        .findFirst()
        .orElse("");
  }

  private static String first(Pattern member, String json) {
    Matcher found = member.matcher(json);
    return found.find() ? found.group(1) : "";
  }

  /** A text without what differs from run to run, so that equal reasons are equal texts. */
  public static String plain(String text) {
    String bounded = OneLine.of(text, LONGEST_TEXT);
    return NUMBERED.matcher(QUOTED.matcher(bounded).replaceAll("…")).replaceAll("N").strip();
  }

  private static String slug(String text) {
    String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = slug.length() <= LONGEST_SLUG ? slug : slug.substring(0, LONGEST_SLUG);
    String trimmed = cut.replaceAll("^-|-$", "");
    return trimmed.isEmpty() ? "other" : trimmed;
  }
}
