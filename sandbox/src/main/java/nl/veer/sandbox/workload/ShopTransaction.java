package nl.veer.sandbox.workload;

import java.sql.SQLException;

/** What happens between BEGIN and COMMIT. */
@FunctionalInterface
interface ShopTransaction {
  void run(ShopSession session, Dice dice) throws SQLException;
}
