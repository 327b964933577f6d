package nl.veer.connectors.event;

/** A change of one row of one table. */
public sealed interface RowChanged extends ChangeEvent permits RowInserted, RowUpdated, RowDeleted {

  TableId table();
}
