package dev.holdfast.protocol.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text, strictly as RFC 8259 has it; a key that stands twice, half of a surrogate
 * pair and nesting beyond {@link Codec#MAX_DEPTH} are no JSON here either.
 *
 * <p>A value is null, a Boolean, a String, a Long, a {@link Number}, a List or a {@link
 * JsonObject}. By hand, because all of a simulated world's frames pass here: a general tree took
 * three times as long. {@code JsonReaderTest} holds it against Jackson.
 */
final class JsonReader {
  /** Whole numbers of so many digits surely fit a long; longer ones are no position anyway. */
  private static final int LONG_DIGITS = 18;

  private static final int HEX_DIGITS = 4;
  private static final char END = '\0';

  private final String text;
  private final int length;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
    length = text.length();
  }

  /** A number that is no long: with a fraction, an exponent, or too many digits. */
  record Number(String text) {}

  static @Nullable Object read(String text) throws Malformed {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    if (reader.at == text.length()) {
      throw new Malformed("the frame is empty");
    }
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.malformed();
    }
    return value;
  }

  private @Nullable Object value() throws Malformed {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private JsonObject object() throws Malformed {
    enter();
    JsonObject object = new JsonObject();
    if (!closes('}')) {
      do {
        skipSpace();
        String name = string();
        skipSpace();
        expect(':');
        skipSpace();
        if (!object.add(name, value())) {
          throw new Malformed("a key stands twice in one object");
        }
        skipSpace();
      } while (continues('}'));
    }
    depth--;
    return object;
  }

  private List<@Nullable Object> array() throws Malformed {
    enter();
    List<@Nullable Object> elements = new ArrayList<>();
    if (!closes(']')) {
      do {
        skipSpace();
        elements.add(value());
        skipSpace();
      } while (continues(']'));
    }
    depth--;
    return elements;
  }

  private void enter() throws Malformed {
    at++;
    if (++depth > Codec.MAX_DEPTH) {
      throw new Malformed("nested deeper than " + Codec.MAX_DEPTH);
    }
  }

  /** Whether the brackets hold nothing. */
  private boolean closes(char bracket) {
    skipSpace();
    if (peek() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether a comma follows, and with it one more; otherwise the bracket closes. */
  private boolean continues(char bracket) throws Malformed {
    if (peek() == ',') {
      at++;
      return true;
    }
    expect(bracket);
    return false;
  }

  private String string() throws Malformed {
    expect('"');
    int from = at;
    int end = plainFrom(from);
    char stop = end < length ? text.charAt(end) : END;
    at = end;
    if (stop == '"') {
      at++;
      return text.substring(from, end);
    }
    if (stop == '\\') {
      return escaped(new StringBuilder().append(text, from, end));
    }
    throw malformed();
  }

  /** Where the first character stands that is not just itself: a quote, an escape, a control. */
  private int plainFrom(int from) {
    int i = from;
    while (i < length) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        break;
      }
      i++;
    }
    return i;
  }

  /** The rest of a string from its first escape on. */
  private String escaped(StringBuilder out) throws Malformed {
    while (at < length) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      } else if (c == '\\') {
        escape(out);
      } else if (c < ' ') {
        break;
      } else {
        out.append(c);
      }
    }
    throw malformed();
  }

  private void escape(StringBuilder out) throws Malformed {
    char c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> unicode(out);
      default -> throw malformed();
    }
  }

  private void unicode(StringBuilder out) throws Malformed {
    char c = hex();
    out.append(c);
    if (Character.isHighSurrogate(c)) {
      if (!text.startsWith("\\u", at)) {
        throw halfOfAPair();
      }
      at += 2;
      char low = hex();
      if (!Character.isLowSurrogate(low)) {
        throw halfOfAPair();
      }
      out.append(low);
    } else if (Character.isLowSurrogate(c)) {
      throw halfOfAPair();
    }
  }

  private char hex() throws Malformed {
    int value = 0;
    for (int i = 0; i < HEX_DIGITS; i++, at++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed();
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private Object number() throws Malformed {
    int from = at;
    boolean negative = peek() == '-';
    at += negative ? 1 : 0;
    int first = at;
    long value = digits();
    int count = at - first;
    if (count > 1 && text.charAt(first) == '0') {
      at = first + 1;
      throw malformed();
    }
    boolean whole = count <= LONG_DIGITS;
    if (peek() == '.') {
      at++;
      whole = false;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      whole = false;
      at += peek() == '+' || peek() == '-' ? 1 : 0;
      digits();
    }
    return whole ? (Object) (negative ? -value : value) : new Number(text.substring(from, at));
  }

  /** At least one digit; the value means something up to {@link #LONG_DIGITS} of them. */
  private long digits() throws Malformed {
    int from = at;
    long value = 0;
    for (char c = peek(); c >= '0' && c <= '9'; c = peek()) {
      value = value * 10 + (c - '0');
      at++;
    }
    if (at == from) {
      throw malformed();
    }
    return value;
  }

  private @Nullable Object word(String word, @Nullable Boolean meaning) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw malformed();
    }
    at += word.length();
    return meaning;
  }

  private void skipSpace() {
    for (char c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) {
      at++;
    }
  }

  private char peek() {
    return at < length ? text.charAt(at) : END;
  }

  private void expect(char c) throws Malformed {
    if (peek() != c) {
      throw malformed();
    }
    at++;
  }

  private static Malformed halfOfAPair() {
    return new Malformed("a \\u escape is half of a surrogate pair");
  }

  /** Columns count from 1. */
  private Malformed malformed() {
    return new Malformed("malformed at column " + (Math.min(at, text.length()) + 1));
  }
}
