package nl.veer.replicator.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.replicator.fault.Injection.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind every call of the edges: counts it at its site, and lets those fail that it is
 * armed for, each once. Safe for several threads.
 */
final class Saboteur {
  private final Map<CallSite, Integer> calls = new LinkedHashMap<>();
  private final List<Injection> armed = new ArrayList<>();

  /** The real call. */
  interface Work {
    @Nullable Object run() throws Throwable;
  }

  /** Breaks the real thing if fault or call are of that sort, and answers what to throw. */
  interface Breaking {
    Exception by(Fault fault, String call) throws Exception;
  }

  /** What a proxy makes of an answer that is an edge itself. */
  interface Answers {
    @Nullable Object wrapped(@Nullable Object answer) throws Exception;
  }

  /** Forgets what was counted; the calls that the injections name will fail. */
  synchronized void arm(List<Injection> injections) {
    calls.clear();
    armed.clear();
    armed.addAll(injections);
  }

  /** Those whose call did not come. */
  synchronized List<Injection> waiting() {
    return List.copyOf(armed);
  }

  /** How often each site was called, in the order in which they were first. */
  synchronized Map<CallSite, Integer> calls() {
    return new LinkedHashMap<>(calls);
  }

  @Nullable Object call(String call, Work real, Breaking breaking) throws Throwable {
    Injection due = due(CallSite.ofCaller(call));
    if (due != null && due.moment() == Moment.BEFORE) {
      throw breaking.by(due.fault(), call);
    }
    Object answer = real.run();
    if (due != null) {
      throw breaking.by(due.fault(), call);
    }
    return answer;
  }

  private synchronized @Nullable Injection due(CallSite site) {
    int count = calls.merge(site, 1, Integer::sum);
    for (Injection injection : armed) {
      if (injection.site().equals(site) && injection.occurrence() <= count) {
        armed.remove(injection);
        return injection;
      }
    }
    return null;
  }

  /** The real thing with every call led through here. Unwrapping it leads nowhere else. */
  <T> T sabotaged(
      Class<T> face, Object real, Answers answers, Breaking breaking, Class<?>... faces) {
    Class<?>[] all = new Class<?>[faces.length + 1];
    all[0] = face;
    System.arraycopy(faces, 0, all, 1, faces.length);
    return face.cast(
        Proxy.newProxyInstance(
            Saboteur.class.getClassLoader(),
            all,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "unwrap" -> self;
                  case "equals" -> self == arguments[0];
                  case "hashCode" -> System.identityHashCode(self);
                  case "toString" -> real.toString();
                  default ->
                      canFail(face, method)
                          ? answers.wrapped(
                              call(
                                  face.getSimpleName() + "." + method.getName(),
                                  () -> invoke(real, method, arguments),
                                  breaking))
                          : invoke(real, method, arguments);
                }));
  }

  /** Veer's own interfaces declare no exceptions, a driver's every one that it throws. */
  private static boolean canFail(Class<?> face, Method method) {
    return method.getExceptionTypes().length > 0 || face.getName().startsWith("nl.veer.");
  }

  private static @Nullable Object invoke(
      Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
