package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.RelationGrants.Need;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.Test;

class RevocationTest {
  private static final TableId TABLE = new TableId("shop", "orders");
  private static final List<String> ROLES = List.of("owner", "a", "b", "c", "veer", "");
  private static final int CASES = 3_000;

  @Test
  void takesFromEveryoneTheOwnerIncludedButTheExempt() {
    Grant owners = grant("", "owner", "owner", false);
    Grant everyones = grant("", "owner", "", false);
    Grant veers = grant("", "owner", "veer", false);

    Revocation revocation = of(List.of(owners, everyones, veers), List.of());

    assertThat(revocation.taken()).containsExactlyInAnyOrder(owners, everyones);
    assertThat(revocation.given()).containsExactlyInAnyOrder(owners, everyones, veers);
    assertThat(revocation.lent()).isEmpty();
    assertThat(revocation.loose()).isEmpty();
  }

  @Test
  void takesWhatRestsOnAnotherFirstAndGivesItLast() {
    Grant first = grant("", "owner", "a", true);
    Grant second = grant("", "a", "b", true);
    Grant third = grant("note", "b", "c", false);

    Revocation revocation = of(List.of(third, second, first), List.of());

    assertThat(revocation.taken()).containsExactly(third, second, first);
    assertThat(revocation.given()).containsExactly(first, second, third);
  }

  @Test
  void lendsVeerWhatItHadThroughOthers() {
    Grant first = grant("", "owner", "a", true);
    Grant veers = grant("", "a", "veer", false);

    Revocation revocation = of(List.of(first, veers), List.of(new Need("veer", "", "INSERT")));

    assertThat(revocation.taken()).containsExactly(veers, first);
    assertThat(revocation.lent()).containsExactly(grant("", "owner", "veer", false));
  }

  @Test
  void lendsNothingThatIsKept() {
    Grant table = grant("", "owner", "veer", false);

    Revocation revocation = of(List.of(table), List.of(new Need("veer", "note", "INSERT")));

    assertThat(revocation.lent()).isEmpty();
    assertThat(revocation.taken()).isEmpty();
  }

  @Test
  void namesGrantsWhoseGrantorLostItsOption() {
    Grant loose = grant("note", "a", "b", false);

    Revocation revocation = of(List.of(grant("", "owner", "a", false), loose), List.of());

    assertThat(revocation.loose()).containsExactly(loose);
    assertThat(revocation.taken()).doesNotContain(loose);
  }

  @Test
  void writesEveryFormOfARight() {
    assertThat(grant("", "owner", "", false).given())
        .isEqualTo("GRANT INSERT ON TABLE \"shop\".\"orders\" TO PUBLIC");
    assertThat(grant("a\"b", "owner", "PUBLIC", true).given())
        .isEqualTo(
            "GRANT INSERT (\"a\"\"b\") ON TABLE \"shop\".\"orders\" TO \"PUBLIC\" WITH GRANT"
                + " OPTION");
    assertThat(grant("", "owner", "a", true).taken())
        .isEqualTo("REVOKE INSERT ON TABLE \"shop\".\"orders\" FROM \"a\"");
  }

  /** By the rules of the server: a right needs its grantor's option, when given and to stay. */
  @Test
  void everyStepIsAllowedAndTheEndIsRight() {
    long seed = Long.getLong("veer.seed", 20_260);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Set<Grant> grants = any(random);
      List<Need> needs = List.of(new Need("veer", "", "INSERT"));
      Revocation revocation = of(List.copyOf(grants), needs);
      String as = "case %d of seed %d".formatted(i, seed);
      assertThat(revocation.loose()).as(as).isEmpty();

      Set<Grant> now = new HashSet<>(grants);
      for (Grant taken : revocation.taken()) {
        assertThat(now.remove(taken)).as(as).isTrue();
        assertThat(now).as(as).allMatch(grant -> isSupported(grant, now));
      }
      now.addAll(revocation.lent());
      assertThat(now).as(as).allMatch(grant -> grant.grantee().equals("veer"));
      assertThat(now).as(as).anyMatch(grant -> grant.gives("veer", "", "INSERT"));

      now.removeAll(revocation.lent());
      for (Grant given : revocation.given()) {
        assertThat(isSupported(given, now)).as(as).isTrue();
        now.add(given);
      }
      assertThat(now).as(as).isEqualTo(grants);
    }
  }

  private static boolean isSupported(Grant grant, Set<Grant> grants) {
    return grant.grantor().equals("owner")
        || grants.stream().anyMatch(other -> other.supports(grant));
  }

  /** As the server would let it come about. */
  private static Set<Grant> any(Random random) {
    Set<Grant> grants = new HashSet<>();
    for (int i = 0; i < 15; i++) {
      String grantee = ROLES.get(random.nextInt(ROLES.size()));
      boolean grantable = !grantee.isEmpty() && random.nextInt(3) > 0;
      String column = random.nextInt(3) == 0 ? "note" : "";
      Grant grant = grant(column, ROLES.get(random.nextInt(5)), grantee, grantable);
      boolean isRing = grantee.equals(grant.grantor()) || restsOn(grants, grant.grantor(), grantee);
      boolean isThere =
          grants.contains(grant)
              || grants.contains(grant(column, grant.grantor(), grantee, !grantable));
      if (isSupported(grant, grants) && !isRing && !isThere && !grantee.equals("owner")) {
        grants.add(grant);
      }
    }
    return grants;
  }

  private static boolean restsOn(Set<Grant> grants, String role, String other) {
    List<String> open = new ArrayList<>(List.of(role));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String next = open.remove(0);
      if (next.equals(other)) {
        return true;
      }
      if (seen.add(next)) {
        grants.stream()
            .filter(grant -> grant.grantee().equals(next))
            .forEach(grant -> open.add(grant.grantor()));
      }
    }
    return false;
  }

  private static Revocation of(List<Grant> grants, List<Need> needs) {
    return Revocation.of(new RelationGrants(TABLE, "owner", grants, needs), Set.of("veer"));
  }

  private static Grant grant(String column, String grantor, String grantee, boolean grantable) {
    return new Grant(TABLE, column, grantor, grantee, "INSERT", grantable);
  }
}
