package nl.veer.control.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that refuses a receiver, and takes mail for others. */
final class PickyMailServer implements AutoCloseable {
  final List<String> receivers = new CopyOnWriteArrayList<>();
  final AtomicInteger mails = new AtomicInteger();
  private final int code;
  private final String refused;
  private final ServerSocket server;

  /**
   * @param code that it refuses with
   * @param refused part of the address
   */
  PickyMailServer(int code, String refused) throws IOException {
    this.code = code;
    this.refused = refused;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "picky mail server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The next one, if there is one.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    say(socket, "220 picky");
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (data) {
        data = !line.equals(".");
        if (!data) {
          mails.incrementAndGet();
          say(socket, "250 taken");
        }
        continue;
      }
      String command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("RCPT TO:") && line.contains(refused)) {
        say(socket, code + " not here");
      } else if (command.equals("DATA")) {
        data = true;
        say(socket, "354 go on");
      } else if (command.equals("QUIT")) {
        say(socket, "221 bye");
        return;
      } else {
        if (command.startsWith("RCPT TO:")) {
          receivers.add(line.substring("RCPT TO:".length()));
        }
        say(socket, "250 ok");
      }
    }
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
