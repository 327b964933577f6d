package nl.veer.control.kill;

import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.wave.Role;

/**
 * A wave's capture and replicator as processes, each started again in its place when it is killed.
 */
final class Roles {
  private final RoleHome home;
  private RoleProcess capture;
  private RoleProcess replicator;

  Roles(RoleHome home) {
    this.home = home;
    this.capture = home.start(Role.CAPTURE);
    this.replicator = home.start(Role.REPLICATE);
  }

  void killCapture() {
    capture.kill9();
    capture = home.start(Role.CAPTURE);
  }

  void killReplicator() {
    replicator.kill9();
    replicator = home.start(Role.REPLICATE);
  }

  void killBoth() {
    capture.kill9();
    replicator.kill9();
    replicator = home.start(Role.REPLICATE);
    capture = home.start(Role.CAPTURE);
  }

  /** Those that shall be alive. */
  RoleProcess[] all() {
    return new RoleProcess[] {capture, replicator};
  }

  void end() throws InterruptedException {
    for (RoleProcess role : all()) {
      int code = role.end();
      if (code != 0) {
        throw new AssertionError("veer " + role.role().word() + " ended with " + code);
      }
    }
  }
}
