package nl.veer.control.config;

import java.util.List;

/** Which tables a wave holds: those included and not excluded. */
public record TablesConfig(
    @Setting(
            value =
                "Patterns of the form `schema.table`, in which `*` stands for any characters and `?`"
                    + " for one; `*` alone is every table. A partitioned table is named by its"
                    + " root.",
            byDefault = "[\"*\"]",
            min = 1)
        List<TablePattern> include,
    @Setting(value = "Patterns of tables that are left out.", byDefault = "[]")
        List<TablePattern> exclude) {

  public TablesConfig {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }
}
