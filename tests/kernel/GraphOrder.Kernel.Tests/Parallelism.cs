// A guest has one processor, and is emulated.
[assembly: LevelOfParallelism(2)]
[assembly: Parallelizable(ParallelScope.Children)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
