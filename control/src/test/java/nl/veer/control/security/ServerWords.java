package nl.veer.control.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * What a PostgreSQL server has written into its log from a moment on: entries, whose further lines
 * begin with a tab. Statements are what Veer sent; DETAIL, CONTEXT and ERROR are the server's own
 * words, which may quote rows and the parameters of a statement.
 */
final class ServerWords {
  private static final Pattern STATEMENT =
      Pattern.compile("^[^\\n]*?\\] (STATEMENT|LOG):  ", Pattern.MULTILINE);

  private final SandboxPostgres server;
  private final int begin;

  ServerWords(SandboxPostgres server) throws IOException {
    this.server = server;
    this.begin = all().length();
  }

  private String all() throws IOException {
    return Files.readString(server.log(), StandardCharsets.ISO_8859_1);
  }

  private List<String> entries() throws IOException {
    return List.of(all().substring(begin).split("\\n(?!\\t)"));
  }

  /** The statements, as they were sent. */
  String statements() throws IOException {
    return entries().stream()
        .filter(entry -> STATEMENT.matcher(entry).lookingAt())
        .collect(Collectors.joining("\n"));
  }

  /** All the rest. */
  String ownWords() throws IOException {
    return entries().stream()
        .filter(entry -> !STATEMENT.matcher(entry).lookingAt())
        .collect(Collectors.joining("\n"));
  }
}
