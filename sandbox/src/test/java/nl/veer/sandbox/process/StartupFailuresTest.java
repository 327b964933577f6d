package nl.veer.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "could not write to file: No space left on device, the disk is full",
    "HINT:  Check free disk space., the disk is full",
    "'error=13, Permission denied', permission denied",
    "'error=8, Exec format error', another CPU",
    "sh: cannot execute binary file: Exec format error, another CPU",
    "could not bind IPv4 address: Address already in use, its port was taken",
    "error while loading shared libraries: libxml2.so.2, is missing on this system"
  })
  void saysWhatToDo(String words, String advice) {
    assertThat(StartupFailures.explain("PostgreSQL", words, Path.of("server.log")))
        .startsWith("PostgreSQL cannot run: ")
        .contains(advice)
        .contains("server.log")
        .endsWith(words);
  }
}
