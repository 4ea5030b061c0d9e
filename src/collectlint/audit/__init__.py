"""Many documents: byte ranges, workers, counts over documents, a store that survives a kill, reports."""
