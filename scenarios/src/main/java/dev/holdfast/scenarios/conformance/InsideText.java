package dev.holdfast.scenarios.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an error text shows of a server's inside: stack traces, paths, exception classes, and
 * the texts that the common languages give their exceptions.
 *
 * <p>Each rule is so narrow that words written for people do not match it: "This is not valid JSON"
 * is a good text, "Unexpected token h in JSON at position 1" is an exception's.
 */
final class InsideText {
  private static final List<Pattern> RULES =
      List.of(
          // stack traces, paths and classes
          rule("Traceback \\(|\\bat [\\w.$<>]+\\([\\w.]+:\\d+\\)|\\bat .*\\.[cm]?[jt]s:\\d+"),
          rule("goroutine \\d+|\\bpanic: |thread '.*' panicked|\\[json\\.exception\\."),
          rule("(^|[\\s\"'(])(/(usr|home|app|var|srv|opt|root|tmp|etc)/|[A-Z]:\\\\)"),
          rule("\\b\\w+\\.(py|java|go|rs|mjs|rb|php|cs|kt|exs?|cpp)\\b|File \".*\", line \\d+"),
          rule("\\b(javax?|com|org|io|scala|kotlinx?)\\.[a-z]+\\.\\w+|\\bstd::\\w+|#PID<"),
          rule("\\w(Exception|Error): |\\b[A-Z]\\w+Exception\\b|\\bJSONDecodeError\\b"),
          rule("\\b(Type|Value|Key|Attribute|Index|Name|Runtime|Reference|Range|Syntax)Error\\b"),
          // Python
          rule("'\\w+' object (has no attribute|is not \\w+|does not support)"),
          rule("\\b(list|tuple|string|deque) index out of range|pop from (an )?empty"),
          rule("(Expecting .+|Extra data|Invalid control character at): line \\d+ column \\d+"),
          rule("unsupported operand type|not supported between instances of|unhashable type: '"),
          rule("(list|string|tuple) indices must be|can only concatenate \\w+ \\(not"),
          rule("\\d+ positional arguments?\\b|unexpected keyword argument|invalid literal for int"),
          rule("could not convert string to|values? to unpack|cannot unpack non-iterable"),
          rule("maximum recursion depth|codec can't (de|en)code|name '\\w+' is not defined"),
          rule("^'\\w+'$|<class '|object at 0x[0-9a-f]+|\\d validation errors? for \\w|\\[type=\\w"),
          rule("^(integer |float )?division (or modulo )?by zero$|NoneType"),
          // JavaScript
          rule("Cannot (read|set) propert(y|ies)\\b.* (undefined|null)\\b"),
          rule("[\\w.$\\])]+ is not (a function|iterable|a constructor)\\b"),
          rule("Cannot destructure property|Cannot convert undefined or null|\\[object Object\\]"),
          rule("Unexpected (token|end of JSON|non-whitespace character|string in JSON|number in JSON)"),
          rule("in JSON at position \\d+|string literal in JSON|Expected property name or"),
          rule("Maximum call stack size|before initialization|circular structure to JSON"),
          rule("argument must be .*\\. Received |\\bE(CONNREFUSED|CONNRESET|NOENT|ACCES|PIPE)\\b"),
          // Java and Kotlin
          rule("Cannot \\w[\\w ]* \".*\" because .* is null|Index -?\\d+ out of bounds for length"),
          rule("For input string: \"|cannot be cast to |No enum constant|^No value present$"),
          rule("Unrecognized token '|\\(code \\d+\\)|\\[Source: |Unexpected end-of-input"),
          rule("begin -?\\d+, end -?\\d+|Cannot deserialize|String index out of range: "),
          rule("specified as non-null is null|lateinit property|JSON token at offset \\d+"),
          // Go
          rule("runtime error: |nil pointer dereference|cannot unmarshal|nil map\\b"),
          rule("invalid character '.+' (looking|after|in)|unexpected end of JSON input"),
          rule("interface conversion: |strconv\\.\\w+: |\\bdial tcp |context deadline exceeded"),
          // Rust
          rule("called `(Option|Result)::\\w+\\(\\)`|index out of bounds: the len is"),
          rule("(expected|missing field|unknown field|EOF while|trailing).* at line \\d+ column \\d+"),
          rule("invalid type: .+, expected |attempt to \\w+ with overflow|RUST_BACKTRACE"),
          // C#
          rule("Object reference not set|Value cannot be null\\.? \\(|Sequence contains no "),
          rule("outside the bounds of the array|not in a correct format|Unable to cast object"),
          rule("JSON value could not be converted|invalid start of a (value|property)"),
          rule("was not present in the dictionary|BytePositionInLine"),
          // Ruby
          rule("undefined (local variable or )?method [`'‘].+['’]( for|$)|no implicit conversion of"),
          rule("wrong number of arguments|can't be coerced into|unexpected token at '|key not found: "),
          // PHP
          rule("Undefined (array key|index|variable|property|offset)|Call to (a member|undefined) "),
          rule("Trying to access array offset|Attempt to read property|Argument #\\d+ \\(\\$|Uncaught "),
          // Swift and Elixir
          rule("[Uu]nexpectedly found nil|\\b(keyNotFound|typeMismatch|dataCorrupted)\\(|Fatal error: "),
          rule("no function clause matching|no match of right hand side|key :\\w+ not found in"),
          rule("\\*\\* \\(\\w|%[A-Z]\\w+(\\.\\w+)*\\{"),
          // C++ and databases
          rule("basic_string::|_M_range_check|Segmentation fault|bad_alloc"),
          rule("SQLSTATE|violates .+ constraint|constraint failed|syntax error at or near"));

  private InsideText() {}

  private static Pattern rule(String regex) {
    return Pattern.compile(regex);
  }

  /**
   * The part of an error text that shows the inside, or null where the text is fit for people.
   *
   * @param text what a server says went wrong
   */
  static @Nullable String in(String text) {
    for (Pattern rule : RULES) {
      Matcher matcher = rule.matcher(text);
      if (matcher.find()) {
        return matcher.group();
      }
    }
    return null;
  }
}
