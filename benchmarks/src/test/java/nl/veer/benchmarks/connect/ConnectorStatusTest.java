package nl.veer.benchmarks.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ConnectorStatusTest {

  @Test
  void runsWhenTheConnectorAndItsTaskRun() throws Exception {
    ConnectorStatus status = of("RUNNING", "{'id':0,'state':'RUNNING'}");

    assertThat(status.running()).isTrue();
    assertThat(status.traces()).isEmpty();
  }

  @Test
  void doesNotRunBeforeItHasATask() throws Exception {
    assertThat(of("RUNNING", "").running()).isFalse();
  }

  @Test
  void doesNotRunWhileOneTaskIsNotAssigned() throws Exception {
    ConnectorStatus status =
        of("RUNNING", "{'id':0,'state':'RUNNING'},{'id':1,'state':'UNASSIGNED'}");

    assertThat(status.running()).isFalse();
  }

  @Test
  void tellsWhyATaskFailed() throws Exception {
    ConnectorStatus status = of("RUNNING", "{'id':0,'state':'FAILED','trace':'no such table'}");

    assertThat(status.running()).isFalse();
    assertThat(status.traces()).containsExactly("no such table");
  }

  private static ConnectorStatus of(String connector, String tasks) throws JsonProcessingException {
    String json = "{'connector':{'state':'%s'},'tasks':[%s]}".formatted(connector, tasks);
    return ConnectorStatus.of(new ObjectMapper().readTree(json.replace('\'', '"')));
  }
}
