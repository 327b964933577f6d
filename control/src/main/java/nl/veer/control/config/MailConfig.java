package nl.veer.control.config;

import java.util.List;
import nl.veer.connectors.dialect.Secret;
import org.jspecify.annotations.Nullable;

/** The mail server, and who gets mail. */
public record MailConfig(
    @Setting("The server's name.") String host,
    @Setting(value = "Its port.", byDefault = "587", min = 1, max = 65_535) int port,
    @Setting(
            value = "How it is spoken to; its certificate is checked, also its name.",
            byDefault = "starttls")
        MailTls tls,
    @Setting(value = "Who Veer is there; absent where it asks for nobody.", optional = true)
        @Nullable String user,
    @Setting(
            value = "The password, as `${env:NAME}` or `${file:PATH}`; needed with `user`.",
            optional = true)
        @Nullable Secret password,
    @Setting("The sender's address.") String from,
    @Setting(value = "Who gets it.", min = 1) List<String> to) {

  public MailConfig {
    to = List.copyOf(to);
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("password: user and password go together");
    }
    if (user != null && tls == MailTls.NONE) {
      throw new IllegalArgumentException("tls: a password is not sent in plain text");
    }
  }
}
