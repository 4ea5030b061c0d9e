"""collectlint.yaml or [tool.collectlint]: what a project has settled for all its runs."""
