"""The afternoon that docs/walkthrough.md tells, lived through."""
