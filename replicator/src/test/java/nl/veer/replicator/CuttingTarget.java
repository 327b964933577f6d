package nl.veer.replicator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A target whose sessions break at some of their commits: just before one is sent, or after it was
 * sent and before its answer came, so that nobody on this side knows whether it came through.
 */
final class CuttingTarget {
  /** Without a common factor, so that no attempt meets the same cuts for ever. */
  private static final int CUT_BEFORE = 5;

  private static final int CUT_AFTER = 7;

  private final PostgresTarget target = new PostgresTarget();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();

  TargetDialect dialect() {
    return proxy(
        TargetDialect.class,
        (method, arguments) -> {
          Object result = call(target, method, arguments);
          return result instanceof TargetSession session ? session(session) : result;
        });
  }

  int cuts() {
    return cuts.get();
  }

  private TargetSession session(TargetSession session) {
    return proxy(
        TargetSession.class,
        (method, arguments) -> {
          if (method.getName().equals("commit")) {
            commit(session);
            return null;
          }
          return call(session, method, arguments);
        });
  }

  private void commit(TargetSession session) throws SQLException {
    int number = commits.incrementAndGet();
    if (number % CUT_BEFORE == 0) {
      cut(session);
    }
    session.commit();
    if (number % CUT_AFTER == 0) {
      cut(session);
      throw new Failure(FailureKind.TRANSIENT, "CUT", "No answer to the commit came.");
    }
  }

  private void cut(TargetSession session) throws SQLException {
    cuts.incrementAndGet();
    session.connection().abort(Runnable::run);
  }

  private interface Call {
    @Nullable Object run(Method method, @Nullable Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.run(method, arguments)));
  }

  private static @Nullable Object call(Object target, Method method, @Nullable Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
