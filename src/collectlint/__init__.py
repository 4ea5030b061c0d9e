"""collectlint: compliance linting of Chinese debt-collection communications."""

__version__ = "0.1.0"
