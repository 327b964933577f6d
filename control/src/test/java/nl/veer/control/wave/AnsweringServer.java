package nl.veer.control.wave;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers whoever logs in with one and the same error, in PostgreSQL's protocol: {@code Int32
 * length, startup packet} from the client; {@code 'E' Int32 length, (field, text, 0)*, 0} back. A
 * request for encryption ({@code Int32 8, Int32 code}) is answered with {@code 'N'}.
 */
final class AnsweringServer implements AutoCloseable {
  private static final int REQUEST_LENGTH = 8;

  private final ServerSocket socket;
  private final byte[] answer;

  private AnsweringServer(ServerSocket socket, byte[] answer) {
    this.socket = socket;
    this.answer = answer;
  }

  static AnsweringServer saying(String state, String words) throws IOException {
    AnsweringServer server =
        new AnsweringServer(
            new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), error(state, words));
    Thread thread = new Thread(server::serve, "answering server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        answer(client);
      } catch (IOException e) {
        // The client went, or this is closed.
        continue;
      }
    }
  }

  private void answer(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int length = in.readInt();
    while (length == REQUEST_LENGTH) {
      in.skipNBytes(length - Integer.BYTES);
      client.getOutputStream().write('N');
      length = in.readInt();
    }
    in.skipNBytes(length - Integer.BYTES);
    client.getOutputStream().write(answer);
  }

  private static byte[] error(String state, String words) throws IOException {
    String fields = "SFATAL\0VFATAL\0C" + state + "\0M" + words + "\0\0";
    byte[] body = fields.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte('E');
    out.writeInt(Integer.BYTES + body.length);
    out.write(body);
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
