"""The real commands as real processes, killed without warning, on both pairs of database and search engine."""
