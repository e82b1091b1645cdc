"""The behaviour: one function per operation. Knows nothing of GraphQL."""
