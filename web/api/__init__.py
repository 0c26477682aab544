"""Machine interfaces: the public record, casting, and what scripts may do."""
