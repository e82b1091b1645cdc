"""The contract: GraphQL types, inputs and results. No I/O, no rules."""
