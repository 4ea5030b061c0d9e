"""Catalogues of templates: texts inside YAML, JSON, properties and source code, each at its exact place."""
