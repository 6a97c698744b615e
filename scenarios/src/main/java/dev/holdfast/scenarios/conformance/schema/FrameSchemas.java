package dev.holdfast.scenarios.conformance.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the published schemas say of a server's frame; the validator speaks another Jackson. */
public final class FrameSchemas {
  private static final String FILE = "/schemas/server-to-client.json";

  /** The cases that dial with a session id of wrong characters. */
  private static final List<String> BAD_SESSION_IDS =
      List.of("transport/bad-session-id-is-400", "transport/refusals-carry-json");

  private static final int SHOWN = 200;
  private static final Map<Profile, Schema> SCHEMAS = new EnumMap<>(Profile.class);

  static {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (Profile profile : Profile.values()) {
      SCHEMAS.put(profile, registry.getSchema(entry(profile.word())));
    }
  }

  private FrameSchemas() {}

  /** Everything that does not fit, in the order in which the schema finds it. */
  public static List<Complaint> judge(Profile profile, Event.Text frame, String where) {
    String shown =
        frame.text().length() > SHOWN ? frame.text().substring(0, SHOWN) + "…" : frame.text();
    if (!frame.json().isObject()) {
      String what = frame.json().isMissingNode() ? "is no JSON" : "is no JSON object";
      return List.of(new Complaint("transport/one-object-a-text-frame", "", what, where, shown));
    }
    List<Complaint> complaints = new ArrayList<>();
    Schema schema = Objects.requireNonNull(SCHEMAS.get(profile));
    for (Error error : schema.validate(withoutNulls(frame.json()), InputFormat.JSON)) {
      String path = path(error);
      if (path.endsWith("/session_id") && BAD_SESSION_IDS.stream().anyMatch(where::startsWith)) {
        continue; // the server says again what the case asked for
      }
      String clause = SchemaClauses.of(definition(error), path, error);
      complaints.add(new Complaint(clause, path, error.getMessage(), where, shown));
    }
    return complaints;
  }

  /** A field beside {@code data} or in it that is null says as much as one that is left out. */
  private static String withoutNulls(JsonNode frame) {
    ObjectNode told = frame.deepCopy();
    told.properties().removeIf(f -> f.getValue().isNull() && !f.getKey().equals("data"));
    if (told.path("data") instanceof ObjectNode data) {
      data.properties().removeIf(f -> f.getValue().isNull());
    }
    return told.toString();
  }

  /** Where in the frame; a missing field is named as if it were there. */
  private static String path(Error error) {
    String at = error.getInstanceLocation().toString();
    String missing = error.getProperty();
    return "required".equals(error.getKeyword()) && missing != null ? at + "/" + missing : at;
  }

  /** The name in {@code $defs} that the violated rule stands under. */
  private static String definition(Error error) {
    String location = error.getSchemaLocation().toString();
    int defs = location.lastIndexOf("$defs/");
    if (defs < 0) {
      return "";
    }
    String rest = location.substring(defs + "$defs/".length());
    int end = rest.indexOf('/');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static String entry(String definition) {
    try (InputStream in = FrameSchemas.class.getResourceAsStream(FILE)) {
      String text =
          new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
      JsonNode file = Objects.requireNonNull(Json.readOrNull(text), FILE);
      ObjectNode schema = file.deepCopy();
      schema.remove("anyOf");
      return schema.put("$ref", "#/$defs/" + definition).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
