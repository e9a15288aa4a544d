"""The catalogue: the starter films, the simulator, corpora on disk, importers, title matching and search."""
