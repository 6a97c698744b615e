package dev.holdfast.proxy.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object that was sent to us, read as Toxiproxy reads it: keys in any case, unknown keys
 * ignored, null the same as absent, a value of the wrong kind an error.
 */
record Body(JsonNode node) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Body object(String text) {
    JsonNode node = parse(text);
    if (!node.isObject()) {
      throw ApiError.badBody("an object is expected");
    }
    return new Body(node);
  }

  static List<Body> array(String text) {
    JsonNode node = parse(text);
    if (!node.isArray()) {
      throw ApiError.badBody("an array is expected");
    }
    return list(node);
  }

  /** The objects of a list; none if it is absent. */
  List<Body> objects(String field) {
    JsonNode value = find(field);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(field, "a list");
    }
    return list(value);
  }

  String text(String field, String otherwise) {
    JsonNode value = find(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong(field, "a text");
    }
    return value.textValue();
  }

  /** A text that must be there. */
  String required(String field, String place) {
    String value = text(field, "");
    if (value.isEmpty()) {
      throw ApiError.missing(field + place);
    }
    return value;
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = find(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value.booleanValue();
  }

  /** A whole number, 0 if it is absent. */
  long count(String field) {
    JsonNode value = find(field);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
      throw wrong(field, "a whole number, 0 or more");
    }
    return value.longValue();
  }

  float share(String field, float otherwise) {
    JsonNode value = find(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
      throw wrong(field, "a number from 0 to 1");
    }
    return value.floatValue();
  }

  /** The values of an object within; nulls are left out. */
  Map<String, Object> values(String field) {
    JsonNode value = find(field);
    Map<String, Object> values = new LinkedHashMap<>();
    if (!value.isMissingNode()) {
      if (!value.isObject()) {
        throw wrong(field, "an object");
      }
      value.properties().forEach(e -> put(values, e.getKey(), e.getValue()));
    }
    return values;
  }

  private static void put(Map<String, Object> values, String key, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      values.put(key, value.longValue());
    } else if (value.isBoolean()) {
      values.put(key, value.booleanValue());
    } else if (value.isTextual()) {
      values.put(key, value.textValue());
    } else if (!value.isNull()) {
      values.put(key, value);
    }
  }

  private JsonNode find(String field) {
    JsonNode found = MissingNode.getInstance();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equalsIgnoreCase(field) && !entry.getValue().isNull()) {
        found = entry.getValue();
      }
    }
    return found;
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw ApiError.badBody("EOF");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw ApiError.badBody(e.getOriginalMessage());
    }
  }

  private static List<Body> list(JsonNode array) {
    List<Body> bodies = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isObject()) {
        throw ApiError.badBody("a list of objects is expected");
      }
      bodies.add(new Body(element));
    }
    return bodies;
  }

  private static ApiError wrong(String field, String expected) {
    return ApiError.badBody(field + " must be " + expected);
  }
}
