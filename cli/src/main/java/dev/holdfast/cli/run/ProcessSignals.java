package dev.holdfast.cli.run;

import dev.holdfast.report.result.ExitCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * SIGINT and SIGTERM of this process.
 *
 * <p>A shutdown hook would not know which of the two it was, and the report has to say. {@code
 * sun.misc.Signal} knows; javac warns of its mere name, hence the reflection.
 */
final class ProcessSignals implements Signals {
  private static final Map<String, ExitCode> MEANING = new LinkedHashMap<>();

  static {
    MEANING.put("INT", ExitCode.INTERRUPTED);
    MEANING.put("TERM", ExitCode.TERMINATED);
  }

  @Override
  public Watch watch(Consumer<ExitCode> action) {
    Map<String, Object> before = new LinkedHashMap<>();
    MEANING.forEach(
        (name, meaning) -> before.put(name, handle(name, handler(() -> action.accept(meaning)))));
    return () -> before.forEach(ProcessSignals::handle);
  }

  @Override
  public void halt(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }

  /** Installs a handler and gives the one before it. */
  private static Object handle(String name, Object handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handlerType);
      return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("SIG" + name + " belongs to the JVM: is -Xrs set?", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
    }
  }

  /** A {@code SignalHandler} that does this and looks at no argument. */
  private static Object handler(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      MethodHandle run =
          MethodHandles.publicLookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      return MethodHandleProxies.asInterfaceInstance(
          Class.forName("sun.misc.SignalHandler"), MethodHandles.dropArguments(run, 0, signal));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no sun.misc.SignalHandler", e);
    }
  }
}
