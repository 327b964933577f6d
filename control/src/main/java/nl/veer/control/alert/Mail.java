package nl.veer.control.alert;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import nl.veer.connectors.dialect.Secret;
import nl.veer.control.config.MailConfig;
import nl.veer.control.config.MailTls;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Sends messages as mail over SMTP, each in a connection of its own. */
final class Mail implements Channel {
  private static final String PATIENCE_MILLIS = "10000";
  private static final int REFUSED = 500;

  private final MailConfig config;
  private final Session session;

  Mail(MailConfig config) {
    this.config = config;
    this.session = Session.getInstance(properties(config));
  }

  private static Properties properties(MailConfig config) {
    Properties all = new Properties();
    all.setProperty("mail.smtp.host", config.host());
    all.setProperty("mail.smtp.port", Integer.toString(config.port()));
    all.setProperty("mail.smtp.auth", Boolean.toString(config.user() != null));
    all.setProperty("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
    all.setProperty("mail.smtp.timeout", PATIENCE_MILLIS);
    all.setProperty("mail.smtp.writetimeout", PATIENCE_MILLIS);
    // A receiver whom the server does not know keeps the mail from nobody else.
    all.setProperty("mail.smtp.sendpartial", "true");
    boolean starts = config.tls() == MailTls.STARTTLS;
    all.setProperty("mail.smtp.starttls.enable", Boolean.toString(starts));
    all.setProperty("mail.smtp.starttls.required", Boolean.toString(starts));
    all.setProperty("mail.smtp.ssl.enable", Boolean.toString(config.tls() == MailTls.TLS));
    all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    return all;
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void send(AlertMessage message) {
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage mail = mail(message);
      Secret password = config.password();
      transport.connect(config.user(), password == null ? null : password.reveal());
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (MessagingException e) {
      int reached = reached(e);
      if (reached > 0) {
        throw AlertFailures.partly(
            "%s:%d took mail for %d of %d receivers and refused the others."
                .formatted(config.host(), config.port(), reached, config.to().size()),
            e);
      }
      String words =
          "Mail to %s:%d did not go: %s."
              .formatted(config.host(), config.port(), e.getClass().getSimpleName());
      throw isRefused(e) ? AlertFailures.refused(words, e) : AlertFailures.unsent(words, e);
    }
  }

  private MimeMessage mail(AlertMessage message) throws MessagingException {
    MimeMessage mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress(config.from(), true));
    mail.setRecipients(Message.RecipientType.TO, recipients());
    mail.setSubject("[veer] " + message.title(), StandardCharsets.UTF_8.name());
    mail.setText(message.text(), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(message.at()));
    // One conversation per alert, where a reader shows such.
    mail.setHeader("References", "<" + message.id().replace('/', '.') + "@veer>");
    return mail;
  }

  private Address[] recipients() throws AddressException {
    List<Address> all = new ArrayList<>();
    for (String to : config.to()) {
      all.add(new InternetAddress(to, true));
    }
    return all.toArray(Address[]::new);
  }

  /** How many receivers it went to all the same. */
  private static int reached(MessagingException failed) {
    Address[] reached =
        failed instanceof SendFailedException some ? some.getValidSentAddresses() : null;
    return reached == null ? 0 : reached.length;
  }

  /** By its code the server says whether it may be another answer later. */
  private static boolean isRefused(MessagingException failed) {
    @Nullable Exception cause = failed;
    while (cause instanceof MessagingException one) {
      if (one instanceof AuthenticationFailedException
          || one instanceof AddressException
          || (one instanceof SMTPSendFailedException sent && sent.getReturnCode() >= REFUSED)
          || (one instanceof SMTPAddressFailedException to && to.getReturnCode() >= REFUSED)) {
        return true;
      }
      cause = one.getNextException();
    }
    return false;
  }
}
