package nl.veer.control.dashboard.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives each of an issuer's subjects a name for people, which nobody else has, and which it keeps
 * as long as the process runs. An issuer may let people change theirs: so nobody says yes to what
 * they themselves have asked for under another name, nor stands in the audit log as somebody else.
 * Safe for use by several threads.
 */
final class PersonNames {
  /** Of more, each is called by its subject. */
  private static final int MOST = 4_096;

  /** Guarded by this, as the other. */
  private final Map<String, String> bySubject = new HashMap<>();

  private final Set<String> taken;

  /**
   * @param taken names that others have
   */
  PersonNames(Collection<String> taken) {
    this.taken = new HashSet<>(taken);
  }

  /**
   * @param wanted as the issuer calls the subject now
   */
  synchronized String of(String subject, String wanted) {
    String known = bySubject.get(subject);
    if (known != null) {
      return known;
    }
    if (bySubject.size() >= MOST) {
      return subject;
    }
    String name = taken.contains(wanted) ? "%s (%s)".formatted(wanted, subject) : wanted;
    taken.add(name);
    bySubject.put(subject, name);
    return name;
  }
}
