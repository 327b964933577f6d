package nl.veer.sandbox.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/** The JVM of a {@link KafkaProcess}: a broker, and nothing else that its end could harm. */
final class KafkaProcessMain {
  private KafkaProcessMain() {}

  /**
   * @param arguments the broker's directory; a file to make when it is ready
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SandboxKafka kafka = SandboxKafka.start(Path.of(arguments[0]));
    // Set, not reset: Kafka's reset is for its tests, and leaves it unable to end anything.
    Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
    Exit.setExitProcedure((status, message) -> Runtime.getRuntime().halt(status));
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "broker-exit"));
    Files.createFile(Path.of(arguments[1]));
    Thread.currentThread().join();
  }
}
