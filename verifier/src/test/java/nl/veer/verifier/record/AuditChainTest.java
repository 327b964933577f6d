package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever happens to a chain inside shows. */
class AuditChainTest {
  private static final Instant AT = Instant.parse("2026-05-04T03:02:01.123456Z");

  /** Each makes another entry of one; all that an entry has is in here. */
  private static final List<UnaryOperator<AuditRecord>> CHANGES =
      List.of(
          r -> at(r, r.at().plusNanos(1_000)),
          r -> at(r, r.at().plusSeconds(1)),
          r -> texts(r, r.role() + "x", r.address(), r.process(), r.wave(), r.what(), r.result()),
          r -> texts(r, r.role(), null, r.process(), r.wave(), r.what(), r.result()),
          r -> texts(r, r.role(), "", r.process(), r.wave(), r.what(), r.result()),
          r -> texts(r, r.role(), r.address(), "", r.wave(), r.what(), r.result()),
          r -> texts(r, r.role(), r.address(), r.process(), "", r.what(), r.result()),
          r -> texts(r, r.role(), r.address(), r.process(), r.wave(), r.what() + " ", r.result()),
          r -> texts(r, r.role(), r.address(), r.process(), r.wave(), r.what(), "failed"),
          // The same characters in all, dealt out differently.
          r -> texts(r, r.role(), r.address(), r.process(), r.wave() + "v", "eer x", r.result()),
          r -> number(r, r.number() + 1),
          r -> number(r, 0),
          r -> hashes(r, r.previous(), flipped(r.hash())),
          r -> hashes(r, flipped(r.previous()), r.hash()),
          r -> hashes(r, r.previous(), null),
          r -> hashes(r, null, r.hash()));

  private final Random random = new Random(7);

  @Test
  void aChainThatNobodyTouchedIsWhole() {
    assertThat(AuditLog.broken(List.of())).isEmpty();
    assertThat(AuditLog.broken(chain(0, 1))).isEmpty();
    assertThat(AuditLog.broken(chain(0, 20))).isEmpty();
    assertThat(AuditLog.broken(chain(3, 20))).isEmpty();
    assertThat(AuditLog.broken(chain(3, 0))).isEmpty();
  }

  @Test
  void everyChangeOfEveryEntryShowsAndNamesTheEntry() {
    for (int older = 0; older <= 2; older++) {
      for (int i = older; i < older + 6; i++) {
        for (int change = 0; change < CHANGES.size(); change++) {
          List<AuditRecord> chain = chain(older, 6);
          chain.set(i, CHANGES.get(change).apply(chain.get(i)));
          assertThat(AuditLog.broken(chain))
              .as("change %d of entry %d", change, i - older + 1)
              .isPresent();
        }
      }
    }
    List<AuditRecord> chain = chain(0, 6);
    chain.set(3, texts(chain.get(3), "other", null, "", "", "", ""));
    assertThat(AuditLog.broken(chain)).contains("entry 4 was changed");
  }

  @Test
  void aChangeWhoseHashWasMadeAnewShowsInTheNextEntry() {
    List<AuditRecord> chain = chain(0, 6);
    AuditRecord changed = texts(chain.get(2), "other", null, "", "", "veer x", "");
    chain.set(
        2,
        hashes(changed, changed.previous(), AuditChain.hash(known(changed.previous()), changed)));

    assertThat(AuditLog.broken(chain))
        .contains("entry 4 does not follow entry 3: one of the two was replaced");
  }

  @Test
  void aHoleShowsAndIsNamed() {
    List<AuditRecord> chain = chain(2, 9);
    chain.remove(2 + 3);
    assertThat(AuditLog.broken(chain)).contains("entry 4 is missing");
    chain.remove(2 + 3);
    assertThat(AuditLog.broken(chain)).contains("the entries 4 to 5 are missing");
    chain = chain(0, 3);
    chain.remove(0);
    assertThat(AuditLog.broken(chain)).contains("entry 1 is missing");
  }

  @Test
  void aHoleThatWasClosedByNewNumbersShows() {
    List<AuditRecord> chain = chain(0, 5);
    chain.remove(2);
    for (int i = 2; i < chain.size(); i++) {
      chain.set(i, number(chain.get(i), i + 1L));
    }
    assertThat(AuditLog.broken(chain)).contains("entry 3 was changed");
  }

  @Test
  void anInsertedEntryShows() {
    List<AuditRecord> chain = chain(0, 5);
    chain.add(3, chain.get(2));
    assertThat(AuditLog.broken(chain))
        .contains("entry 3 stands where entry 4 belongs: entries were inserted or reordered");
    chain = chain(0, 5);
    chain.add(3, older(9));
    assertThat(AuditLog.broken(chain))
        .contains("an entry without a number stands behind entry 3: it was inserted");
  }

  @Test
  void anotherOrderShows() {
    for (int round = 0; round < 200; round++) {
      List<AuditRecord> chain = chain(random.nextInt(3), 2 + random.nextInt(8));
      List<AuditRecord> shuffled = new ArrayList<>(chain);
      Collections.shuffle(shuffled, random);
      assertThat(AuditLog.broken(shuffled).isEmpty()).isEqualTo(shuffled.equals(chain));
    }
  }

