"""The public log, the public record and the program that verifies them."""
