package dev.holdfast.cli.load;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time as a person writes it, {@code 60s}, into milliseconds. */
public final class DurationText implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Map<String, Long> UNIT_MS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  @Override
  public Long convert(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no length of time; write 500ms, 60s, 10m or 2h");
    }
    return Long.parseLong(parts.group(1)) * UNIT_MS.getOrDefault(parts.group(2), 1L);
  }
}
