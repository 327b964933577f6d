package nl.veer.control.dashboard;

import java.util.List;
import nl.veer.control.status.EchoStatus;
import nl.veer.control.status.LegFigures;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;

/**
 * A wave's status in which one thing is another; its roles and its slot {@link
 * WaveStatus#with(List, nl.veer.control.status.SlotFigures)} changes.
 */
public final class Altered {
  private Altered() {}

  public static WaveStatus leg(WaveStatus wave, LegFigures leg) {
    return of(wave, leg, wave.lagMillis(), wave.echo());
  }

  public static WaveStatus lag(WaveStatus wave, @Nullable Long millis) {
    return of(wave, wave.leg(), millis, wave.echo());
  }

  public static WaveStatus echo(WaveStatus wave, @Nullable EchoStatus echo) {
    return of(wave, wave.leg(), wave.lagMillis(), echo);
  }

  private static WaveStatus of(
      WaveStatus wave, LegFigures leg, @Nullable Long lag, @Nullable EchoStatus echo) {
    return new WaveStatus(
        wave.wave(),
        leg,
        wave.state(),
        wave.sourcePosition(),
        wave.logPosition(),
        wave.appliedPosition(),
        wave.appliedTransactions(),
        lag,
        wave.bytesBehind(),
        wave.transactionsBehind(),
        wave.load(),
        echo,
        wave.ledger(),
        wave.verdict(),
        wave.slot(),
        wave.roles(),
        wave.failure(),
        wave.unknown());
  }
}
