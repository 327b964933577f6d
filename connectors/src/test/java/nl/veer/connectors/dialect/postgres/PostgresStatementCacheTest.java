package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostgresStatementCacheTest {
  private final Set<String> open = new HashSet<>();
  private final PostgresStatementCache cache =
      new PostgresStatementCache(
          fake(Connection.class, (name, argument) -> prepare(String.valueOf(argument))));

  @Test
  void closesTheStatementThatWasNotUsedForTheLongestTime() throws SQLException {
    for (int i = 0; i < PostgresStatementCache.KEPT; i++) {
      cache.prepared("statement " + i);
    }
    cache.prepared("statement 0");

    cache.prepared("one more");

    assertThat(open).hasSize(PostgresStatementCache.KEPT);
    assertThat(open).contains("statement 0", "one more").doesNotContain("statement 1");
  }

  @Test
  void keepsAStatementPrepared() throws SQLException {
    assertThat(cache.prepared("same")).isSameAs(cache.prepared("same"));
  }

  private PreparedStatement prepare(String sql) {
    open.add(sql);
    return fake(
        PreparedStatement.class, (name, argument) -> name.equals("close") && open.remove(sql));
  }

  private interface Answer {
    Object to(String method, Object argument);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object result = answer.to(method.getName(), arguments == null ? "" : arguments[0]);
              return method.getReturnType() == void.class ? null : result;
            }));
  }
}
