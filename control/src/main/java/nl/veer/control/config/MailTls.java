package nl.veer.control.config;

/** How a mail server is spoken to. */
public enum MailTls {
  /** Plain text at first, and TLS before anything is said; refused where it is not offered. */
  STARTTLS,
  /** TLS from the first byte. */
  TLS,
  /** Plain text. */
  NONE
}