  @Test
  void theChainSealsWhatIsOlder() {
    List<AuditRecord> changed = chain(2, 3);
    changed.set(1, texts(changed.get(1), "other", null, "", "", "", ""));
    List<AuditRecord> removed = chain(2, 3);
    removed.remove(0);
    List<AuditRecord> inserted = chain(2, 3);
    inserted.add(0, older(7));

    String broken =
        "entry 1 does not follow the entries before the chain: one of them was changed, removed or"
            + " inserted";
    assertThat(AuditLog.broken(changed)).contains(broken);
    assertThat(AuditLog.broken(removed)).contains(broken);
    assertThat(AuditLog.broken(inserted)).contains(broken);
  }

  @Test
  void whatIsRemovedAtTheEndShowsToWhoeverKnowsTheHead() {
    List<AuditRecord> chain = chain(1, 6);
    AuditHead head = AuditLog.head(chain).orElseThrow();
    List<AuditRecord> cut = chain.subList(0, 5);

    assertThat(head.count()).isEqualTo(6);
    assertThat(AuditLog.broken(cut)).isEmpty();
    assertThat(AuditLog.lost(chain, head.hash())).isEmpty();
    assertThat(AuditLog.lost(chain, known(chain.get(3).hash()))).isEmpty();
    assertThat(AuditLog.lost(cut, head.hash()).orElseThrow()).contains("entry 4");
    assertThat(AuditLog.lost(List.of(), head.hash())).isPresent();
  }

  @Test
  void noTwoEntriesHaveTheSameForm() {
    List<@Nullable String> parts =
        new ArrayList<>(List.of("", "a", "aa", "\u0000", "a\u0000", "é"));
    parts.add(null);
    Set<String> hashes = new HashSet<>();
    int entries = 0;
    for (String first : parts) {
      for (String second : parts) {
        for (String third : parts) {
          if (first != null && third != null) {
            AuditRecord record =
                new AuditRecord(1, AT, first, second, third, "shop", "", "", "", null, null);
            hashes.add(AuditChain.hash("00", record));
            entries++;
          }
        }
      }
    }
    assertThat(hashes).hasSize(entries);
  }

  /**
   * A chain of today is still whole for the Veer of tomorrow. The hashes were computed by another
   * program, from the form as it is written down.
   */
  @Test
  void theFormStaysAsItIs() {
    AuditRecord record =
        new AuditRecord(
            1,
            AT,
            "veer",
            "10.0.0.1",
            "ann@db1 process 7",
            "shop",
            "main",
            "veer drop",
            "done",
            null,
            null);

    assertThat(AuditChain.beginning("shop", List.of()))
        .isEqualTo("70e99cc48d82354affa4eac4811ba43c0afdb785f9448b8cfc1a34208f965022");
    assertThat(AuditChain.hash("00", record))
        .isEqualTo("1234cbfd4a860721d4b2fbfd2ff5775e15f29f3946d449c4096b198376dc5e46");
  }

  /** A chain that follows entries of an older Veer. */
  private List<AuditRecord> chain(int older, int length) {
    List<AuditRecord> chain = new ArrayList<>();
    for (int i = 0; i < older; i++) {
      chain.add(older(i));
    }
    String previous = AuditChain.beginning("shop", chain);
    for (int i = 1; i <= length; i++) {
      AuditRecord record =
          new AuditRecord(
              i,
              AT.plusSeconds(i),
              "veer",
              "10.0.0." + i,
              "ann@db1 process " + i,
              "shop",
              "main",
              "veer x",
              "done",
              previous,
              null);
      previous = AuditChain.hash(previous, record);
      chain.add(hashes(record, record.previous(), previous));
    }
    return chain;
  }

  private static String known(@Nullable String hash) {
    return Objects.requireNonNull(hash);
  }

  private static AuditRecord older(int i) {
    return new AuditRecord(
        0, AT.minusSeconds(100 - i), "veer", null, "", "shop", "main", "old " + i, "", null, null);
  }

  private static AuditRecord at(AuditRecord r, Instant at) {
    return new AuditRecord(
        r.number(),
        at,
        r.role(),
        r.address(),
        r.process(),
        r.migration(),
        r.wave(),
        r.what(),
        r.result(),
        r.previous(),
        r.hash());
  }

  private static AuditRecord number(AuditRecord r, long number) {
    return new AuditRecord(
        number,
        r.at(),
        r.role(),
        r.address(),
        r.process(),
        r.migration(),
        r.wave(),
        r.what(),
        r.result(),
        r.previous(),
        r.hash());
  }

  private static AuditRecord texts(
      AuditRecord r,
      String role,
      @Nullable String address,
      String process,
      String wave,
      String what,
      String result) {
    return new AuditRecord(
        r.number(),
        r.at(),
        role,
        address,
        process,
        r.migration(),
        wave,
        what,
        result,
        r.previous(),
        r.hash());
  }

  private static AuditRecord hashes(
      AuditRecord r, @Nullable String previous, @Nullable String hash) {
    return new AuditRecord(
        r.number(),
        r.at(),
        r.role(),
        r.address(),
        r.process(),
        r.migration(),
        r.wave(),
        r.what(),
        r.result(),
        previous,
        hash);
  }

  private static String flipped(@Nullable String hash) {
    return hash == null ? "00" : (hash.charAt(0) == '0' ? '1' : '0') + hash.substring(1);
  }
}
