package nl.veer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.veer.benchmarks.apply.ApplyContest;
import nl.veer.benchmarks.capture.CaptureContest;
import nl.veer.benchmarks.cutover.CutoverContest;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.ShopBacklog;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;
import nl.veer.benchmarks.latency.LatencyContest;
import nl.veer.benchmarks.ledger.LedgerContest;
import nl.veer.benchmarks.load.LoadContest;
import nl.veer.benchmarks.memory.MemoryContest;
import nl.veer.benchmarks.pipeline.PipelineContest;
import nl.veer.benchmarks.scan.ScanContest;

/** What can be measured, each with its contests. */
enum Suite {
  LOAD {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : Shape.ALL) {
        long rows = shape.rows(plan.rows() * 2);
        plan.hold(LoadContest.of(world, shape, rows, plan.rounds()));
      }
    }
  },
  CAPTURE {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : Shape.ALL) {
        for (Writing writing : writings(shape, plan)) {
          plan.hold(CaptureContest.of(world, shape, writing, plan.rounds()));
        }
      }
    }
  },
  APPLY {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : Shape.ALL) {
        for (Writing writing : writings(shape, plan)) {
          plan.hold(ApplyContest.of(world, shape, writing, plan.rounds()));
        }
      }
    }
  },
  PIPELINE {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : List.of(Shape.NARROW, Shape.WIDE)) {
        Writing writing = new Writing(Writing.Kind.INSERTS, shape.rows(plan.rows()), 100);
        plan.hold(PipelineContest.of(world, shape, writing, plan.rounds()));
      }
      ShopBacklog shop = new ShopBacklog(plan.rows() / 10, plan.rows() / 20);
      plan.hold(PipelineContest.ofShop(world, shop, plan.rounds()));
    }
  },
  LATENCY {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (int rate : new int[] {300, 1_000}) {
        plan.hold(LatencyContest.of(world, rate, plan.length(), plan.rounds()));
      }
    }
  },
  SCAN {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : Shape.ALL) {
        long rows = shape.rows(plan.rows() * 2);
        try (Crossing crossing = world.crossing("scan", shape)) {
          ScanContest.fill(crossing, rows);
          plan.hold(ScanContest.of(crossing, rows, plan.rounds()));
        }
      }
    }
  },
  LEDGER {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : List.of(Shape.NARROW, Shape.WIDE)) {
        long rows = shape.rows(plan.rows());
        try (Crossing crossing = world.crossing("ledger", shape)) {
          LedgerContest.cross(crossing, rows);
          plan.hold(LedgerContest.of(crossing, rows, plan.rounds()));
        }
      }
    }
  },
  MEMORY {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (Shape shape : Shape.ALL) {
        long rows = shape.rows(plan.rows());
        plan.hold(MemoryContest.ofTransaction(world, shape, rows));
      }
      plan.hold(MemoryContest.overTime(world, plan.rate(), plan.length().multipliedBy(3)));
    }
  },
  GROWTH {
    @Override
    void run(World world, Plan plan) throws Exception {
      for (long times : new long[] {1, 4, 16}) {
        long rows = plan.rows() * times / 8;
        plan.hold(LoadContest.ofRows(world, rows, plan.rounds()));
        Writing writing = new Writing(Writing.Kind.INSERTS, rows, 1_000);
        plan.hold(ApplyContest.ofRows(world, writing, plan.rounds()));
        try (Crossing crossing = world.crossing("scan", Shape.NARROW)) {
          ScanContest.fill(crossing, rows);
          plan.hold(ScanContest.ofRows(crossing, rows, plan.rounds()));
        }
      }
      plan.hold(LoadContest.ofTables(world, plan.rows() * 2, plan.rounds()));
    }
  },
  CUTOVER {
    @Override
    void run(World world, Plan plan) throws Exception {
      try (CutoverContest cutovers = new CutoverContest(world, plan.rate(), plan.rows() / 10)) {
        plan.hold(cutovers.contest(plan.cutovers()));
      }
    }
  };

  /** Transactions from the smallest to large ones. */
  private static final int[] TRANSACTIONS = {1, 10, 100, 10_000};

  /** Runs all of its contests. */
  abstract void run(World world, Plan plan) throws Exception;

  /** Each kind of change; and of the narrow table inserts in transactions of each size. */
  private static List<Writing> writings(Shape shape, Plan plan) {
    List<Writing> writings = new ArrayList<>();
    long rows = shape.rows(plan.rows());
    for (Writing.Kind kind : Writing.Kind.values()) {
      writings.add(new Writing(kind, rows, 1_000));
    }
    if (shape.equals(Shape.NARROW)) {
      for (int size : TRANSACTIONS) {
        writings.add(new Writing(Writing.Kind.INSERTS, size == 1 ? rows / 10 : rows, size));
      }
    }
    return writings;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
