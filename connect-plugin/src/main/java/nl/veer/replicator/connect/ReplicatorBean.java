package nl.veer.replicator.connect;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.replicator.Replicator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a replicator to JMX. Of two of a wave in one worker, the later one is shown. Safe for
 * several threads.
 */
final class ReplicatorBean implements ReplicatorMXBean {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicatorBean.class);

  /** Whose names are taken in this worker. */
  private static final Map<WaveId, ReplicatorBean> SHOWN = new HashMap<>();

  private final WaveId wave;
  private final Replicator replicator;

  ReplicatorBean(WaveId wave, Replicator replicator) {
    this.wave = wave;
    this.replicator = replicator;
  }

  void register() {
    synchronized (SHOWN) {
      try {
        ObjectName name = name(wave);
        if (SHOWN.put(wave, this) != null) {
          server().unregisterMBean(name);
        }
        server().registerMBean(this, name);
      } catch (JMException e) {
        LOG.atWarn().addKeyValue("wave", wave).log("JMX does not show the replicator: {}", e);
      }
    }
  }

  void unregister() {
    synchronized (SHOWN) {
      if (SHOWN.remove(wave, this)) {
        try {
          server().unregisterMBean(name(wave));
        } catch (JMException e) {
          LOG.atWarn().addKeyValue("wave", wave).log("JMX still shows the replicator: {}", e);
        }
      }
    }
  }

  /** A wave's names need no quoting. */
  static ObjectName name(WaveId wave) throws JMException {
    return new ObjectName(
        "nl.veer:type=replicator,migration=%s,wave=%s".formatted(wave.migration(), wave.wave()));
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  @Override
  public String getState() {
    return replicator.status().state().name();
  }

  @Override
  public String getPosition() {
    Position applied = replicator.status().applied();
    return applied == null ? "" : applied.text();
  }

  @Override
  public long getTransaction() {
    return replicator.status().transaction();
  }

  @Override
  public long getTransactions() {
    return replicator.status().transactions();
  }

  @Override
  public long getEvents() {
    return replicator.status().events();
  }

  @Override
  public long getRetries() {
    return replicator.status().retries();
  }

  @Override
  public long getRecordsBehind() {
    return replicator.status().logRecordsBehind();
  }

  @Override
  public long getLagMillis() {
    return replicator.status().lag().ageMillis();
  }

  @Override
  public String getFailureCode() {
    Failure failure = replicator.status().failure();
    return failure == null ? "" : failure.code();
  }

  @Override
  public String getFailure() {
    Failure failure = replicator.status().failure();
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }
}
