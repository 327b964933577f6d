package nl.veer.control.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The issuer's names of the dashboard's roles. */
public record OidcRolesConfig(
    @Setting(value = "Who has one of these may look.", byDefault = "[]") List<String> viewer,
    @Setting(value = "Who has one of these may also begin and end things.", byDefault = "[]")
        List<String> operator,
    @Setting(
            value = "Who has one of these may also say yes to what an operator asks for.",
            byDefault = "[]")
        List<String> approver) {

  public OidcRolesConfig {
    viewer = List.copyOf(viewer);
    operator = List.copyOf(operator);
    approver = List.copyOf(approver);
    Set<String> seen = new HashSet<>();
    requireOnce("viewer", viewer, seen);
    requireOnce("operator", operator, seen);
    requireOnce("approver", approver, seen);
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("viewer: nobody would come in without a role");
    }
  }

  private static void requireOnce(String key, List<String> names, Set<String> seen) {
    for (String name : names) {
      if (name.isBlank() || !seen.add(name)) {
        throw new IllegalArgumentException(key + ": '%s' is empty or given twice".formatted(name));
      }
    }
  }

  /** The highest role that these names give; empty if they give none. */
  public Optional<DashboardRole> of(Set<String> names) {
    if (approver.stream().anyMatch(names::contains)) {
      return Optional.of(DashboardRole.APPROVER);
    }
    if (operator.stream().anyMatch(names::contains)) {
      return Optional.of(DashboardRole.OPERATOR);
    }
    return viewer.stream().anyMatch(names::contains)
        ? Optional.of(DashboardRole.VIEWER)
        : Optional.empty();
  }
}
