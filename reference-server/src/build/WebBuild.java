import com.google.javascript.jscomp.CommandLineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks the types of the page's modules, bundles and minifies them: {@code WebBuild SOURCES OUTPUT}.
 *
 * <p>Out come client.js, the chat client for anybody's page; page.js, which imports it; inspect.js. The compiler is pure Java, so that the same build runs wherever Maven does. Nothing happens
 * where the output is newer than all that it is made of.
 */
public final class WebBuild {
  private static final String EXPORTS =
      "client:const $exports={};%s\nexport const{ChatClient,STANDARD,decode,fresh,step}=$exports;";

  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[0]);
    Path output = Files.createDirectories(Path.of(args[1]));
    List<Path> client = scripts(sources.resolve("client"));
    List<Path> page = scripts(sources.resolve("page"));
    List<Path> inspect = scripts(sources.resolve("inspect"));
    if (isNewest(output.resolve("page.js"), sources) && Files.exists(output.resolve("client.js"))) {
      return;
    }
    List<String> command = new ArrayList<>();
    for (List<Path> chunk : List.of(client, page, inspect)) {
      chunk.forEach(file -> command.addAll(List.of("--js", file.toString())));
    }
    command.addAll(
        List.of(
            "--chunk", "client:" + client.size(),
            "--chunk", "page:" + page.size() + ":client",
            "--chunk", "inspect:" + inspect.size(),
            "--chunk_output_type", "ES_MODULES",
            "--chunk_output_path_prefix", output + "/",
            "--chunk_wrapper", EXPORTS,
            "--externs", sources.resolve("externs.js").toString(),
            "--module_resolution", "BROWSER",
            "--compilation_level", "SIMPLE",
            "--language_in", "ECMASCRIPT_NEXT",
            "--language_out", "ECMASCRIPT_NEXT",
            "--jscomp_error", "checkTypes",
            "--jscomp_error", "checkVars"));
    CommandLineRunner.main(command.toArray(String[]::new));
  }

  private static List<Path> scripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
    }
  }

  private static boolean isNewest(Path made, Path sources) throws IOException {
    if (!Files.exists(made)) {
      return false;
    }
    FileTime at = Files.getLastModifiedTime(made);
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).compareTo(at) > 0) {
          return false;
        }
      }
    }
    return true;
  }
}
