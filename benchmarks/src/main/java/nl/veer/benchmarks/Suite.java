package nl.veer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.veer.benchmarks.apply.ApplyContest;
import nl.veer.benchmarks.capture.CaptureContest;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.contest.Standings;
import nl.veer.benchmarks.cutover.CutoverContest;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
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
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (Shape shape : Shape.ALL) {
        long rows = shape.rows(plan.rows() * 2);
        all.add(held(LoadContest.of(world, shape, rows, plan.rounds()), plan));
      }
      return all;
    }
  },
  CAPTURE {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (Shape shape : Shape.ALL) {
        for (Writing writing : writings(shape, plan)) {
          all.add(held(CaptureContest.of(world, shape, writing, plan.rounds()), plan));
        }
      }
      return all;
    }
  },
  APPLY {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (Shape shape : Shape.ALL) {
        for (Writing writing : writings(shape, plan)) {
          all.add(held(ApplyContest.of(world, shape, writing, plan.rounds()), plan));
        }
      }
      return all;
    }
  },
  PIPELINE {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      Writing writing = new Writing(Writing.Kind.INSERTS, plan.rows(), 100);
      return List.of(held(PipelineContest.of(world, Shape.NARROW, writing, plan.rounds()), plan));
    }
  },
  LATENCY {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (int rate : new int[] {300, 1_000}) {
        all.add(held(LatencyContest.of(world, rate, plan.length(), plan.rounds()), plan));
      }
      return all;
    }
  },
  SCAN {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (Shape shape : Shape.ALL) {
        long rows = shape.rows(plan.rows() * 2);
        try (Crossing crossing = world.crossing("scan", shape)) {
          ScanContest.fill(crossing, rows);
          all.add(held(ScanContest.of(crossing, rows, plan.rounds()), plan));
        }
      }
      return all;
    }
  },
  LEDGER {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (Shape shape : List.of(Shape.NARROW, Shape.WIDE)) {
        long rows = shape.rows(plan.rows());
        try (Crossing crossing = world.crossing("ledger", shape)) {
          LedgerContest.cross(crossing, rows);
          all.add(held(LedgerContest.of(crossing, rows, plan.rounds()), plan));
        }
      }
      return all;
    }
  },
  MEMORY {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (Shape shape : Shape.ALL) {
        long rows = shape.rows(plan.rows());
        all.add(held(MemoryContest.ofTransaction(world, shape, rows), plan));
      }
      all.add(
          held(MemoryContest.overTime(world, plan.rate(), plan.length().multipliedBy(3)), plan));
      return all;
    }
  },
  GROWTH {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      List<Standings> all = new ArrayList<>();
      for (long times : new long[] {1, 4, 16}) {
        long rows = plan.rows() * times / 8;
        all.add(held(LoadContest.ofRows(world, rows, plan.rounds()), plan));
        Writing writing = new Writing(Writing.Kind.INSERTS, rows, 1_000);
        all.add(held(ApplyContest.ofRows(world, writing, plan.rounds()), plan));
        try (Crossing crossing = world.crossing("scan", Shape.NARROW)) {
          ScanContest.fill(crossing, rows);
          all.add(held(ScanContest.ofRows(crossing, rows, plan.rounds()), plan));
        }
      }
      all.add(held(LoadContest.ofTables(world, plan.rows() * 2, plan.rounds()), plan));
      return all;
    }
  },
  CUTOVER {
    @Override
    List<Standings> run(World world, Plan plan) throws Exception {
      try (CutoverContest cutovers = new CutoverContest(world, plan.rate(), plan.rows() / 10)) {
        return List.of(held(cutovers.contest(plan.cutovers()), plan));
      }
    }
  };

  /** Transactions from the smallest to large ones. */
  private static final int[] TRANSACTIONS = {1, 10, 100, 10_000};

  /** Runs all of its contests. */
  abstract List<Standings> run(World world, Plan plan) throws Exception;

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

  private static Standings held(Contest contest, Plan plan) throws Exception {
    return contest.against(plan.peers()).run(plan.progress());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
