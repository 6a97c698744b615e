package dev.holdfast.cli.serve;

import java.util.List;
import java.util.Locale;

/** What a setting may be: each kind says its range in the words of its complaint. */
sealed interface Kind {

  /** Whether a text is of this kind. */
  boolean fits(String text);

  /** What was expected, for people. */
  String range();

  /** A whole number within bounds; the unit stands at the end of the setting's name. */
  record Whole(long least, long most) implements Kind {
    @Override
    public boolean fits(String text) {
      if (!text.matches("-?[0-9]{1,18}")) {
        return false;
      }
      long value = Long.parseLong(text);
      return value >= least && value <= most;
    }

    @Override
    public String range() {
      return "a number from " + least + " to " + most;
    }
  }

  /** Hundredths with or without a point. */
  record Percent() implements Kind {
    @Override
    public boolean fits(String text) {
      return text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?") && Double.parseDouble(text) <= 100;
    }

    @Override
    public String range() {
      return "a number from 0 to 100";
    }
  }

  /** Yes or no, in the words that environments use. */
  record Flag() implements Kind {
    private static final List<String> YES = List.of("true", "1", "yes", "on");
    private static final List<String> NO = List.of("false", "0", "no", "off");

    @Override
    public boolean fits(String text) {
      String word = text.toLowerCase(Locale.ROOT);
      return YES.contains(word) || NO.contains(word);
    }

    static boolean isYes(String text) {
      return YES.contains(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String range() {
      return "true or false";
    }
  }

  /** One of some words. */
  record Word(List<String> words) implements Kind {
    @Override
    public boolean fits(String text) {
      return words.contains(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String range() {
      return String.join(", ", words);
    }
  }

  /** Text of a shape, told in words. */
  record Text(String pattern, String words) implements Kind {
    @Override
    public boolean fits(String text) {
      return text.matches(pattern);
    }

    @Override
    public String range() {
      return words;
    }
  }
}
