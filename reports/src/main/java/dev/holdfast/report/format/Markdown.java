package dev.holdfast.report.format;

/** Text from anywhere, made fit to stand in Markdown without becoming markup. */
final class Markdown {
  private Markdown() {}

  /** As running text or a table's cell, on one line. */
  static String text(String text) {
    return html(text).replaceAll("([\\\\*_\\[\\]~!]|#(?!\\d+;))", "\\\\$1");
  }

  /** As code, on one line. HTML, because a code span may not hold every character in a table. */
  static String code(String text) {
    return "<code>" + html(text) + "</code>";
  }

  /** As text within an HTML element, on one line; not even a backtick or a bar is left. */
  static String html(String text) {
    return Visible.of(text)
        .replaceAll("\\s+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("|", "&#124;")
        .replace("`", "&#96;");
  }

  /** As a block of code, behind a fence longer than any within. */
  static String fence(String text) {
    String shown = Visible.of(text);
    StringBuilder fence = new StringBuilder("```");
    while (shown.contains(fence)) {
      fence.append('`');
    }
    return fence + "text\n" + shown.stripTrailing() + "\n" + fence + "\n";
  }
}
