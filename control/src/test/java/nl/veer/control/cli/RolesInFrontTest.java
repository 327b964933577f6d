package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RolesInFrontTest {
  private final AtomicBoolean ended = new AtomicBoolean();

  @Test
  void rolesThatRunAreEndedWhereWhatIsBesideThemDoesNotBegin() {
    assertThatThrownBy(
            () ->
                RolesInFront.orEnd(
                    () -> ended.set(true),
                    () -> {
                      throw new IllegalStateException("a defect");
                    }))
        .hasMessage("a defect");
    assertThat(ended).isTrue();
  }

  @Test
  void theyGoOnWhereItBegins() {
    assertThat(RolesInFront.orEnd(() -> ended.set(true), () -> "begun")).isEqualTo("begun");
    assertThat(ended).isFalse();
  }
}
