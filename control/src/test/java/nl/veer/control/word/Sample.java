package nl.veer.control.word;

import java.time.Instant;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.StatusRecord;

/** Words to be said in tests. */
final class Sample {
  static final WaveId WAVE = new WaveId("shop", "main");
  static final Instant AT = Instant.parse("2026-01-31T12:00:00.123Z");

  private Sample() {}

  static WordKey key(Speaker speaker, String instance) {
    return new WordKey(WAVE, 0, speaker, instance);
  }

  static Word word(Speaker speaker, Doing doing) {
    return word(key(speaker, "a"), doing);
  }

  static Word word(WordKey key, Doing doing) {
    String failure = doing.isFine() ? null : "SOME_CODE: Something is wrong: \"here\".";
    return new Word(key, doing, AT, WordPublisher.EVERY, failure, said(key.speaker()));
  }

  static StatusRecord record(Word word, Instant at) {
    return new StatusRecord(word.key().text(), WordJson.write(word), at);
  }

  private static Said said(Speaker speaker) {
    return switch (speaker) {
      case CAPTURE, ECHO -> new CaptureSaid("0/16B3748", 7, 6, 12);
      case REPLICATOR ->
          new ReplicatorSaid(
              "0/16B3748",
              7,
              6,
              12,
              4096,
              3,
              new ReplicatorSaid.Lag(1, 2, 3, 4, 5),
              new ReplicatorSaid.Load(3, 1, 100, 300, 8192, 12.5));
      case LEDGER -> new LedgerSaid("0/16B3748", 7L, AT.toString(), 7, 12, 1);
      case SCAN -> new ScanSaid("scanning shop.orders, 1,000 rows");
      case VERDICT -> new VerdictSaid("UNKNOWN", "BEHIND", "0/16B3748", 2, 0, 1);
      case CUTOVER ->
          new CutoverSaid(3, "REHEARSAL", "FENCED", false, 60_000, AT.toString(), 1_200L, "EQUAL");
    };
  }
}
