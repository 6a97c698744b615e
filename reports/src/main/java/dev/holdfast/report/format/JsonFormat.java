package dev.holdfast.report.format;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Group;
import dev.holdfast.report.result.Groups;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report for programs, {@code report.json}: every field of {@link RunReport} in snake case, and
 * the groups of its findings.
 *
 * <p>All but ASCII is escaped, so that broken text from a peer, half a surrogate pair for example,
 * comes back as it was.
 */
public final class JsonFormat implements Format {

  /** Shared with the progress stream, so that a finding looks the same in both. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          // What a record derives, isKnown() for example, is no field of its own.
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .withConfigOverride(
              java.util.List.class,
              o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantFromText()))
          .build();

  /** Indented, with the same line ends on every machine. */
  public static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /** The same of a tree, with a last line end. */
  public static String pretty(JsonNode tree) {
    try {
      return PRETTY.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree is JSON already", e);
    }
  }

  @Override
  public String fileName() {
    return "report.json";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    PRETTY.writeValue(out, tree(report));
    out.write('\n');
  }

  /** The report and its groups, which are derived from its findings. */
  public static ObjectNode tree(RunReport report) {
    ObjectNode tree = MAPPER.valueToTree(report);
    ArrayNode groups = tree.putArray("groups");
    Groups.of(report.findings()).all().forEach(group -> groups.add(entry(group)));
    return tree;
  }

  private static ObjectNode entry(Group group) {
    Finding lead = group.lead();
    ObjectNode entry = MAPPER.createObjectNode();
    entry.put("id", group.id()).put("lead", lead.title());
    entry.put("level", lead.level().name()).put("verdict", lead.verdict().toString());
    entry.put("consequence", lead.consequence().name().toLowerCase(Locale.ROOT));
    ArrayNode cases = entry.putArray("cases");
    group.same().forEach(f -> cases.add(f.title()));
    ArrayNode follow = entry.putArray("follow");
    group.follow().forEach(f -> follow.add(f.title()));
    return entry;
  }

  /**
   * Reads a report back.
   *
   * @throws ReportReadException if it is no report, or one of a version that this cannot read
   */
  public static RunReport read(Path file) {
    try {
      RunReport report = MAPPER.readValue(Files.readString(file), RunReport.class);
      if (report.schemaVersion() != RunReport.SCHEMA_VERSION) {
        throw new ReportReadException(
            file
                + " has schema version "
                + report.schemaVersion()
                + "; this Holdfast reads "
                + RunReport.SCHEMA_VERSION
                + ". Read it with the version that wrote it.",
            null);
      }
      return illustrated(report, file.toAbsolutePath().resolveSibling(""));
    } catch (JsonProcessingException e) {
      throw new ReportReadException(file + " is no report: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ReportReadException("cannot read " + file + ": " + Problem.describe(e), e);
    }
  }

  /** Pictures are files beside the report; what shows them needs their text. */
  public static RunReport illustrated(RunReport report, Path folder) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      List<Picture> shown = new ArrayList<>();
      for (Picture picture : finding.account().pictures()) {
        shown.add(picture.shownFrom(folder));
      }
      findings.add(shown.isEmpty() ? finding : finding.with(finding.account().with(shown)));
    }
    return report.withFindings(findings);
  }

  /** Times are ISO 8601 with a Z, as {@link Instant} prints them. */
  private static final class InstantFromText extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantFromText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String text, DeserializationContext context) {
      return Instant.parse(text);
    }
  }
}
