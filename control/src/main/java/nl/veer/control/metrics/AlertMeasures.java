package nl.veer.control.metrics;

import static nl.veer.control.metrics.Measure.counter;
import static nl.veer.control.metrics.Measure.gauge;

import java.util.List;
import nl.veer.control.alert.AlertFigures;

/** What fires, and what became of the messages about it. */
final class AlertMeasures {
  private AlertMeasures() {}

  static List<Measure<AlertFigures>> all() {
    return List.of(
        gauge(
            "veer.alerts.firing",
            "",
            "Alerts that fire in this process, by rule.",
            figures ->
                figures.firing().entrySet().stream()
                    .map(
                        one ->
                            Sample.of(
                                one.getValue(),
                                "rule",
                                one.getKey().word(),
                                "severity",
                                one.getKey().severity().word()))
                    .toList()),
        counter(
            "veer.alert.messages",
            "",
            "Messages by channel and what became of them: sent, retried, refused, dropped.",
            figures ->
                figures.channels().stream()
                    .flatMap(
                        channel ->
                            channel.outcomes().entrySet().stream()
                                .map(
                                    one ->
                                        Sample.of(
                                            one.getValue(),
                                            "channel",
                                            channel.name(),
                                            "outcome",
                                            one.getKey())))
                    .toList()),
        gauge(
            "veer.alert.channel.up",
            "",
            "0 while messages do not arrive by this channel.",
            figures ->
                figures.channels().stream()
                    .map(
                        channel ->
                            Sample.of(
                                Sample.number(channel.trouble() == null),
                                "channel",
                                channel.name()))
                    .toList()),
        gauge(
            "veer.alert.messages.waiting",
            "",
            "Messages that a channel has not taken yet.",
            figures ->
                figures.channels().stream()
                    .map(channel -> Sample.of(channel.waiting(), "channel", channel.name()))
                    .toList()));
  }
}
