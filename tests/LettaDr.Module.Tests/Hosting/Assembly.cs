// The tests share one Docker engine, one load context of the module and the process's environment.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
