package dev.holdfast.protocol.codec;

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

  private final StringBuilder text = new StringBuilder(USUAL_LENGTH);

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
    text.append(value);
    return this;
  }

  public JsonText field(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** A field whose value is JSON already. */
  public JsonText raw(String name, String json) {
    name(name);
    text.append(json);
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
      text.append(value instanceof JsonReader.Number n ? n.text() : String.valueOf(value));
    }
    return this;
  }

  /** A name that may be anybody's; its value is the next thing. */
  JsonText nameOf(String name) {
    element(name);
    text.append(':');
    follows = false;
    return this;
  }

  private JsonText open(char bracket) {
    text.append(bracket);
    follows = false;
    return this;
  }

  private JsonText close(char bracket) {
    text.append(bracket);
    follows = true;
    return this;
  }

  private void comma() {
    if (follows) {
      text.append(',');
    }
    follows = true;
  }

  /** Names are our own: none needs an escape. */
  private void name(String name) {
    comma();
    text.append('"').append(name).append("\":");
  }

  private void quoted(String value) {
    text.append('"');
    int plain = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        text.append(value, plain, i);
        escaped(c);
        plain = i + 1;
      }
    }
    text.append(value, plain, value.length()).append('"');
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> text.append('\\').append(c);
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
