package nl.veer.verifier.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RangeLooksTest {
  private static final Instant AT = Instant.parse("2026-11-29T18:00:00Z");

  @Test
  void eachChunkIsAPartAsLongAsThereAreFew() {
    RangeLooks looks = of(chunk(10, 0), chunk(7, 1), chunk(3, 2));

    assertThat(looks.all()).containsExactly(chunk(10, 0), chunk(7, 1), chunk(3, 2));
    assertThat(looks.rows()).isEqualTo(20);
    assertThat(looks.oldest()).contains(AT);
    assertThat(looks.newest()).contains(AT.plusSeconds(2));
    assertThat(looks.rowsSince(AT.plusSeconds(1))).isEqualTo(10);
    assertThat(RangeLooks.NONE.oldest()).isEmpty();
  }

  @Test
  void manyChunksMakeFewPartsOfOneSizeAndNothingIsLost() {
    RangeLooks looks = RangeLooks.NONE;
    long differing = 0;
    for (long i = 0; i < 12_345; i++) {
      long here = i % 1_000 == 999 ? 2 : 0;
      differing += here;
      looks = looks.plus(new RangeLook(1, 10, here, 0, AT.plusSeconds(i)));
      assertThat(looks.all()).hasSizeLessThanOrEqualTo(RangeLooks.MOST);
    }

    List<RangeLook> all = looks.all();
    assertThat(looks.rows()).isEqualTo(123_450);
    assertThat(all.stream().mapToLong(RangeLook::differing).sum()).isEqualTo(differing);
    assertThat(all).hasSizeGreaterThan(RangeLooks.MOST / 2);
    assertThat(all.subList(0, all.size() - 1)).extracting(RangeLook::chunks).containsOnly(32L);
    assertThat(all.get(1).at()).as("the oldest look").isEqualTo(AT.plusSeconds(32));
  }

  @Test
  void whatLiesBehindTheLastKeyIsNoPartOfItsOwn() {
    assertThat(of(chunk(10, 5), chunk(0, 6))).isEqualTo(of(chunk(10, 5)));
    assertThat(of(chunk(0, 6)).all()).containsExactly(chunk(0, 6));
  }

  @Test
  void whatDiffersOrIsUnsettledStaysSoWherePartsBecomeOne() {
    RangeLook one = new RangeLook(1, 5, 1, 0, AT.plusSeconds(9));
    RangeLook other = new RangeLook(1, 6, 0, 2, AT);

    assertThat(one.plus(other)).isEqualTo(new RangeLook(2, 11, 1, 2, AT));
  }

  @Test
  void aScanUnderWayStandsInFrontOfWhatAnEarlierOneSawOfTheRest() {
    RangeLooks before = of(chunk(10, 0), chunk(10, 0), chunk(10, 0));

    assertThat(of(chunk(10, 50)).over(before))
        .isEqualTo(of(chunk(10, 50), chunk(10, 0), chunk(10, 0)));
    assertThat(of(chunk(14, 50)).over(before))
        .isEqualTo(of(chunk(14, 50), chunk(6, 0), chunk(10, 0)));
    assertThat(of(chunk(31, 50)).over(before)).isEqualTo(of(chunk(31, 50)));
    assertThat(RangeLooks.NONE.over(before)).isEqualTo(before);
  }

  @Test
  void theTwoTogetherAreNotMoreEither() {
    RangeLooks front = of(LongStream.range(0, 400).mapToObj(i -> chunk(1, i)));
    RangeLooks before = of(LongStream.range(0, 500).mapToObj(i -> chunk(2, 0)));

    RangeLooks both = front.over(before);

    assertThat(both.all()).hasSizeLessThanOrEqualTo(RangeLooks.MOST);
    assertThat(both.rows()).isEqualTo(1_000);
  }

  private static RangeLook chunk(long rows, long seconds) {
    return new RangeLook(1, rows, 0, 0, AT.plusSeconds(seconds));
  }

  private static RangeLooks of(Stream<RangeLook> chunks) {
    return of(chunks.toArray(RangeLook[]::new));
  }

  private static RangeLooks of(RangeLook... chunks) {
    RangeLooks looks = RangeLooks.NONE;
    for (RangeLook chunk : chunks) {
      looks = looks.plus(chunk);
    }
    return looks;
  }
}
