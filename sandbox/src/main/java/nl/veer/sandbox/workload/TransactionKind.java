package nl.veer.sandbox.workload;

import java.util.List;
import java.util.stream.Stream;

/** What the clients do, and how often: the weights add up to 100. */
public enum TransactionKind {
  PLACE_ORDER(20, OrderTransactions::place),
  PAY_ORDER(12, OrderTransactions::pay),
  CANCEL_ORDER(3, OrderTransactions::cancel),
  RENUMBER_LINES(2, OrderTransactions::renumber),
  REGISTER(4, CustomerTransactions::register),
  LEAVE(1, CustomerTransactions::leave),
  EDIT_CUSTOMER(12, CustomerTransactions::edit),
  SWAP_BADGES(4, CustomerTransactions::swapBadges),
  RELABEL_ADDRESS(3, CustomerTransactions::relabelAddress),
  EDIT_PRODUCT(8, CatalogTransactions::editBesideToast),
  REWRITE_PRODUCT(2, CatalogTransactions::rewriteToast),
  MOVE_STOCK(3, CatalogTransactions::moveStock),
  SWAP_SHELVES(3, CatalogTransactions::swapShelves),
  BROWSE(9, TraceTransactions::browse),
  MOVE_EVENT(2, TraceTransactions::moveEvent),
  AUDIT(5, TraceTransactions::audit),
  THINK_AGAIN(4, OddTransactions::savepoints),
  BACK_AND_FORTH(2, OddTransactions::backAndForth),
  GIVE_UP(1, OddTransactions::giveUp),
  /** One that stays open while hundreds begin and commit, once a second. */
  PONDER(0, OddTransactions::ponder),
  /** TRUNCATE and a new beginning, by interval. */
  TRUNCATE(0, OddTransactions::truncate),
  /** Very many rows, by interval. */
  HUGE(0, OddTransactions::huge);

  private static final List<TransactionKind> BY_CHANCE =
      Stream.of(values()).flatMap(kind -> Stream.generate(() -> kind).limit(kind.weight)).toList();

  private final int weight;
  private final ShopTransaction transaction;

  TransactionKind(int weight, ShopTransaction transaction) {
    this.weight = weight;
    this.transaction = transaction;
  }

  static TransactionKind byChance(Dice dice) {
    return BY_CHANCE.get(dice.number(BY_CHANCE.size()));
  }

  ShopTransaction transaction() {
    return transaction;
  }

  /** Whether it ends with COMMIT; otherwise with ROLLBACK, and nobody may ever see it. */
  boolean commits() {
    return this != GIVE_UP;
  }
}
