package nl.veer.control.wave;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a process does for its waves. */
public enum Role {
  RUN,
  CAPTURE,
  REPLICATE,
  VERIFY;

  public boolean captures() {
    return this == RUN || this == CAPTURE;
  }

  public boolean replicates() {
    return this == RUN || this == REPLICATE;
  }

  public boolean verifies() {
    return this == RUN || this == VERIFY;
  }

  /** The roles that cannot be taken beside this one with the same data directory. */
  public Set<Role> excluded() {
    return this == RUN ? EnumSet.allOf(Role.class) : EnumSet.of(RUN, this);
  }

  /** As the command line and file names say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
