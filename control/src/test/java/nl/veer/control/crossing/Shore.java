package nl.veer.control.crossing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.event.LsnPosition;
import org.awaitility.core.ConditionTimeoutException;

/**
 * How far a world's wave is, as seen from the shore: by what stands in the two databases, whoever
 * runs the roles. A look at a server that is away is a look that saw nothing.
 */
public final class Shore {
  private static final String STAMP =
      "SELECT coalesce(position, '') FROM veer.stamp WHERE migration = '%s' AND wave = '%s'";
  private static final String UNLOADED =
      "SELECT count(*) FILTER (WHERE state <> 'COMPLETE'), count(*) FROM veer.load"
          + " WHERE migration = '%s' AND wave = '%s'";

  private final CrossingWorld world;

  public Shore(CrossingWorld world) {
    this.world = world;
  }

  /** What the stamp says; empty before the first batch, or if it cannot be read. */
  public Optional<LsnPosition> applied() {
    return look(STAMP).filter(position -> !position.isEmpty()).map(LsnPosition::parse);
  }

  /** Whether every table's load is complete. */
  public boolean loaded() {
    return look(UNLOADED).filter(counts -> counts.matches("0\\|[1-9]\\d*")).isPresent();
  }

  /** Waits until every table is loaded; the given roles must live until then. */
  public void awaitLoaded(RoleProcess... roles) {
    await("the load's end", this::loaded, roles);
  }

  /**
   * Waits until all that the source has committed before this call is applied. As long as batches
   * come, however many there are still to come, it is waited for.
   */
  public void awaitApplied(RoleProcess... roles) throws SQLException {
    LsnPosition behind = world.mark();
    while (applied().filter(position -> position.isAfter(behind)).isEmpty()) {
      awaitBatch(roles);
    }
  }

  /** Waits for the next batch. */
  public void awaitBatch(RoleProcess... roles) {
    Optional<LsnPosition> before = applied();
    await("the next batch", () -> isBeyond(before), roles);
  }

  private boolean isBeyond(Optional<LsnPosition> before) {
    return applied().filter(now -> before.isEmpty() || now.isAfter(before.get())).isPresent();
  }

  /** As {@link #awaitApplied}; then the oracle compares. */
  public void awaitEqual(RoleProcess... roles) throws SQLException {
    awaitApplied(roles);
    world.assertEqual();
  }

  /** Waits for it, unless one of these roles ends first; says what they printed when in vain. */
  public void await(String what, BooleanSupplier condition, RoleProcess... roles) {
    try {
      CrossingWorld.await(
          what,
          () -> {
            for (RoleProcess role : roles) {
              if (!role.isAlive()) {
                throw new AssertionError("A role ended before " + what + "\n" + words(roles));
              }
            }
            return condition.getAsBoolean();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("In vain for " + what + "\n" + words(roles), e);
    }
  }

  private static String words(RoleProcess... roles) {
    StringBuilder words = new StringBuilder();
    for (RoleProcess role : List.of(roles)) {
      words.append("veer ").append(role.role().word()).append(":\n").append(role.output());
    }
    return words.toString();
  }

  private Optional<String> look(String query) {
    try (Connection target = world.target()) {
      String found =
          CrossingWorld.text(target, query.formatted(world.wave.migration(), world.wave.wave()));
      return found.isEmpty() ? Optional.empty() : Optional.of(found);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
