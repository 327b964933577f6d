package nl.veer.control.check;

/**
 * One thing that a preflight found.
 *
 * @param code stable upper-case name of the case
 * @param subject what it is about, for example {@code source} or {@code public.orders}
 * @param message what is wrong and why it matters
 * @param remedy the SQL or setting that mends it
 */
public record Finding(
    Severity severity, String code, String subject, String message, String remedy) {

  static Finding error(String code, String subject, String message, String remedy) {
    return new Finding(Severity.ERROR, code, subject, message, remedy);
  }

  static Finding warning(String code, String subject, String message, String remedy) {
    return new Finding(Severity.WARNING, code, subject, message, remedy);
  }
}
