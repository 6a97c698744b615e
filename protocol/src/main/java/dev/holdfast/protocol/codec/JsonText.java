package dev.holdfast.protocol.codec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it is written: fields and elements one after the other.
 *
 * <p>By hand, because frames are small: a general writer spends more on buffers than on them.
 */
public final class JsonText {
  private static final int USUAL_LENGTH = 256;
  private static final String HEX = "0123456789abcdef";

  private char[] text = new char[USUAL_LENGTH];
  private int length;

  /** Whether something stands before, from which the next thing is set off by a comma. */
  private boolean follows;

  public JsonText object(String name) {
    name(name);
    return open('{');
  }

  public JsonText array(String name) {
    name(name);
    return open('[');
  }

  /** Opens the text itself, or an element of an array. */
  public JsonText object() {
    comma();
    return open('{');
  }

  public JsonText endObject() {
    return close('}');
  }

  public JsonText endArray() {
    return close(']');
  }

  /** A field with text; none at all for null. */
  public JsonText field(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      quoted(value);
    }
    return this;
  }

  public JsonText field(String name, long value) {
    name(name);
    append(Long.toString(value));
    return this;
  }

  public JsonText field(String name, boolean value) {
    name(name);
    append(value ? "true" : "false");
    return this;
  }

  /** A field whose value is JSON already. */
  public JsonText raw(String name, String json) {
    name(name);
    append(json);
    return this;
  }

  public JsonText element(String value) {
    comma();
    quoted(value);
    return this;
  }

  /** A value as {@link JsonReader} gives it. */
  JsonText value(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      object.writeTo(this);
    } else if (value instanceof List<?> elements) {
      comma();
      open('[');
      elements.forEach(this::value);
      close(']');
    } else if (value instanceof String string) {
      element(string);
    } else {
      comma();
      append(value instanceof JsonReader.Number n ? n.text() : String.valueOf(value));
    }
    return this;
  }

  /** A name that may be anybody's; its value is the next thing. */
  JsonText nameOf(String name) {
    element(name);
    append(':');
    follows = false;
    return this;
  }

  private JsonText open(char bracket) {
    append(bracket);
    follows = false;
    return this;
  }

  private JsonText close(char bracket) {
    append(bracket);
    follows = true;
    return this;
  }

  private void comma() {
    if (follows) {
      append(',');
    }
    follows = true;
  }

  /** Names are our own: none needs an escape. */
  private void name(String name) {
    comma();
    room(name.length() + 3);
    text[length++] = '"';
    copied(name);
    text[length++] = '"';
    text[length++] = ':';
  }

  private void quoted(String value) {
    room(value.length() + 2);
    text[length++] = '"';
    int from = length;
    copied(value);
    for (int i = from; i < length; i++) {
      if (special(text[i])) {
        int plain = i - from;
        length = i;
        escaped(value, plain);
        break;
      }
    }
    append('"');
  }

  /** The rest of a value from its first special character on. */
  private void escaped(String value, int from) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (special(c)) {
        append(escape(c));
      } else {
        append(c);
      }
    }
  }

  private static boolean special(char c) {
    return c < ' ' || c == '"' || c == '\\';
  }

  private static String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u00" + HEX.charAt(c >> 4) + HEX.charAt(c & 15);
    };
  }

  private void append(char c) {
    room(1);
    text[length++] = c;
  }

  private void append(String more) {
    room(more.length());
    copied(more);
  }

  private void copied(String more) {
    more.getChars(0, more.length(), text, length);
    length += more.length();
  }

  private void room(int more) {
    if (text.length - length < more) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(text, 0, length);
  }
}
