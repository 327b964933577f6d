package nl.veer.benchmarks.ground;

import java.sql.SQLException;

/** Changes of one kind to one table. */
public record TableBacklog(Shape shape, Writing writing) implements Backlog {

  @Override
  public String words() {
    return "%s, %s in transactions of %,d"
        .formatted(shape.name(), writing.kind().words(), writing.perTransaction());
  }

  @Override
  public Crossing begin(World world, String purpose) throws Exception {
    Crossing crossing = world.crossing(purpose, shape);
    if (writing.rowsBefore() > 0) {
      crossing.onSource(shape.insert(1, writing.rowsBefore()));
    }
    return crossing;
  }

  @Override
  public void fillTarget(Crossing crossing) throws SQLException {
    if (writing.rowsBefore() > 0) {
      crossing.onTarget(shape.insert(1, writing.rowsBefore()));
    }
  }

  @Override
  public long write(Crossing crossing) throws SQLException {
    writing.write(crossing);
    return writing.rows();
  }

  @Override
  public String isThere() {
    return writing.isThere(shape);
  }
}
