package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;

class ReloadRequestTest {
  private static final WaveId FIRST = new WaveId("shop", "first");
  private static final WaveId SECOND = new WaveId("shop", "second");
  private static final TableId ORDERS = new TableId("public", "orders");
  private static final TableId LINES = new TableId("public", "lines");

  private final StringWriter out = new StringWriter();
  private final List<String> steps = new ArrayList<>();
  private final Map<String, RuntimeException> refusals = new HashMap<>();

  @Test
  void looksAtEveryWaveBeforeItAsksAny() {
    assertThat(request()).isTrue();

    assertThat(steps).containsExactly("look first", "look second", "ask first", "ask second");
    assertThat(out.toString().lines())
        .containsExactly(
            "Table public.orders of wave first is to be loaded anew.",
            "Table public.lines of wave second is to be loaded anew.");
  }

  @Test
  void whereTheSecondWaveCouldNotBeLoadedNothingIsChanged() {
    Failure different = new Failure(FailureKind.TARGET_DATA, "SCHEMA_DIFFERENT", "No column.");
    refusals.put("look second", different);

    assertThatThrownBy(this::request).isSameAs(different);

    assertThat(steps).containsExactly("look first", "look second");
  }

  @Test
  void aRefusalOfTheFirstRequestIsOne() {
    Failure changed = new Failure(FailureKind.LOST_POSITION, "STAMP_CHANGED", "Changed.");
    refusals.put("ask first", changed);

    assertThatThrownBy(this::request).isSameAs(changed);

    assertThat(steps).doesNotContain("ask second");
  }

  @Test
  void aConnectionThatBreaksLeavesItOpenWhetherItIsOnRecord() {
    refusals.put("ask first", new Failure(FailureKind.TRANSIENT, "CONNECTION_LOST", "Away."));

    assertThat(request()).isFalse();

    assertThat(out.toString()).contains("wave first", "cannot be known", "CONNECTION_LOST: Away.");
  }

  @Test
  void behindTheFirstRequestNothingIsARefusalOfAll() {
    refusals.put("ask second", new Failure(FailureKind.LOST_POSITION, "STAMP_CHANGED", "Changed."));

    assertThat(request()).isFalse();

    assertThat(out.toString())
        .contains("orders of wave first is to be", "The request stands", "STAMP_CHANGED: Changed.");
  }

  private boolean request() {
    Map<WaveId, List<TableId>> tables = new LinkedHashMap<>();
    tables.put(FIRST, List.of(ORDERS));
    tables.put(SECOND, List.of(LINES));
    ReloadRequest.Asking asking =
        new ReloadRequest.Asking() {
          @Override
          public void requireGround(WaveId wave, List<TableId> its) {
            step("look " + wave.wave());
          }

          @Override
          public List<TableId> ask(WaveId wave, List<TableId> its) {
            step("ask " + wave.wave());
            return its;
          }
        };
    return new ReloadRequest(tables, asking, new Console(new PrintWriter(out), false)).run();
  }

  private void step(String step) {
    steps.add(step);
    RuntimeException refusal = refusals.get(step);
    if (refusal != null) {
      throw refusal;
    }
  }
}
