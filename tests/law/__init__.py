"""The law: searching, matching and alerting agree on every offer and every criteria."""
