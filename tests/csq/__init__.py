"""Tests of what the ministry's registry says, and what follows."""
