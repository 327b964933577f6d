package nl.veer.control.security;

import static nl.veer.control.security.Canaries.DEFAULT;
import static nl.veer.control.security.Canaries.EMAIL;
import static nl.veer.control.security.Canaries.KEY;
import static nl.veer.control.security.Canaries.NOTE;
import static nl.veer.control.security.Canaries.NUMBER;

import java.util.List;

/**
 * A row that the target does not take, by words of its server that quote it.
 *
 * @param code what the incident must be
 * @param onTarget lets the row not fit; empty for nothing
 * @param onSource writes the row
 * @param mend lets it fit
 */
record CanaryCase(String code, String onTarget, String onSource, String mend) {
  static final List<CanaryCase> ALL =
      List.of(
          // 'Key (email)=(…) already exists.'
          new CanaryCase(
              "CONSTRAINT",
              "CREATE UNIQUE INDEX email_once ON canary_client (email)",
              insert("unique", EMAIL, NOTE, "1"),
              "DROP INDEX email_once"),
          new CanaryCase(
              "ROW_COUNT",
              "DELETE FROM canary_client WHERE code = '" + KEY + "'",
              "UPDATE canary_client SET note = '%sNew' WHERE code = '%s'".formatted(NOTE, KEY),
              insert("", EMAIL, NOTE, "1")),
          // 'value "…" is out of range for type integer'
          new CanaryCase(
              "VALUE",
              trigger("PERFORM NEW.number::text::int"),
              insert("range", EMAIL, NOTE, NUMBER),
              "DROP TRIGGER refuse ON canary_client"),
          // 'invalid input syntax for type integer: "…"'
          new CanaryCase(
              "VALUE",
              trigger("PERFORM NEW.note::int"),
              "UPDATE canary_client SET email = NULL WHERE code = '" + KEY + "'",
              "DROP TRIGGER refuse ON canary_client"),
          // 'Failing row contains (…).'
          new CanaryCase(
              "CONSTRAINT",
              "ALTER TABLE canary_client ADD CONSTRAINT filled CHECK (email IS NOT NULL)"
                  + " NOT VALID",
              insert("check", "", NOTE, "1").replace("''", "NULL"),
              "ALTER TABLE canary_client DROP CONSTRAINT filled"),
          new CanaryCase(
              "CONSTRAINT",
              "UPDATE canary_client SET email = '' WHERE email IS NULL;"
                  + " ALTER TABLE canary_client ALTER email SET NOT NULL",
              insert("null", "", NOTE, "1").replace("''", "NULL"),
              "ALTER TABLE canary_client ALTER email DROP NOT NULL;"
                  + " UPDATE canary_client SET email = NULL WHERE email = ''"),
          new CanaryCase(
              "STATEMENT",
              trigger("RAISE EXCEPTION 'I do not like %', NEW.note USING DETAIL = NEW.email"),
              insert("raise", EMAIL, NOTE, "1"),
              "DROP TRIGGER refuse ON canary_client"),
          // Words of a SQLSTATE that is shown otherwise.
          new CanaryCase(
              "",
              trigger("RAISE EXCEPTION 'no % here', NEW.note USING ERRCODE = '42P01'"),
              insert("raise2", EMAIL, NOTE, "1"),
              "DROP TRIGGER refuse ON canary_client"),
          new CanaryCase(
              "",
              "",
              "ALTER TABLE canary_client ADD extra text DEFAULT '%s'; %s"
                  .formatted(DEFAULT, insert("altered", EMAIL, NOTE, "1")),
              "ALTER TABLE canary_client ADD extra text DEFAULT '" + DEFAULT + "'"));

  /** A row whose key is a canary too. */
  static String insert(String key, String email, String note, String number) {
    return "INSERT INTO canary_client (code, email, note, number) VALUES ('%s', '%s', '%s', %s)"
        .formatted(KEY + key, email, note, number);
  }

  /** Fires in Veer's sessions too. */
  private static String trigger(String body) {
    return """
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN %s; RETURN NEW; END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON canary_client
      FOR EACH ROW EXECUTE FUNCTION refuse();
    ALTER TABLE canary_client ENABLE ALWAYS TRIGGER refuse
    """
        .formatted(body);
  }
}
