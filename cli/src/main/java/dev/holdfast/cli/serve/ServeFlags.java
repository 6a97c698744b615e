package dev.holdfast.cli.serve;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of {@code serve}, made from the table of settings. */
public final class ServeFlags {
  private ServeFlags() {}

  /** Gives a command one flag a setting. */
  public static void addTo(CommandSpec command) {
    for (Setting setting : Setting.values()) {
      boolean isFlag = setting.kind() instanceof Kind.Flag;
      String standard = setting.standard() == null ? "" : " Default: " + setting.standard();
      OptionSpec.Builder option =
          OptionSpec.builder(setting.option())
              .type(String.class)
              .paramLabel(label(setting.kind()))
              .arity(isFlag ? "0..1" : "1")
              .description(setting.says().replace("%", "%%") + "." + standard);
      command.addOption(isFlag ? option.fallbackValue("true").build() : option.build());
    }
  }

  private static String label(Kind kind) {
    return switch (kind) {
      case Kind.Whole w -> "N";
      case Kind.Percent p -> "N";
      case Kind.Flag f -> "BOOL";
      case Kind.Word w when w.words().size() < 5 -> String.join("|", w.words());
      case Kind.Word w -> "NAME";
      case Kind.Text t -> "TEXT";
    };
  }

  /** What a command line, an environment and perhaps a file say together. */
  public static ServerSetup read(ParseResult parsed, Map<String, String> env, @Nullable Path file) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value = parsed.matchedOptionValue(setting.option(), null);
      if (value != null) {
        flags.put(setting, value);
      }
    }
    return new ServerSetup(Settings.of(flags, env, file), env);
  }
}
