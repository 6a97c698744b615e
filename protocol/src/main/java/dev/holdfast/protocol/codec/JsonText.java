package dev.holdfast.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it is written: fields and elements one after the other.
 *
 * <p>By hand, because frames are small: a general writer spends more on buffers than on them.
 */
public final class JsonText {
  private static final int USUAL_LENGTH = 512;
  private static final int MOST_LENGTH_KEPT = 64 << 10;
  private static final int MOST_BYTES_OF_ESCAPE = 6;
  private static final String HEX = "0123456789abcdef";

  private byte[] text = new byte[USUAL_LENGTH];
  private int length;

  /** A field that often has the very text that it had the last time: that is copied then. */
  static final class Recurring {
    private final String name;
    private @Nullable String value;
    private byte[] written = {};

    Recurring(String name) {
      this.name = name;
    }
  }

  /** Whether something stands before, from which the next thing is set off by a comma. */
  private boolean follows;

  /** Begins anew. */
  void clear() {
    length = 0;
    follows = false;
    if (text.length > MOST_LENGTH_KEPT) {
      text = new byte[USUAL_LENGTH];
    }
  }

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

  /** A field with text; none at all for null. */
  @SuppressWarnings("ReferenceEquality") // another text that is equal is written anew
  JsonText field(Recurring field, @Nullable String value) {
    if (value == null) {
      return this;
    }
    comma();
    if (value == field.value) {
      append(field.written);
      return this;
    }
    int from = length;
    follows = false;
    field(field.name, value);
    field.value = value;
    field.written = Arrays.copyOfRange(text, from, length);
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

  /** Names are our own, of ASCII: none needs an escape. */
  private void name(String name) {
    comma();
    room(name.length() + 3);
    text[length++] = '"';
    ascii(name);
    text[length++] = '"';
    text[length++] = ':';
  }

  private void quoted(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    append('"');
    if (PlainText.needsNoEscape(utf8)) {
      append(utf8);
    } else {
      escaped(utf8);
    }
    append('"');
  }

  private void escaped(byte[] utf8) {
    room(utf8.length * MOST_BYTES_OF_ESCAPE);
    for (byte b : utf8) {
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
        ascii(escape((char) b));
      } else {
        text[length++] = b;
      }
    }
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
    text[length++] = (byte) c;
  }

  /** JSON that is ready. */
  private void append(String json) {
    append(json.getBytes(StandardCharsets.UTF_8));
  }

  private void append(byte[] utf8) {
    room(utf8.length);
    System.arraycopy(utf8, 0, text, length, utf8.length);
    length += utf8.length;
  }

  @SuppressWarnings("deprecation") // it drops what is not of ASCII; there is nothing
  private void ascii(String ascii) {
    ascii.getBytes(0, ascii.length(), text, length);
    length += ascii.length();
  }

  private void room(int more) {
    if (text.length - length < more) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
    }
  }

  /** The text so far, as it goes on the wire. */
  public byte[] toUtf8() {
    return Arrays.copyOf(text, length);
  }

  @Override
  public String toString() {
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }
}
