package nl.veer.benchmarks.capture;

import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.RoleThread;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;
import nl.veer.connectors.capture.Capture;

/** Veer's capture: decoded, numbered, encoded, and acknowledged by the broker. */
record VeerCapture(World world, Shape shape, Writing writing) implements Contender {

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public String name() {
    return "veer's capture";
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = CaptureContest.empty(world, shape)) {
      Capture capture = crossing.capture();
      CaptureContest.written(crossing, writing);
      try (RoleThread role = new RoleThread("capture", capture::run, capture::stop)) {
        role.await(() -> capture.status().events() > 0);
        lap.begin();
        long first = capture.status().events();
        role.await(() -> capture.status().events() >= writing.rows());
        lap.end(writing.rows() - first);
      }
    }
  }
}
